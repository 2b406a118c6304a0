import { countBelow } from '@dossier/domain/facts';
import { idsIn, linked, passagesOf } from '../consequences.js';
import type { Seeds } from '../records.js';
import { type Check, entriesOf, problemAt } from './input.js';

interface Passage {
  at: readonly [number, number];
}

const overlap = ({ at: a }: Passage, { at: b }: Passage): boolean => a[0] < b[1] && b[0] < a[1];
const isWithin = ({ at: inner }: Passage, { at: outer }: Passage): boolean =>
  outer[0] <= inner[0] && inner[1] <= outer[1];

type Quotation = Seeds['quotations'][number];
type Statement = Seeds['statements'][number];

/**
 * Reports quotations whose words no passage of their statements has a part of, quotation marks around other words or around none, quotations of
 * a level without one around them or inside one of the same level, and certain speakers who have no part in the statements.
 */
export const quotations: Check = ({ entries, folders, seeds, texts, unreadable }) => {
  const levels = levelsOf(seeds.quotations);
  const enclosing = enclosingIn(seeds.quotations);
  const marks = new Set(seeds.quotations.flatMap(({ marked }) => (marked ? [marked.at.join()] : [])));
  const areAllKnown = !unreadable.some(({ section }) => section === 'quotations');
  return entriesOf(entries, 'quotations').flatMap((entry) => {
    const quotation = entry.parsed.record as unknown as Quotation;
    const { passages, marked, origin } = quotation;
    const statements = quotation.statements.flatMap((id) => folders.find('statements', id) ?? []);
    const causes = [
      ...[entry.id, ...quotation.statements].map(passagesOf),
      // With an id given twice, the statement may be the other one.
      ...(origin.document === null ? [] : [idsIn('statements', origin.document.replace('document:', ''))]),
    ];
    const problems = [];
    // Positions in another text cannot be compared, and references that lead nowhere are reported elsewhere.
    const isComparable =
      passages.length > 0 &&
      statements.length > 0 &&
      statements.length === quotation.statements.length &&
      statements.every((statement) => statement.origin.document === origin.document && statement.passages.length > 0);
    if (
      isComparable &&
      !statements.some((statement) => statement.passages.some((own) => passages.some((one) => overlap(one, own))))
    )
      problems.push(
        linked(
          problemAt(
            entry,
            ['statements'],
            'the words are not in a passage of these statements; expected the statements that they belong to.',
          ),
          { causes },
        ),
      );
    if (marked && !passages.every((passage) => isWithin(passage, marked)))
      problems.push(
        linked(
          problemAt(
            entry,
            ['marked', 'at'],
            `[${marked.at.join(', ')}] is not around the words of the quotation; expected the same words with their marks.`,
          ),
          { causes },
        ),
      );
    else if (marked && !isLarger(marked, passages))
      problems.push(
        linked(
          problemAt(
            entry,
            ['marked', 'at'],
            `[${marked.at.join(', ')}] has the words only; expected the same words with their marks, or no "marked" if they have none.`,
          ),
          { causes },
        ),
      );
    const text = texts.get(origin.document ?? '')?.text;
    const [only, second] = passages;
    if (text && only && !second && !marks.has(only.at.join()) && isMarked(text.slice(...only.at)))
      problems.push(
        linked(
          problemAt(
            entry,
            ['passages', 0],
            `[${only.at.join(', ')}] has the quotation marks, too; expected the words without them, and the marks in "marked".`,
          ),
          { causes },
        ),
      );
    const outside = enclosing.get(quotation.id);
    if (outside !== undefined)
      problems.push(
        linked(
          problemAt(
            entry,
            ['level'],
            `level ${quotation.level}, but the words are in ${shortId(outside)}, of the same level; expected level ${quotation.level + 1}, or one record for the same words.`,
          ),
          { causes: [...causes, passagesOf(outside)] },
        ),
      );
    if (isComparable && problems.length === 0 && isSomebodyElse(quotation, statements))
      problems.push(
        problemAt(
          entry,
          ['speaker'],
          `"${quotation.speaker}" neither says nor relays ${quotation.statements.map(shortId).join(' or ')}; expected its speaker, a statement of this speaker, or no certainty.`,
        ),
      );
    const { level, speaker, speakerIsCertain } = quotation;
    if (speaker === null && speakerIsCertain)
      problems.push(
        problemAt(entry, ['speakerIsCertain'], 'certain without a speaker; expected the speaker, or false.'),
      );
    const outer = levels.get(level - 1);
    if (level > 1 && areAllKnown && !passages.every((passage) => outer?.contains(passage)))
      problems.push(
        linked(
          problemAt(
            entry,
            ['level'],
            `level ${level}, but no quotation of level ${level - 1} contains the words; expected level 1, or a record of the quotation around it.`,
          ),
          { causes: [passagesOf(entry.id), ...(outer?.ids ?? []).map(passagesOf)] },
        ),
      );
    return problems;
  });
};

const shortId = (id: string): string => id.slice(id.lastIndexOf('/') + 1);

const isLarger = ({ at: [start, end] }: Passage, passages: readonly Passage[]): boolean =>
  passages.every(({ at }) => start < at[0]) || passages.every(({ at }) => end > at[1]);

const PAIRS: ReadonlyMap<string, string> = new Map([
  ['"', '"'],
  ['“', '”'],
  ['„', '“”'],
  ['«', '»'],
  ['»', '«'],
  ['‘', '’'],
  ['‚', '‘’'],
  ['「', '」'],
  ['『', '』'],
]);

/** Whether words begin and end with marks of one pair that does not occur between them. */
function isMarked(words: string): boolean {
  const inner = words.slice(1, -1);
  const closing = PAIRS.get(words[0] ?? '');
  const last = words.at(-1) ?? '';
  return (
    words.length > 2 &&
    closing !== undefined &&
    closing.includes(last) &&
    !inner.includes(words[0] ?? '') &&
    !inner.includes(last)
  );
}

/** For each quotation within another one of the same level, the other one. */
function enclosingIn(quotations: readonly Quotation[]): ReadonlyMap<string, string> {
  const parts = quotations
    .flatMap(({ id, level, passages }) => passages.map(({ at }) => ({ id, level, at })))
    .sort((a, b) => a.level - b.level || a.at[0] - b.at[0] || b.at[1] - a.at[1]);
  const found = new Map<string, string>();
  let before: (typeof parts)[number] | null = null;
  for (const part of parts) {
    if (before?.level === part.level && before.at[1] >= part.at[1]) {
      if (before.id !== part.id && !found.has(part.id)) found.set(part.id, before.id);
    } else before = part;
  }
  return found;
}

const QUOTED_SPEECH: ReadonlySet<string> = new Set(['DIRECT', 'PARTIAL']);

/** Whether the certain speaker has no part in the statements, of which the text names the speakers. */
function isSomebodyElse(
  { kind, level, speaker, speakerIsCertain }: Quotation,
  statements: readonly Statement[],
): boolean {
  if (!QUOTED_SPEECH.has(kind) || level > 1 || speaker === null || !speakerIsCertain) return false;
  return statements.every(
    ({ attribution: { status, speakers, candidates, relayChain } }) =>
      status === 'EXPLICIT' &&
      speakers.length > 0 &&
      // Whose name is lost may be the speaker.
      relayChain.every(({ carrier }) => carrier !== null) &&
      ![...speakers, ...(candidates ?? []), ...relayChain.map(({ carrier }) => carrier)].includes(speaker),
  );
}

/** The quotations of one level. */
interface Level {
  /** The ids of some of them. */
  ids: string[];
  /** Whether one of their passages contains another one, in logarithmic time. */
  contains: (passage: Passage) => boolean;
}

const MAX_IDS = 100;

function levelsOf(quotations: readonly Quotation[]): ReadonlyMap<number, Level> {
  const grouped = new Map<number, Quotation[]>();
  for (const quotation of quotations) {
    const known = grouped.get(quotation.level);
    if (known) known.push(quotation);
    else grouped.set(quotation.level, [quotation]);
  }
  return new Map(
    [...grouped].map(([level, own]) => {
      const parts = own
        .flatMap(({ passages, marked }) => (marked ? [...passages, marked] : passages))
        .sort((a, b) => a.at[0] - b.at[0]);
      const starts = parts.map(({ at }) => at[0]);
      let furthest = 0;
      const ends = parts.map(({ at }) => {
        furthest = Math.max(furthest, at[1]);
        return furthest;
      });
      const contains = ({ at }: Passage): boolean => (ends[countBelow(starts, at[0] + 1) - 1] ?? 0) >= at[1];
      return [level, { ids: own.slice(0, MAX_IDS).map(({ id }) => id), contains }];
    }),
  );
}
