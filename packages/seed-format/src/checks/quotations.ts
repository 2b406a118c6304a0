import { idsIn, linked, passagesOf } from '../consequences.js';
import type { Seeds } from '../records.js';
import { type Check, entriesOf, problemAt } from './input.js';

interface Passage {
  at: readonly [number, number];
}

const overlap = ({ at: a }: Passage, { at: b }: Passage): boolean => a[0] < b[1] && b[0] < a[1];
const isWithin = ({ at: inner }: Passage, { at: outer }: Passage): boolean =>
  outer[0] <= inner[0] && inner[1] <= outer[1];

/** Reports quotations whose words no passage of their statements has a part of, and quotation marks around other words. */
export const quotations: Check = ({ entries, folders }) =>
  entriesOf(entries, 'quotations').flatMap((entry) => {
    const quotation = entry.parsed.record as unknown as Seeds['quotations'][number];
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
    return problems;
  });
