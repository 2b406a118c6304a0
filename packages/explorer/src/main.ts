import { isReachable, SANDBOX_HOST } from './online.js';
import { type Question, questionOf, questions } from './questions.js';

type Way = 'sandbox' | 'local';

/** What is on the page now: shows another question, or makes room. */
interface Shown {
  ask: (question: Question) => void;
  close: () => void;
}

const endpoint = new URL('/graphql', location.href).href;

const element = <E extends HTMLElement>(id: string): E => {
  const found = document.getElementById(id);
  if (!found) throw new Error(`The page has no #${id}.`);
  return found as E;
};
const here = element('here');
const told = element('told');
const chooser = element<HTMLSelectElement>('question');
const buttons: Record<Way, HTMLButtonElement> = { sandbox: element('sandbox'), local: element('local') };
/** Whether the gateway lets this page load anything but what it serves itself. */
const maySandbox = document.documentElement.dataset['landing'] === 'sandbox';

let shown: Shown | undefined;

const asked = () => questionOf(new URL(location.href));

/** Opens one of the two ways. The code of each is loaded when it is first shown. */
async function open(way: Way): Promise<void> {
  const really = way === 'sandbox' && !(await isReachable(SANDBOX_HOST)) ? 'local' : way;
  told.textContent =
    really === 'sandbox'
      ? ''
      : `${really === way ? '' : 'Apollo Sandbox cannot be reached from here; this is the local explorer. '}Ctrl+Enter in the editor asks; after Ctrl+M, Tab leaves it.`;
  shown?.close();
  // A new one each time, since both keep something at the element that they were given.
  const place = document.createElement('div');
  here.replaceChildren(place);
  for (const [name, button] of Object.entries(buttons)) button.setAttribute('aria-pressed', String(name === really));
  shown =
    really === 'sandbox'
      ? (await import('./sandbox.js')).showSandbox(place, endpoint, asked())
      : (await import('./local.js')).showLocal(place, endpoint, asked());
}

function follow(): void {
  chooser.value = asked().name;
  shown?.ask(asked());
}

for (const audience of new Set(questions.map((question) => question.audience))) {
  const group = document.createElement('optgroup');
  group.label = audience;
  group.append(
    ...questions
      .filter((question) => question.audience === audience)
      .map(({ name, question }) => new Option(question, name)),
  );
  chooser.append(group);
}
chooser.value = asked().name;
chooser.addEventListener('change', () => {
  const address = new URL(location.href);
  address.searchParams.set('operation', chooser.value);
  history.pushState(null, '', address);
  follow();
});
addEventListener('popstate', follow);
for (const [way, button] of Object.entries(buttons)) button.addEventListener('click', () => open(way as Way));

buttons.sandbox.hidden = !maySandbox;
const wanted = new URL(location.href).searchParams.get('with') === 'local' || !maySandbox ? 'local' : 'sandbox';
await open(wanted);
