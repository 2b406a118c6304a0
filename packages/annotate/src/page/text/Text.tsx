import { Legend, Loading, type Mark, Paragraphs } from '@dossier/reader';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import type { RecordAnswer } from '../../api.js';
import { caret, documentAnswer, model, openRecord, shown, state } from '../store.js';
import { handleKey, showCaret, takeNativeSelection } from './caret.js';

/** The text with the passages of all records marked, and the records of each paragraph. */
export function Text({ onCreate }: { onCreate: () => void }) {
  const answer = documentAnswer.value;
  const current = state.value;
  const root = useRef<HTMLDivElement>(null);
  const cursor = useRef<HTMLDivElement>(null);
  const records = current?.records;
  const folder = answer?.folder ?? '';
  const highlighted = shown.value;
  const marks = useMemo(() => (records ? marksOf(records, folder, highlighted) : []), [records, folder, highlighted]);
  const byParagraph = useMemo(() => recordsByParagraph(answer?.paragraphs ?? [], records ?? []), [answer, records]);
  useEffect(() => {
    const onSelection = () => root.current && takeNativeSelection(root.current, model.value);
    globalThis.document.addEventListener('selectionchange', onSelection);
    return () => globalThis.document.removeEventListener('selectionchange', onSelection);
  }, []);
  // Not in the component's own rendering: the words need not be compared with what is shown for each step of the caret.
  useEffect(
    () => caret.subscribe(() => root.current && cursor.current && showCaret(root.current, cursor.current, model.value)),
    [marks],
  );
  useEffect(() => {
    if (highlighted) root.current?.querySelector('.sought')?.scrollIntoView({ block: 'nearest' });
  }, [highlighted]);
  if (!answer) return <Loading what="Opening the document" />;
  const isMissing = answer.missingText.length > 0;
  return (
    <section class="text-pane" aria-label="Text">
      {isMissing && (
        <div class="notice notice-warn" role="alert">
          <p>The words of this document are not available, so passages cannot be selected.</p>
          {answer.missingText.map((line) => (
            <p key={line}>{line}</p>
          ))}
        </div>
      )}
      <Legend withText={!isMissing} />
      <p id="text-help" class="quiet small">
        Arrow keys move the caret, with Ctrl by word, with Alt by sentence; Shift selects. W, E and P select the word,
        the sentence and the paragraph. Enter goes on to the record.
      </p>
      {/* biome-ignore lint/a11y/useSemanticElements: a group of text that has a caret has no element of its own. */}
      <div
        ref={root}
        class="text"
        role="group"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the caret moves by keys.
        tabIndex={0}
        aria-label="Text of the document"
        aria-describedby="text-help selection"
        onClick={openMarked}
        onKeyDown={(event) => root.current && handleKey(event, root.current, model.value, onCreate)}
      >
        <Paragraphs
          paragraphs={answer.paragraphs}
          marks={marks}
          selected={undefined}
          hrefOf={hrefOfMark}
          beside={({ number }) => <ParagraphRecords records={byParagraph.get(number) ?? []} />}
        />
        <div ref={cursor} class="caret" aria-hidden="true" hidden />
      </div>
    </section>
  );
}

/** The number with which a statement begins in the text opens it. */
function openMarked(event: MouseEvent): void {
  const mark = (event.target as Element).closest('a.claim-mark');
  if (!mark) return;
  event.preventDefault();
  const id = new URLSearchParams(mark.getAttribute('href')?.split('?')[1]).get('statement')?.split('/').at(-1);
  const record = state.value?.records.find((each) => each.section === 'statements' && each.id === id);
  if (record) openRecord(record);
}

const hrefOfMark = (statement: string): string => `#/record?statement=${encodeURIComponent(statement)}`;

function ParagraphRecords({ records }: { records: readonly RecordAnswer[] }) {
  if (records.length === 0) return null;
  return (
    <details class="paragraph-records">
      <summary>{records.length === 1 ? '1 record' : `${records.length} records`}</summary>
      <ul class="chips">
        {records.map((record) => (
          <li key={`${record.section} ${record.index}`}>
            <RecordButton record={record} />
          </li>
        ))}
      </ul>
    </details>
  );
}

export const RecordButton = ({ record }: { record: RecordAnswer }) => (
  <button type="button" class="record-button" onClick={() => openRecord(record)}>
    <span class="claim-id">{record.id || record.section}</span> <bdi>{record.label}</bdi>
  </button>
);

function recordsByParagraph(
  paragraphs: readonly { number: number; start: number; end: number }[],
  records: readonly RecordAnswer[],
): Map<number, RecordAnswer[]> {
  return new Map(
    paragraphs.map(({ number, start, end }) => [
      number,
      records.filter(({ passages }) => passages.some((passage) => passage.start < end && passage.end > start)),
    ]),
  );
}

const QUOTED = ['DIRECT', 'PARTIAL', 'SCARE', 'TITLE', 'IMPUTED'] as const;

function marksOf(
  records: readonly RecordAnswer[],
  folder: string,
  highlighted: { section: string; index: number } | null,
): Mark[] {
  return records
    .flatMap(({ section, index, id, record, passages }) =>
      passages.flatMap(({ path, start, end }): Mark[] => {
        const isShown = highlighted?.section === section && highlighted.index === index;
        const [list, item] = path;
        const nested = typeof list === 'string' && typeof item === 'number' ? (record[list] as unknown[])[item] : null;
        const kind = String((nested as { kind?: unknown } | null)?.kind ?? '');
        const quoted = QUOTED.find((each) => each === record['kind']);
        const is: Mark['is'] =
          section === 'statements' && list === 'passages'
            ? { statement: `statement:${folder}/${id}` }
            : list === 'hedges'
              ? { hedge: kind, of: id }
              : section === 'quotations' && list === 'passages' && quoted
                ? { quotation: id, kind: quoted }
                : section === 'insertions'
                  ? { insertion: id }
                  : { record: `${section} ${id}` };
        return [{ start, end, is }, ...(isShown ? [{ start, end, is: { sought: true } } as const] : [])];
      }),
    )
    .sort((a, b) => a.start - b.start || b.end - a.end);
}
