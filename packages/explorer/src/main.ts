import { operationVariables } from '@dossier/client';
import { examples, type Selection, selectionOf } from './examples.js';
import { isReachable, SANDBOX_HOST } from './online.js';

type Explorer = 'sandbox' | 'local';

/** The explorer on the page. */
interface OpenExplorer {
  show: (selection: Selection) => void;
  close: () => void;
}

const endpoint = new URL('/graphql', location.href).href;

const element = <E extends HTMLElement>(id: string): E => {
  const found = document.getElementById(id);
  if (!found) throw new Error(`The page has no #${id}.`);
  return found as E;
};
const container = element('here');
const notice = element('notice');
const chooser = element<HTMLSelectElement>('question');
const buttons: Record<Explorer, HTMLButtonElement> = { sandbox: element('sandbox'), local: element('local') };
/** Whether the gateway's content security policy allows Apollo Sandbox. */
const maySandbox = document.documentElement.dataset['landing'] === 'sandbox';

let shown: OpenExplorer | undefined;
/** How to use the explorer on the page. */
let instructions = '';

/** Variables that fit the data that is served, by example. */
let variablesOf: Awaited<ReturnType<typeof operationVariables>> = {};

const currentSelection = () => selectionOf(new URL(location.href), variablesOf);

/** How long to wait for the variables before the page opens without them. */
const LOOKUP_TIMEOUT_MS = 3_000;

async function execute(query: string, variables: Record<string, unknown>): Promise<unknown> {
  const response = await fetch(endpoint, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/graphql-response+json' },
    credentials: 'omit',
    body: JSON.stringify({ query, variables }),
    signal: AbortSignal.timeout(LOOKUP_TIMEOUT_MS),
  });
  return ((await response.json()) as { data?: unknown }).data ?? null;
}

/** Opens one of the two explorers. Its code is loaded on first use. */
async function open(way: Explorer): Promise<void> {
  const opened = way === 'sandbox' && !(await isReachable(SANDBOX_HOST)) ? 'local' : way;
  instructions =
    opened === 'sandbox'
      ? ''
      : `${opened === way ? '' : 'Apollo Sandbox cannot be reached from here; this is the local explorer. '}Ctrl+Enter in the editor runs the operation; after Ctrl+M, Tab leaves it.`;
  showNotice();
  shown?.close();
  // A new element each time, because both explorers attach state to theirs.
  const place = document.createElement('div');
  container.replaceChildren(place);
  for (const [name, button] of Object.entries(buttons)) button.setAttribute('aria-pressed', String(name === opened));
  shown =
    opened === 'sandbox'
      ? (await import('./sandbox.js')).showSandbox(place, endpoint, currentSelection())
      : (await import('./local.js')).showLocal(place, endpoint, currentSelection());
}

function showNotice(): void {
  notice.textContent = [...currentSelection().problems, instructions].join(' ');
}

function showSelectedName(): void {
  // No option is selected for a document of the URL.
  chooser.value = currentSelection().name ?? '';
}

function follow(): void {
  showSelectedName();
  showNotice();
  shown?.show(currentSelection());
}

for (const audience of new Set(examples.map((example) => example.audience))) {
  const group = document.createElement('optgroup');
  group.label = audience;
  group.append(
    ...examples
      .filter((question) => question.audience === audience)
      .map(({ name, question }) => new Option(question, name)),
  );
  chooser.append(group);
}
showSelectedName();
chooser.addEventListener('change', () => {
  const address = new URL(location.href);
  for (const name of ['query', 'variables', 'operationName']) address.searchParams.delete(name);
  address.searchParams.set('operation', chooser.value);
  history.pushState(null, '', address);
  follow();
});
addEventListener('popstate', follow);
for (const [way, button] of Object.entries(buttons)) button.addEventListener('click', () => open(way as Explorer));

variablesOf = await operationVariables(execute);
buttons.sandbox.hidden = !maySandbox;
const initial = new URL(location.href).searchParams.get('with') === 'local' || !maySandbox ? 'local' : 'sandbox';
await open(initial);
