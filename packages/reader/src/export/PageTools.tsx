import { useEffect, useRef, useState } from 'preact/hooks';
import type { ViewName } from '../address.js';
import { today } from '../cite/access.js';
import { CopyForms } from '../cite/CopyForms.js';
import { endpoint } from '../graph/endpoint.js';
import { revisionText } from '../graph/revision.js';
import { countOf } from '../parts/labels.js';
import { address } from '../route.js';
import { type Dataset, type Loaded, toJson } from './dataset.js';
import { datasetsOf } from './datasets.js';
import { download, fileName } from './download.js';
import { embedCode } from './embedCode.js';
import { bitmapOf, pictureOf } from './picture.js';

const titleOfPage = (): string => document.title.replace(/ · Dossier$/, '');
const sourceLine = (): string =>
  `Source: Dossier, ${location.href}. ${today()}${revisionText() ? `, revision ${revisionText()}` : ''}.`;

/** What can be done with every view: download it, open its query, cite it, and see which revision it is of. */
export default function PageTools({ view }: { view: ViewName }) {
  const datasets = datasetsOf(view);
  return (
    <section class="page-tools" aria-labelledby="page-tools">
      <h2 id="page-tools">Data and citation</h2>
      <ul class="plain-list">
        {datasets.map((dataset) => (
          <DatasetLine key={dataset.name} dataset={dataset} />
        ))}
        <Pictures view={view} />
      </ul>
      <CopyForms
        label="Cite this page"
        forms={{
          Text: () =>
            `${titleOfPage()}. Dossier. ${location.href} ${sourceLine().replace(/^.*?\. (?=\d{4})/, 'Accessed ')}`,
          Link: () => location.href,
          BibTeX: () => pageBibtex(),
          'CSL-JSON': () => JSON.stringify(pageCsl(), null, 2),
        }}
      />
      <Provenance />
    </section>
  );
}

const escapeTex = (text: string): string => text.replace(/[{}$&#%_\\~^]/g, (sign) => `\\${sign}`);

const pageBibtex = (): string =>
  `@misc{dossier,\n  title = {{${escapeTex(titleOfPage())}}},\n  publisher = {Dossier},\n  url = {${location.href}},\n  urldate = {${today()}},\n  note = {Revision ${revisionText() ?? 'unknown'}}\n}\n`;

const pageCsl = () => ({
  id: location.href,
  type: 'webpage',
  title: titleOfPage(),
  publisher: 'Dossier',
  URL: location.href,
  accessed: { 'date-parts': [today().split('-').map(Number)] },
  note: `Revision ${revisionText() ?? 'unknown'}`,
});

function DatasetLine({ dataset }: { dataset: Dataset }) {
  const { params } = address.value;
  const [status, setStatus] = useState('');
  const running = useRef<AbortController | null>(null);
  useEffect(() => () => running.current?.abort(), []);
  const save = async (format: 'csv' | 'json'): Promise<void> => {
    running.current?.abort();
    const abort = new AbortController();
    running.current = abort;
    setStatus('Loading …');
    try {
      const loaded = await dataset.load(params, abort.signal, (count, total) =>
        setStatus(`${count} of ${total} loaded …`),
      );
      const text = format === 'csv' ? dataset.csv(loaded.nodes) : toJson(dataset, params, loaded);
      const type = format === 'csv' ? 'text/csv;charset=utf-8' : 'application/json';
      download(fileName(`dossier-${dataset.name}`, format), new Blob([text], { type }));
      setStatus(savedText(loaded));
    } catch (error) {
      if (!abort.signal.aborted)
        setStatus(`Not saved: ${error instanceof Error ? error.message : 'the data could not be loaded.'}`);
    }
  };
  const variables = JSON.stringify(dataset.variables(params));
  const explorer = new URL(`./?${new URLSearchParams({ operation: dataset.operation, variables })}`, endpoint());
  return (
    <li>
      {dataset.title}:{' '}
      <button type="button" onClick={() => void save('csv')}>
        CSV<span class="visually-hidden"> of {dataset.title}</span>
      </button>{' '}
      <button type="button" onClick={() => void save('json')}>
        JSON<span class="visually-hidden"> of {dataset.title}</span>
      </button>{' '}
      <a class="tool-link" href={explorer.href}>
        Open this query in the explorer
      </a>{' '}
      <span role="status">{status}</span>
    </li>
  );
}

/** What was saved, and what is missing from it. */
function savedText({ nodes, totalCount, errors }: Loaded): string {
  const limit =
    nodes.length < totalCount
      ? ` Only the first ${nodes.length} of ${totalCount}: for all of them, page through the query in a program.`
      : '';
  const partial = errors.length > 0 ? ' Fields of a service that is not available are empty.' : '';
  return `Saved ${countOf(nodes.length, 'record')}.${limit}${partial}`;
}

/** Downloads of the charts that the view has. */
function Pictures({ view }: { view: ViewName }) {
  const [status, setStatus] = useState('');
  if (view !== 'trade' && view !== 'network') return null;
  const save = async (format: 'svg' | 'png'): Promise<void> => {
    const svg = document.querySelector<SVGSVGElement>('main svg[data-picture]');
    if (!svg) return setStatus('There is no picture on this page yet.');
    const title = svg.dataset['picture'] ?? titleOfPage();
    try {
      const picture = pictureOf(svg, title, [sourceLine()]);
      const file = format === 'svg' ? new Blob([picture.svg], { type: 'image/svg+xml' }) : await bitmapOf(picture);
      download(fileName(title, format), file);
      setStatus('Saved.');
    } catch {
      setStatus('The picture could not be drawn by this browser.');
    }
  };
  return (
    <li>
      Picture:{' '}
      <button type="button" onClick={() => void save('svg')}>
        SVG
      </button>{' '}
      <button type="button" onClick={() => void save('png')}>
        PNG
      </button>{' '}
      {view === 'trade' && <CopyForms label="Embed" forms={{ HTML: embedOfChart }} />}{' '}
      <span role="status">{status}</span>
    </li>
  );
}

/** The code that embeds the chart on the page. */
function embedOfChart(): string {
  const { series = '', picture = '' } = document.querySelector<SVGSVGElement>('main svg[data-series]')?.dataset ?? {};
  return embedCode({ series }, picture);
}

/** Address, date and revision: on paper, the only way back. */
function Provenance() {
  const [day, setDay] = useState(today);
  useEffect(() => {
    let opened: HTMLDetailsElement[] = [];
    const before = (): void => {
      setDay(today());
      // What is closed on the screen is open on paper, except what is only for use on the screen.
      opened = [...document.querySelectorAll<HTMLDetailsElement>('main details:not([open], .cite, .tool, .legend)')];
      for (const each of opened) each.open = true;
    };
    const after = (): void => {
      for (const each of opened) each.open = false;
    };
    addEventListener('beforeprint', before);
    addEventListener('afterprint', after);
    return () => {
      removeEventListener('beforeprint', before);
      removeEventListener('afterprint', after);
    };
  }, []);
  const revision = revisionText();
  // Read so that the line follows the address.
  void address.value;
  return (
    <p class="provenance">
      <bdi>{location.href}</bdi> · {day}
      {revision && (
        <>
          {' '}
          · revision <bdi>{revision}</bdi>
        </>
      )}
    </p>
  );
}
