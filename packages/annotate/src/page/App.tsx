import { Loading } from '@dossier/reader';
import { useEffect } from 'preact/hooks';
import { Problems, Proposals, Records } from './Lists.js';
import { Preview } from './Preview.js';
import { RecordForm } from './RecordForm.js';
import { documentAnswer, form, load, notice, type Panel, panel, refresh, report, state, step } from './store.js';
import { Toolbar } from './Toolbar.js';
import { Text } from './text/Text.js';

const REFRESH_MS = 2000;

const PANELS: readonly { name: Panel; title: string }[] = [
  { name: 'record', title: 'Record' },
  { name: 'records', title: 'Records' },
  { name: 'problems', title: 'Problems' },
  { name: 'proposals', title: 'Proposals' },
  { name: 'preview', title: 'Preview' },
];

const toText = (): void => document.querySelector<HTMLElement>('.text')?.focus({ preventScroll: true });
const toToolbar = (): void => document.getElementById('create-statement')?.focus();

/** The page: the text, with the records next to it. */
export function App() {
  useEffect(() => {
    load().catch(report);
    const look = (): void => {
      if (document.visibilityState === 'visible' && state.value) refresh().catch(report);
    };
    const timer = setInterval(look, REFRESH_MS);
    addEventListener('focus', look);
    return () => {
      clearInterval(timer);
      removeEventListener('focus', look);
    };
  }, []);
  const answer = documentAnswer.value;
  useEffect(() => {
    if (answer) document.title = `${answer.title} · Annotate · Dossier`;
  }, [answer?.title]);
  return (
    <>
      <button type="button" class="skip" onClick={toText}>
        Skip to the text
      </button>
      <header class="site">
        <h1>
          <bdi>{answer?.title ?? 'Annotate'}</bdi>
        </h1>
        <History />
      </header>
      <main>
        <NoticeLine />
        {!answer && !notice.value && <Loading what="Opening the document" />}
        {answer && (
          <div class="panes">
            <Text onCreate={toToolbar} />
            <aside class="side-pane" aria-label="Records">
              <Toolbar onDone={toText} />
              <Panels hasPreview={answer.hasPreview} />
            </aside>
          </div>
        )}
      </main>
    </>
  );
}

function History() {
  const { undo = null, redo = null } = state.value ?? {};
  return (
    <p class="actions">
      <button type="button" disabled={undo === null} onClick={() => void step('undo')}>
        Undo{undo && <span class="visually-hidden">: {undo}</span>}
      </button>
      <button type="button" disabled={redo === null} onClick={() => void step('redo')}>
        Redo{redo && <span class="visually-hidden">: {redo}</span>}
      </button>
    </p>
  );
}

/** The result of the last action, or the reason why it failed. */
function NoticeLine() {
  const current = notice.value;
  return (
    <div class="notice-line" role="status">
      {current && (
        <p class={`notice notice-${current.kind}`}>
          {current.text}{' '}
          <button
            type="button"
            class="link"
            onClick={() => {
              notice.value = null;
            }}
          >
            Dismiss
          </button>
        </p>
      )}
    </div>
  );
}

function Panels({ hasPreview }: { hasPreview: boolean }) {
  const current = panel.value;
  const { problems = [], proposals, records = [] } = state.value ?? {};
  const counts: Partial<Record<Panel, number>> = {
    records: records.length,
    problems: problems.length,
    ...(proposals && { proposals: proposals.length }),
  };
  const shown = PANELS.filter(({ name }) => name !== 'preview' || hasPreview);
  const onKeyDown = (event: KeyboardEvent): void => {
    const steps: Record<string, number> = { ArrowRight: 1, ArrowLeft: -1 };
    const by = Object.hasOwn(steps, event.key) ? steps[event.key] : undefined;
    if (by === undefined) return;
    event.preventDefault();
    const index = shown.findIndex(({ name }) => name === current);
    const next = shown[(index + by + shown.length) % shown.length];
    if (!next) return;
    panel.value = next.name;
    document.getElementById(`tab-${next.name}`)?.focus();
  };
  return (
    <>
      <div class="tabs" role="tablist" aria-label="Panels" onKeyDown={onKeyDown}>
        {shown.map(({ name, title }) => (
          <button
            key={name}
            id={`tab-${name}`}
            type="button"
            role="tab"
            aria-selected={name === current}
            aria-controls="panel"
            tabIndex={name === current ? 0 : -1}
            onClick={() => {
              panel.value = name;
            }}
          >
            {title}
            {counts[name] !== undefined && ` (${counts[name]})`}
          </button>
        ))}
      </div>
      <div id="panel" role="tabpanel" aria-labelledby={`tab-${current}`}>
        {/* Stays, so that its input is not lost while another panel is read. */}
        <div hidden={current !== 'record'}>
          <RecordForm onDone={toText} />
        </div>
        {current !== 'record' && form.value && <p class="quiet small">A record is open under “Record”.</p>}
        {current === 'records' && <Records />}
        {current === 'problems' && <Problems />}
        {current === 'proposals' && <Proposals />}
        {current === 'preview' && <Preview />}
      </div>
    </>
  );
}
