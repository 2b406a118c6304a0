import { PageError, pageBibtex } from '@dossier/client';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { ViewName } from '../address.js';
import { today } from '../cite/access.js';
import { CopyForms } from '../cite/CopyForms.js';
import { endpoint } from '../graph/endpoint.js';
import { failureText } from '../graph/errors.js';
import { revisionText } from '../graph/revision.js';
import { isMissingList } from '../graph/useList.js';
import { rich, t } from '../messages/messages.js';
import { dayText } from '../parts/dates.js';
import { escapeInvisible, visibleJson } from '../parts/escapeInvisible.js';
import { address } from '../route.js';
import { cutIn, type Dataset, jsonParts, type Loaded, MAX_RECORDS } from './dataset.js';
import { datasetsOf } from './datasets.js';
import { download, fileName, fileOf } from './download.js';
import { embedCode } from './embedCode.js';
import { bitmapOf, pictureOf } from './picture.js';
import { shownKey } from './pictureKey.js';
import { recordCounts } from './recordCounts.js';
import { shownPicture } from './shownPicture.js';
import { drawTimeline } from './timelinePicture.js';

const titleOfPage = (): string => document.title.replace(` · ${t('site.name')}`, '');

/** Where and when a picture was saved. */
function sourceLine(): string {
  const [url, day, revision] = [location.href, dayText(today()), revisionText()];
  return revision === null ? t('tools.source', { url, day }) : t('tools.sourceRevision', { url, day, revision });
}

function pageText(): string {
  const [day, revision] = [dayText(today()), revisionText()];
  const accessed = revision === null ? t('cite.accessed', { day }) : t('cite.accessedRevision', { day, revision });
  return `${titleOfPage()}. ${t('site.name')}. ${location.href} ${accessed}`;
}

/** What can be done with every view: download it, open its query, cite it, and see which revision it is of. */
export default function PageTools({ view }: { view: ViewName }) {
  const datasets = datasetsOf(view, address.value.params);
  return (
    <section class="page-tools" aria-labelledby="page-tools">
      <h2 id="page-tools" tabIndex={-1}>
        {t('tools.title')}
      </h2>
      <ul class="plain-list">
        {datasets.map((dataset) => (
          <DatasetLine key={dataset.title} dataset={dataset} />
        ))}
        <Pictures />
      </ul>
      {datasets.length > 0 && <p class="quiet small">{t('tools.bound', { count: MAX_RECORDS })}</p>}
      <CopyForms
        label={t('cite.page')}
        forms={{
          [t('cite.text')]: () => escapeInvisible(pageText()),
          [t('cite.link')]: () => location.href,
          BibTeX: () => escapeInvisible(bibtexOfPage()),
          'CSL-JSON': () => visibleJson(pageCsl()),
        }}
      />
      <Provenance />
    </section>
  );
}

const revisionNote = (): string => t('cite.revision', { revision: revisionText() ?? t('cite.unknown') });

const bibtexOfPage = (): string =>
  pageBibtex(
    { title: titleOfPage(), publisher: t('site.name'), note: revisionNote() },
    { url: location.href, accessedOn: today() },
  );

const pageCsl = () => ({
  id: location.href,
  type: 'webpage',
  title: titleOfPage(),
  publisher: t('site.name'),
  URL: location.href,
  accessed: { 'date-parts': [today().split('-').map(Number)] },
  note: revisionNote(),
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
    setStatus(t('tools.loading'));
    try {
      const loaded = await dataset.load(params, abort.signal, (count, total) =>
        setStatus(t('tools.progress', { count, total })),
      );
      const table = dataset.table(loaded.nodes, params);
      if (table.rowCount === 0) {
        setStatus(loaded.errors.length > 0 ? t('tools.failed', { reason: t('tools.notLoaded') }) : t('tools.nothing'));
        return;
      }
      const [parts, type] =
        format === 'csv'
          ? [table.csv(), 'text/csv;charset=utf-8']
          : [jsonParts(dataset, params, loaded), 'application/json'];
      const file = await fileOf(parts, type, abort.signal);
      download(fileName(`dossier-${dataset.name}${cutIn(loaded)}`, format), file);
      setStatus(savedText(loaded, table.rowCount));
    } catch (error) {
      if (abort.signal.aborted) return;
      setStatus(
        error instanceof PageError && isMissingList(error)
          ? t('tools.nothing')
          : t('tools.failed', { reason: failureText(error) }),
      );
    }
  };
  const variables = JSON.stringify(dataset.variables(params));
  const title = t(dataset.title);
  const explorer = new URL(`./?${new URLSearchParams({ operation: dataset.operation, variables })}`, endpoint());
  return (
    <li>
      {title}:{' '}
      {recordCounts.value[dataset.title] === 0 ? (
        <span class="quiet">{t('tools.empty')}</span>
      ) : (
        <SaveButtons formats={['csv', 'json']} title={title} onSave={(format) => void save(format)} />
      )}{' '}
      <a class="tool-link" href={explorer.href}>
        {t('tools.explorer')}
        <span class="visually-hidden">: {title}</span>
      </a>{' '}
      <span role="status">{status}</span>
    </li>
  );
}

interface SaveButtonsProps<Format extends string> {
  formats: readonly Format[];
  /** What is saved. */
  title: string;
  onSave: (format: Format) => void;
}

/** A button for each format of a file. */
const SaveButtons = <Format extends string>({ formats, title, onSave }: SaveButtonsProps<Format>) => (
  <>
    {formats.map((format) => (
      <button
        key={format}
        type="button"
        aria-label={t('tools.save', { format: format.toUpperCase(), dataset: title })}
        onClick={() => onSave(format)}
      >
        {format.toUpperCase()}
      </button>
    ))}
  </>
);

/** What was saved, and what is missing from it. */
function savedText({ readCount, totalCount, errors }: Loaded, count: number): string {
  return [
    t('tools.saved', { count }),
    ...(readCount < totalCount ? [t('tools.first', { count: readCount, total: totalCount })] : []),
    ...(errors.length > 0 ? [t('tools.partial')] : []),
  ].join(' ');
}

/** The chart on the page; null if it has none. */
function shownDrawing(): SVGSVGElement | null {
  const timeline = document.querySelector('main .timeline');
  return timeline ? drawTimeline(timeline) : document.querySelector<SVGSVGElement>('main svg[data-picture]');
}

/** Downloads of the chart that the view shows. */
function Pictures() {
  const [status, setStatus] = useState('');
  const shown = shownPicture.value;
  if (!shown) return null;
  const { title, notes } = shown;
  const save = async (format: 'svg' | 'png'): Promise<void> => {
    const svg = shownDrawing();
    if (!svg) return;
    try {
      const picture = pictureOf(svg, { title, key: shownKey(), notes: [...notes, sourceLine()] });
      const file = format === 'svg' ? new Blob([picture.svg], { type: 'image/svg+xml' }) : await bitmapOf(picture);
      download(fileName(title, format), file);
      setStatus(t('tools.pictureSaved'));
    } catch {
      setStatus(t('tools.pictureFailed'));
    }
  };
  return (
    <li>
      {t('tools.picture')}:{' '}
      <SaveButtons formats={['svg', 'png']} title={title} onSave={(format) => void save(format)} />{' '}
      {address.value.view === 'trade' && (
        <CopyForms label={t('cite.embed')} forms={{ HTML: () => embedOfChart(title) }} />
      )}{' '}
      <span role="status">{status}</span>
    </li>
  );
}

/** The code that embeds the chart on the page. */
function embedOfChart(title: string): string {
  const { series = '' } = document.querySelector<SVGSVGElement>('main svg[data-series]')?.dataset ?? {};
  return embedCode({ series }, title);
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
      {revision === null
        ? rich('tools.provenance', { url: <bdi>{location.href}</bdi>, day: dayText(day) })
        : rich('tools.provenanceRevision', {
            url: <bdi>{location.href}</bdi>,
            day: dayText(day),
            revision: <bdi>{revision}</bdi>,
          })}
    </p>
  );
}
