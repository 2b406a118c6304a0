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

/**
 * Reports quotations whose words no passage of their statements has a part of, quotation marks around other words, and quotations of a level
 * without one around them.
 */
export const quotations: Check = ({ entries, folders, seeds, unreadable }) => {
  const levels = levelsOf(seeds.quotations);
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
