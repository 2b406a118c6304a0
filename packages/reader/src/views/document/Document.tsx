import {
  positionOf,
  ReaderClaimsDocument,
  ReaderDocumentDocument,
  type ReaderDocumentQuery,
  ReaderOutlineDocument,
  ReaderOverviewDocument,
  ReaderQuotationsDocument,
  type StatementLineFragment,
} from '@dossier/client';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { writeAddress } from '../../address.js';
import { ChangedNotice } from '../../cite/ChangedNotice.js';
import { digestOfDocument } from '../../cite/digest.js';
import { useRecordCounts } from '../../export/recordCounts.js';
import { useList } from '../../graph/useList.js';
import { countIn, useQuery } from '../../graph/useQuery.js';
import { isReturning, whileSettling } from '../../history.js';
import { rich, t } from '../../messages/messages.js';
import { CiteButtons } from '../../parts/CiteButtons.js';
import { dateText } from '../../parts/dates.js';
import { escapeInvisible } from '../../parts/escapeInvisible.js';
import { isClaim } from '../../parts/isClaim.js';
import { Loading } from '../../parts/Loading.js';
import { shortId } from '../../parts/labels.js';
import { Name } from '../../parts/Name.js';
import { SafeText } from '../../parts/SafeText.js';
import { FailedNotice, PartialNotice } from '../../parts/Unavailable.js';
import { UnknownId } from '../../parts/UnknownId.js';
import { address, goWith, hrefWith } from '../../route.js';
import { useTitle } from '../../title.js';
import { ContinuousText } from './ContinuousText.js';
import { DocumentPicker } from './DocumentPicker.js';
import { documentOf } from './documentOf.js';
import { FindBar } from './FindBar.js';
import { findIn, occursIn } from './find.js';
import { Legend } from './Legend.js';
import { CautionNote, ClaimNote, Margin, type Note } from './Margin.js';
import { type Mark, marksOf } from './marks.js';
import { Outline } from './Outline.js';
import { ParagraphClaims } from './ParagraphClaims.js';
import { Paragraphs } from './Paragraphs.js';
import { indexAt, MAX_CLAIMS, partsOf } from './parts.js';
import { SelectionBar } from './SelectionBar.js';

type DocumentOf = NonNullable<ReaderDocumentQuery['document']>;
type StatementOf = StatementLineFragment;

/** The document that the address names: itself, or by one of its statements; else the first one. */
export default function DocumentView() {
  const id = documentOf(address.value.params);
  if (id) return <OneDocument id={id} key={id} />;
  return <FirstDocument />;
}

function FirstDocument() {
  const { data, state, failure, errors, retry } = useQuery(ReaderOverviewDocument, {});
  const first = data?.documents?.nodes[0]?.id;
  // So that the address of the page names what it shows.
  useEffect(() => {
    if (first) goWith('document', { document: first }, { replace: true });
  }, [first]);
  if (first) return <OneDocument id={first} />;
  if (state === 'loading') return <Loading what={t('document.loadingFirst')} />;
  if (data?.documents) return <p>{t('document.empty')}</p>;
  return (
    <>
      <h1>{t('view.document')}</h1>
      <FailedNotice what={t('home.documents')} failure={failure} errors={errors} retry={retry} />
    </>
  );
}

/** The passage that the parameter `at` selects, e.g. `at=120,164`. */
function targetMark(at: string | undefined): Mark[] {
  const [, start, end] = /^(\d{1,9}),(\d{1,9})$/.exec(at ?? '') ?? [];
  return start === undefined ? [] : [{ start: Number(start), end: Number(end), is: { sought: true } }];
}

const hrefOfClaim = (statement: string): string =>
  hrefWith('document', { statement, at: null, paragraph: null, part: null });

const paragraphsOf = ({ paragraphs }: DocumentOf) =>
  paragraphs.map((paragraph) => ({
    ...paragraph,
    ...positionOf(paragraph.citation),
    text: paragraph.citation.excerpt,
  }));
type ParagraphOf = ReturnType<typeof paragraphsOf>[number];

function OneDocument({ id }: { id: string }) {
  const result = useQuery(ReaderDocumentDocument, { document: id });
  const document = result.data?.document ?? null;
  const paragraphs = useMemo(() => (document ? paragraphsOf(document) : []), [document]);
  useRecordCounts({
    'dataset.claims': countIn(result, () => claimsOf(paragraphs).length),
    'dataset.quotations': countIn(result, (each) => each.document?.quotations.totalCount),
    'dataset.tensions': countIn(result, (each) => each.document?.tensions.length),
    'dataset.cautions': countIn(result, (each) => each.document?.cautions.length),
  });
  useTitle(document?.title);
  if (!document) {
    if (result.state === 'loading') return <Loading what={t('document.loading')} />;
    return (
      <>
        <h1>{t('view.document')}</h1>
        {result.state === 'loaded' && result.errors.length === 0 ? (
          <UnknownId id={id}>{rich('document.none', { id: <code>{id}</code> })}</UnknownId>
        ) : (
          <FailedNotice
            what={t('document.what')}
            failure={result.failure}
            errors={result.errors}
            retry={result.retry}
          />
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
          {document.publisher ? <Name actor={document.publisher} /> : t('document.noPublisher')} ·{' '}
          {dateText(document.publishedOn)}
          {document.series && (
            <>
              {' '}
              · <SafeText text={`${document.series} ${document.number ?? ''}`} />
            </>
          )}
        </p>
        {document.reproduces && (
          <p class="quiet">
            {rich('document.reproduces', { work: <SafeText text={document.reproduces.description} /> })}
          </p>
        )}
        <p class="document-links">
          <CiteButtons citation={whole} />
          {document.tensions.length + document.cautions.length > 0 && (
            <a href={writeAddress('tensions', { document: document.id })}>
              {t('document.tensions', { count: document.tensions.length + document.cautions.length })}
            </a>
          )}
        </p>
      </header>
      <ChangedNotice digest={digestOfDocument(document)} service="statements" />
      <PartialNotice errors={result.errors} retry={result.retry} />
      <p class={`notice notice-${document.availability.toLowerCase().replace('_', '-')}`}>
        {t(AVAILABILITY[document.availability])}
      </p>
      <Body document={document} paragraphs={paragraphs} />
    </article>
  );
}

interface BodyProps {
  document: DocumentOf;
  paragraphs: readonly ParagraphOf[];
}

/** The statements of some paragraphs: a claim with passages in several paragraphs is one. */
const claimsOf = (paragraphs: readonly Pick<ParagraphOf, 'statements'>[]): string[] => [
  ...new Set(paragraphs.flatMap(({ statements }) => statements.map(({ id }) => id))),
];

/** The tools and the text, or our summaries of it. A long document is shown in parts, with the claims of that part. */
function Body({ document, paragraphs }: BodyProps) {
  const { statement: selected, at, paragraph: wanted, part: partParam, find = '' } = address.value.params;
  const [current, setCurrent] = useState(0);
  const text = useRef<HTMLDivElement>(null);
  const hasText = document.availability === 'VERIFIED';
  const parts = useMemo(() => partsOf(paragraphs), [paragraphs]);
  // The words of claims that are not shown are compared, too.
  const outline = useQuery(ReaderOutlineDocument, { document: document.id }, !hasText && find !== '');
  const found = useMemo(
    () => (hasText ? paragraphs.flatMap(({ text: words, start }) => findIn(words ?? '', start, find)) : []),
    [hasText, paragraphs, find],
  );
  const claims = useMemo(() => {
    const all = hasText || find === '' ? [] : (outline.data?.document?.paragraphs ?? []);
    const byId = new Map(all.flatMap((paragraph) => paragraph.statements.map((claim) => [claim.id, claim] as const)));
    return [...byId.values()].filter(({ summary }) => occursIn(summary, find));
  }, [hasText, outline.data, find]);
  // The first place of other words.
  useEffect(() => setCurrent(0), [find]);
  const count = hasText ? found.length : claims.length;
  const shownPlace = count === 0 ? undefined : hasText ? found[current] : undefined;
  const shownClaim = hasText ? undefined : claims[current]?.id;
  const target = targetMark(at)[0];
  const targetPosition =
    shownPlace?.start ??
    target?.start ??
    startOfClaim(paragraphs, shownClaim ?? selected) ??
    paragraphs.find(({ number }) => String(number) === wanted)?.start;
  const part =
    targetPosition === undefined || partParam
      ? Math.min(Math.max(1, Math.trunc(Number(partParam)) || 1), parts.length)
      : indexAt(parts, targetPosition) + 1;
  const whole = parts[part - 1] ?? [];
  const claimCount = claimsOf(whole).length;
  // A paragraph with too many claims is a part of its own, and links to the others.
  const shown = useMemo(
    () =>
      claimCount > MAX_CLAIMS
        ? whole.map((each) => ({ ...each, statements: each.statements.slice(0, MAX_CLAIMS) }))
        : whole,
    [whole, claimCount],
  );
  const ids = useMemo(() => claimsOf(shown), [shown]);
  const list = useQuery(ReaderClaimsDocument, { ids }, ids.length > 0);
  const quotations = useQuotations(document.id, shown.at(-1)?.end ?? 0, hasText);
  const isPlaced = (ids.length === 0 || list.state !== 'loading') && quotations.isReady;
  const statements = useMemo(() => (list.data?.nodes ?? []).filter(isClaim), [list.data]);
  const known = useMemo(() => new Map(statements.map((each) => [each.id, each])), [statements]);
  const marks = useMemo(
    () => [
      ...marksOf(document, quotations.nodes, statements),
      ...targetMark(at),
      ...found.map(({ start, end }, index) => ({ start, end, is: { found: index, isCurrent: index === current } })),
    ],
    [document, quotations.nodes, statements, at, found, current],
  );
  const notes = useMemo(() => notesOf(document, shown, known, selected), [document, shown, known, selected]);
  const slice = useMemo(() => sliceOf(paragraphs), [paragraphs]);
  const paragraphAt = useMemo(
    () => (position: number) =>
      paragraphs.find(({ start, end }) => start <= position && position < end)?.number ?? null,
    [paragraphs],
  );
  const isSought = Boolean(selected || at || wanted || count > 0);
  useEffect(() => {
    if (!isSought) return;
    const target = { selected: shownClaim ?? selected, paragraph: wanted };
    // While words are being typed, the focus is in their field.
    if (find !== '' || !isPlaced || isReturning()) showTarget(target);
    else
      whileSettling(
        () => showTarget(target),
        () => focusTarget(target, Boolean(at || wanted)),
      );
  }, [isSought, selected, at, wanted, find, current, part, isPlaced]);
  const isUnknownClaim = selected !== undefined && startOfClaim(paragraphs, selected) === undefined;
  const isUnknownParagraph = wanted !== undefined && !paragraphs.some(({ number }) => String(number) === wanted);
  const partLink = (to: number): string =>
    hrefWith('document', { part: String(to), at: null, statement: null, paragraph: null, find: null });
  return (
    <>
      {isUnknownClaim && (
        <p class="notice notice-warn">
          {rich('document.noSuchClaim', { id: <code>{escapeInvisible(selected)}</code> })}
        </p>
      )}
      {isUnknownParagraph && (
        <p class="notice notice-warn">
          {rich('document.noSuchParagraph', { number: <code>{escapeInvisible(wanted)}</code> })}
        </p>
      )}
      <div class="document-tools">
        <FindBar count={count} current={current} onMove={setCurrent} within={hasText ? 'text' : 'summaries'} />
        <Outline parts={parts} part={part} known={known} hrefOfPart={partLink} />
        <DocumentPicker current={document.id} />
        <Legend withText={hasText} />
      </div>
      {parts.length > 1 && (
        <p class="quiet">
          {t('document.part', {
            part,
            parts: parts.length,
            first: shown[0]?.number ?? 0,
            last: shown.at(-1)?.number ?? 0,
          })}
        </p>
      )}
      {list.state === 'failed' ? (
        <FailedNotice what={t('document.claims')} failure={list.failure} errors={list.errors} retry={list.retry} />
      ) : (
        <PartialNotice errors={list.errors} retry={list.retry} />
      )}
      {quotations.state === 'failed' && (
        <FailedNotice
          what={t('dataset.quotations')}
          failure={quotations.failure}
          errors={quotations.errors}
          retry={quotations.retry}
        />
      )}
      {!isPlaced ? (
        // Not before the claims are there: their numbers would move the words that are being read.
        <Loading what={t('document.loadingClaims')} />
      ) : hasText ? (
        <>
          <div class="with-margin">
            <ContinuousText root={text} paragraphs={shown} marks={marks} selected={selected} hrefOf={hrefOfClaim} />
            <Margin text={text} notes={notes} selected={selected} />
          </div>
          <SelectionBar text={text} document={document} slice={slice} paragraphAt={paragraphAt} />
        </>
      ) : (
        <Paragraphs
          paragraphs={shown}
          marks={marks}
          selected={selected}
          hrefOf={hrefOfClaim}
          heading={({ voice, voiceId }) =>
            voiceId && (
              <span class="quiet">
                {' '}
                · {rich('document.voice', { actor: <Name actor={voice} id={voiceId.id} plain /> })}
              </span>
            )
          }
          beside={(paragraph) => (
            <ParagraphClaims
              paragraph={paragraph}
              statements={known}
              selected={shownClaim ?? selected}
              cautions={document.cautions}
              isComplete={isPlaced}
            />
          )}
        />
      )}
      {claimCount > ids.length && (
        <p>
          <a href={writeAddress('said', { document: document.id })}>
            {t('document.otherClaims', { count: claimCount - ids.length })}
          </a>
        </p>
      )}
      {parts.length > 1 && (
        <nav class="part-links" aria-label={t('document.parts')}>
          {part > 1 && <a href={partLink(part - 1)}>{t('document.partLink', { part: part - 1 })}</a>}{' '}
          {part < parts.length && <a href={partLink(part + 1)}>{t('document.partLink', { part: part + 1 })}</a>}
        </nav>
      )}
    </>
  );
}

/** The quotations of a document up to a position, page by page: they are marked in its text. */
function useQuotations(document: string, end: number, isNeeded: boolean) {
  const list = useList(ReaderQuotationsDocument, { document }, (data) => data.document?.quotations, {
    all: false,
    isNeeded,
  });
  const last = list.nodes.at(-1)?.citations[0];
  const isShort = list.state === 'partial' && last !== undefined && positionOf(last).start < end;
  useEffect(() => {
    if (isShort) list.more();
  }, [isShort, list.nodes.length]);
  return { ...list, isReady: !isNeeded || list.state !== 'loading' || list.nodes.length > 0 };
}

/** Where the first paragraph with a claim begins; undefined if no paragraph has it. */
const startOfClaim = (paragraphs: readonly ParagraphOf[], statement: string | undefined): number | undefined =>
  statement === undefined
    ? undefined
    : paragraphs.find(({ statements }) => statements.some(({ id }) => id === statement))?.start;

const positionOfClaim = (statement: StatementOf | undefined): number | undefined =>
  statement?.citations[0] ? positionOf(statement.citations[0]).start : undefined;

/** What an address selects in a document, apart from a passage. */
interface Target {
  selected: string | undefined;
  paragraph: string | undefined;
}

/** Brings the place that the address names into view, unless it is in view. */
function showTarget({ selected, paragraph }: Target): void {
  const find = (selector: string): Element | null => document.querySelector(selector);
  const target =
    find('.found-current') ??
    find('.sought, .strip-sought') ??
    (selected ? (find('.text .seg.is-on') ?? find(`[data-statement="${CSS.escape(selected)}"]`)) : null) ??
    (paragraph ? find(`[data-paragraph="${CSS.escape(paragraph)}"]`) : null);
  const { top = 0, bottom = 0 } = target?.getBoundingClientRect() ?? {};
  if (top < TOOLS_HEIGHT || bottom > innerHeight) target?.scrollIntoView({ block: 'center', behavior: 'instant' });
}

/**
 * Moves the focus to what the address selects: the number of the claim in the text, or else its paragraph. A claim that was chosen within the
 * page does not take the focus from where it is.
 */
function focusTarget({ selected, paragraph }: Target, isPassage: boolean): void {
  const { activeElement } = document;
  if (!isPassage && activeElement && !activeElement.matches('body, main')) return;
  const find = (selector: string): HTMLElement | null => document.querySelector<HTMLElement>(selector);
  const sought = find('.sought, .strip-sought')?.closest('[data-paragraph]');
  const row = sought ?? (paragraph ? find(`[data-paragraph="${CSS.escape(paragraph)}"]`) : null);
  const target = isPassage
    ? (row?.querySelector('h2') ?? row)
    : selected
      ? (find(`.claim-mark[data-mark="${CSS.escape(shortId(selected))}"]`) ??
        find(`[data-statement="${CSS.escape(selected)}"] a`))
      : null;
  if (!(target instanceof HTMLElement)) return;
  if (!target.matches('a, [tabindex]')) target.tabIndex = -1;
  target.focus({ preventScroll: true });
}

/** What stays at the top of the window while the text is scrolled, in pixels. */
const TOOLS_HEIGHT = 80;

/** The words between two positions. What is between paragraphs is shown as line breaks. */
function sliceOf(paragraphs: readonly ParagraphOf[]): (start: number, end: number) => string {
  const points = paragraphs.map(({ start, text }) => ({ start, points: [...(text ?? '')] }));
  return (start, end) => {
    let words = '';
    let position = start;
    for (const paragraph of points) {
      const last = paragraph.start + paragraph.points.length;
      if (last <= position || paragraph.start >= end) continue;
      if (paragraph.start > position) words += '\n'.repeat(paragraph.start - position);
      position = Math.max(position, paragraph.start);
      const until = Math.min(end, last);
      words += paragraph.points.slice(position - paragraph.start, until - paragraph.start).join('');
      position = until;
    }
    return words;
  };
}

/** The notes of the paragraphs that are shown, in order of the text: where another voice begins, claims, and cautions. */
function notesOf(
  { cautions }: DocumentOf,
  paragraphs: readonly ParagraphOf[],
  statements: ReadonlyMap<string, StatementOf>,
  selected: string | undefined,
): Note[] {
  const first = paragraphs[0]?.start ?? 0;
  const end = paragraphs.at(-1)?.end ?? 0;
  const isShown = (position: number): boolean => first <= position && position < end;
  const voices = paragraphs.flatMap(({ number, voice, voiceId, start }, index): Note[] => {
    if (!voiceId || voiceId.id === paragraphs[index - 1]?.voiceId?.id) return [];
    const content = (
      <p class="note-voice">
        {rich('document.voiceFrom', { number, actor: <Name actor={voice} id={voiceId.id} plain /> })}
      </p>
    );
    return [{ key: `voice ${number}`, position: start, statement: null, content }];
  });
  const claims = [...statements.values()].flatMap((statement): Note[] => {
    const position = positionOfClaim(statement);
    if (position === undefined || !isShown(position)) return [];
    const content = <ClaimNote statement={statement} isOn={statement.id === selected} />;
    return [{ key: statement.id, position, statement: statement.id, content }];
  });
  const pitfalls = cautions.flatMap(({ id, kind, explanation, citations }): Note[] => {
    const position = citations[0] ? positionOf(citations[0]).start : -1;
    if (!isShown(position)) return [];
    return [{ key: id, position, statement: null, content: <CautionNote kind={kind} explanation={explanation} /> }];
  });
  return [...voices, ...claims, ...pitfalls].sort((a, b) => a.position - b.position);
}

const AVAILABILITY = {
  VERIFIED: 'document.verified',
  NOT_MOUNTED: 'document.notMounted',
  MISMATCH: 'document.mismatch',
} as const;
