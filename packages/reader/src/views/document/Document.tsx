import {
  dateLabel,
  positionOf,
  ReaderDocumentDocument,
  ReaderOverviewDocument,
  ReaderStatementsDocument,
} from '@dossier/client';
import { useEffect, useMemo } from 'preact/hooks';
import { useList } from '../../graph/useList.js';
import { useQuery } from '../../graph/useQuery.js';
import { CiteButtons } from '../../parts/CiteButtons.js';
import { Loading } from '../../parts/Loading.js';
import { Name } from '../../parts/Name.js';
import { SafeText } from '../../parts/SafeText.js';
import { FailedNotice, PartialNotice } from '../../parts/Unavailable.js';
import { address, hrefWith } from '../../route.js';
import { Legend } from './Legend.js';
import { type Mark, marksOf } from './marks.js';
import { ParagraphClaims } from './ParagraphClaims.js';
import { Paragraphs } from './Paragraphs.js';

/** One document, paragraph by paragraph; the first one if the address names none. */
export default function DocumentView() {
  const { document } = address.value.params;
  if (document) return <OneDocument id={document} key={document} />;
  return <FirstDocument />;
}

function FirstDocument() {
  const { data, state, failure, errors, retry } = useQuery(ReaderOverviewDocument, {});
  if (data?.documents?.nodes[0]) return <OneDocument id={data.documents.nodes[0].id} />;
  if (state === 'loading') return <Loading what="Looking for a document" />;
  if (data?.documents) return <p>This graph holds no document yet.</p>;
  return (
    <>
      <h1>Document</h1>
      <FailedNotice what="Documents" failure={failure} errors={errors} retry={retry} />
    </>
  );
}

/** The passage that the parameter `at` selects, e.g. `at=120,164`. */
function targetMark(at: string | undefined): Mark[] {
  const [, start, end] = /^(\d{1,9}),(\d{1,9})$/.exec(at ?? '') ?? [];
  return start === undefined ? [] : [{ start: Number(start), end: Number(end), is: { sought: true } }];
}

const hrefOfClaim = (statement: string): string => hrefWith('document', { statement, at: null });

function OneDocument({ id }: { id: string }) {
  const result = useQuery(ReaderDocumentDocument, { document: id });
  const list = useList(ReaderStatementsDocument, { filter: { document: id } }, (data) => data.statements);
  const { statement: selected, at } = address.value.params;
  const document = result.data?.document ?? null;
  const marks = useMemo(
    () => (document ? [...marksOf(document, list.nodes), ...targetMark(at)] : []),
    [document, list.nodes, at],
  );
  const paragraphs = useMemo(
    () =>
      (document?.paragraphs ?? []).map((paragraph) => ({
        ...paragraph,
        ...positionOf(paragraph.citation),
        text: paragraph.citation.excerpt,
      })),
    [document],
  );
  const known = useMemo(() => new Map(list.nodes.map((each) => [each.id, each])), [list.nodes]);
  // Only when everything is loaded: later content would move the target out of view.
  const isThere = document !== null && list.state !== 'loading';
  useEffect(() => {
    if (!isThere || (!selected && !at)) return;
    const target =
      globalThis.document.querySelector('.sought, .strip-sought') ??
      (selected ? globalThis.document.querySelector(`[data-statement="${CSS.escape(selected)}"]`) : null);
    target?.scrollIntoView({ block: 'center' });
  }, [isThere, selected, at]);
  if (!document) {
    if (result.state === 'loading') return <Loading what="Opening the document" />;
    return (
      <>
        <h1>Document</h1>
        {result.state === 'loaded' && result.errors.length === 0 ? (
          <p>
            There is no document <code>{id}</code> in this graph.
          </p>
        ) : (
          <FailedNotice what="The document" failure={result.failure} errors={result.errors} retry={result.retry} />
        )}
      </>
    );
  }
  const whole = { id: `citation:${document.id.replace(/^document:/, '')}#char=0,${document.length}`, document };
  return (
    <article class="document">
      <header>
        <h1>
          <SafeText text={document.title} />
        </h1>
        <p class="byline">
          {document.publisher ? <Name actor={document.publisher} /> : 'publisher’s name not available'} ·{' '}
          {dateLabel(document.publishedOn)}
          {document.series && (
            <>
              {' '}
              · <SafeText text={`${document.series} ${document.number ?? ''}`} />
            </>
          )}
        </p>
        {document.reproduces && (
          <p class="quiet">
            It carries another work: <SafeText text={document.reproduces.description} />
          </p>
        )}
        <CiteButtons citation={whole} />
      </header>
      <PartialNotice
        errors={[...result.errors, ...list.errors]}
        retry={() => [result, list].forEach((each) => void each.retry())}
      />
      <p class={`notice notice-${document.availability.toLowerCase().replace('_', '-')}`}>
        {TEXT[document.availability]}
      </p>
      <Legend withText={document.availability === 'VERIFIED'} />
      {list.state === 'loading' && <Loading what="Placing the claims" />}
      {list.state === 'failed' && (
        <FailedNotice what="The rest of the claims" failure={list.failure} errors={list.errors} retry={list.retry} />
      )}
      <Paragraphs
        paragraphs={paragraphs}
        marks={marks}
        selected={selected}
        hrefOf={hrefOfClaim}
        heading={({ voice, voiceId }) =>
          voiceId && (
            <span class="quiet">
              {' '}
              · in the voice of <Name actor={voice} id={voiceId.id} plain />
            </span>
          )
        }
        beside={(paragraph) => (
          <ParagraphClaims
            paragraph={paragraph}
            statements={known}
            selected={selected}
            cautions={document.cautions}
            isComplete={list.state === 'complete'}
          />
        )}
      />
    </article>
  );
}

const TEXT = {
  VERIFIED: 'This is the annotated text itself, with each claim marked in its place.',
  NOT_MOUNTED:
    'The text itself is not on this server. Below are our own summaries, each at its place in the text; the bars show its position in the paragraph.',
  MISMATCH:
    'The text on this server differs from the annotated one, so it is not shown. Instead, our own summaries follow in the order of the text.',
};
