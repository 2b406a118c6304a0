import { type CodePointText, passageDigest } from '@dossier/domain/facts';
import { datesIn } from './dates.js';
import { hedgesIn } from './hedges.js';
import { knownMentions } from './mentions.js';
import { NameIndex } from './nameIndex.js';
import { knownNames } from './names.js';
import { numbersIn } from './numbers.js';
import { coverOf, type Paragraph, paragraphsOf, type Span } from './paragraphs.js';
import { unknownNames } from './properNames.js';
import { LETTERS, type Proposal, type ProposalKind } from './proposalFile.js';
import { type Quotation, quotationsIn } from './quotations.js';
import { asRecord, listOf, passageOf, type RawRecord, type SeedRecords, textOf } from './seedRecords.js';

type Position = readonly [start: number, end: number];

/**
 * What the rules find in the text of a document and the seeds do not have yet, in order of the text. `ignored` are ids that are not proposed
 * again.
 */
export function proposalsFor(
  seeds: SeedRecords,
  document: RawRecord,
  text: CodePointText,
  ignored: ReadonlySet<string> = new Set(),
): Proposal[] {
  const folder = textOf(document['id']) ?? '';
  const paragraphs = paragraphsOf(document, text);
  const recorded = recordedIn(seeds, folder);
  const index = new NameIndex(knownNames(seeds));
  const publishedOn = textOf(asRecord(document['publishedOn'])?.['edtf']);
  const proposals: Proposal[] = [];

  const mentioned = new Map(paragraphs.map((paragraph) => [paragraph, knownMentions(paragraph, index)]));
  for (const [paragraph, mentions] of mentioned)
    for (const mention of mentions) {
      const common = commonOf('mention', paragraph, mention, text);
      const left = mention.parties.filter(
        ({ id }) => !recorded.mentions.some(({ of, at }) => of === id && overlap(at, common.at)),
      );
      const [first] = left;
      // A name of several that is recorded for one of them has been decided.
      if (!first || left.length < mention.parties.length) continue;
      proposals.push({
        ...common,
        ...(left.length === 1 ? { of: first.id } : { candidates: left.map(({ id }) => id) }),
        form: first.form,
      });
    }
  // What is a name, a date or a number is no unknown name.
  const taken = new Map<Paragraph, Span[]>();
  for (const paragraph of paragraphs) {
    const dates = datesIn(paragraph, publishedOn);
    const numbers = numbersIn(paragraph, dates);
    taken.set(paragraph, [...(mentioned.get(paragraph) ?? []), ...dates, ...numbers]);
    for (const { edtf, basis, anchor, ...span } of dates)
      proposals.push({ ...commonOf('date', paragraph, span, text), edtf, basis, ...(anchor ? { anchor } : {}) });
    for (const { value, unit, qualifier, ...span } of numbers) {
      const common = commonOf('number', paragraph, span, text);
      const isKnown =
        recorded.numbers.some((at) => overlap(at, common.at)) ||
        recorded.figures.some((figure) => figure.value === value && contains(figure.at, common.at));
      if (!isKnown) proposals.push({ ...common, value, ...(unit ? { unit } : {}), qualifier });
    }
    const isMentioned = coverOf(mentioned.get(paragraph) ?? []);
    for (const { hedge, ...span } of hedgesIn(paragraph)) {
      if (isMentioned(span)) continue;
      const common = commonOf('hedge', paragraph, span, text);
      if (!recorded.hedges.some((at) => overlap(at, common.at)))
        proposals.push({ ...common, hedge } as Extract<Proposal, { kind: 'hedge' }>);
    }
  }
  for (const [paragraph, spans] of unknownNames(paragraphs, taken))
    for (const span of spans) {
      const common = commonOf('name', paragraph, span, text);
      if (!recorded.mentions.some(({ at }) => overlap(at, common.at))) proposals.push(common);
    }
  const names = new Set(proposals.flatMap(({ kind, at }) => (kind === 'mention' ? [at.join()] : [])));
  for (const quotation of quotationsIn(paragraphs)) {
    const proposal = quotationProposal(quotation, text);
    const parts = proposal.passages ?? [proposal];
    const isKnown = recorded.quotations.some((at) => parts.some((part) => isSameQuotation(at, part.at)));
    // In many languages names of newspapers and ships are between quotation marks.
    const isName = names.has(proposal.at.join());
    if (!isKnown && !isName) proposals.push(proposal);
  }
  return proposals
    .filter(({ id }) => !ignored.has(id))
    .sort((a, b) => a.at[0] - b.at[0] || a.at[1] - b.at[1] || (a.id < b.id ? -1 : 1));
}

const overlap = (a: Position, b: Position): boolean => a[0] < b[1] && b[0] < a[1];
/** A quotation may be recorded with or without its marks and the punctuation at its end. */
const isSameQuotation = (a: Position, b: Position): boolean => Math.abs(a[0] - b[0]) <= 1 && Math.abs(a[1] - b[1]) <= 2;
const contains = (outer: Position, inner: Position): boolean => outer[0] <= inner[0] && inner[1] <= outer[1];

function commonOf<Kind extends ProposalKind>(kind: Kind, paragraph: Paragraph, span: Span, text: CodePointText) {
  const passage = passageAt(paragraph, span, text);
  return { id: idOf(kind, passage.at), kind, ...passage };
}

const idOf = (kind: ProposalKind, [start, end]: Position): string => `${LETTERS[kind]}${start}-${end}`;

function passageAt(paragraph: Paragraph, { start, end }: Span, text: CodePointText) {
  const at: [number, number] = [paragraph.positionOf(start), paragraph.positionOf(end)];
  return { at, digest: passageDigest(text.slice(...at)) };
}

const MIN_WORDS_OF_SENTENCE = 4;

function quotationProposal(
  { passages, marked, level }: Quotation,
  text: CodePointText,
): Extract<Proposal, { kind: 'quotation' }> {
  const [first] = passages;
  const words = first && passages.length === 1 ? first.paragraph.content.slice(first.start, first.end) : '';
  // A sentence has an end and begins with a capital letter; scripts without capital letters have only the end.
  const isSentence =
    passages.length > 1 ||
    (/^[^\p{Ll}]/u.test(words) &&
      /[.!?…。！？,，]$/u.test(words) &&
      words.split(/\s+/u).length >= MIN_WORDS_OF_SENTENCE);
  // The comma before the mark belongs to the sentence around it, and so does the stop after a part of a sentence.
  const outside = isSentence ? /[,，]$/u : /[.,，。]$/u;
  const parts = passages.map(({ paragraph, start, end }) =>
    passageAt(paragraph, { start, end: outside.test(paragraph.content.slice(start, end)) ? end - 1 : end }, text),
  );
  const at: [number, number] = [parts[0]?.at[0] ?? 0, parts.at(-1)?.at[1] ?? 0];
  return {
    id: idOf('quotation', at),
    kind: 'quotation',
    form: isSentence ? 'DIRECT' : 'PARTIAL',
    level,
    at,
    digest: passageDigest(text.slice(...at)),
    ...(marked ? { marked: passageAt(marked.paragraph, marked, text) } : {}),
    ...(parts.length > 1 ? { passages: parts } : {}),
  };
}

/** The positions that the records of a document have already. */
function recordedIn(seeds: SeedRecords, folder: string) {
  const positionsOf = (records: readonly RawRecord[]): Position[] =>
    records.flatMap((record) => {
      const passage = passageOf(record);
      return passage ? [passage.at] : [];
    });
  const actors = ['actors', 'places'].flatMap((section) => seeds.section(folder, 'actors', section));
  const mentionsOf = (record: RawRecord, of: string | null) =>
    positionsOf(listOf(record['mentions'])).map((at) => ({ of, at }));
  const statements = (section: string) => seeds.section(folder, 'statements', section);
  return {
    mentions: [
      ...actors.flatMap((record) => mentionsOf(record, textOf(record['id']))),
      ...seeds.section(folder, 'actors', 'additions').flatMap((record) => mentionsOf(record, textOf(record['of']))),
    ],
    numbers: positionsOf(statements('numbers')),
    figures: seeds
      .section(folder, 'trade', 'figures')
      .flatMap((figure) =>
        positionsOf(listOf(figure['passages'])).map((at) => ({ at, value: textOf(figure['value']) })),
      ),
    hedges: statements('statements').flatMap(({ hedges }) => positionsOf(listOf(hedges))),
    quotations: statements('quotations').flatMap(({ passages }) => positionsOf(listOf(passages))),
  };
}
