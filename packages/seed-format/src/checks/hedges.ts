import { linked, passagesOf } from '../consequences.js';
import type { Seeds } from '../records.js';
import { type Check, entriesOf, problemAt } from './input.js';

type Statement = Seeds['statements'][number];
type At = readonly [number, number];

const isWithin = ([start, end]: At, passages: readonly { at: At }[]): boolean =>
  passages.some(({ at }) => at[0] <= start && end <= at[1]);

/**
 * Reports hedges outside the passages of their statement. An ATTRIBUTION that introduces several statements, as in "according to", stands
 * in the passage of one of them: the others may have the same hedge at the same position.
 */
export const hedges: Check = ({ entries }) => {
  const statements = entriesOf(entries, 'statements');
  const shared = new Set(
    statements.flatMap((entry) => {
      const { hedges: own, passages } = entry.parsed.record as unknown as Statement;
      return own.filter(({ kind, at }) => kind === 'ATTRIBUTION' && isWithin(at, passages)).map(({ at }) => at.join());
    }),
  );
  return statements.flatMap((entry) => {
    const { hedges: own, passages } = entry.parsed.record as unknown as Statement;
    return own.flatMap(({ kind, at }, index) =>
      isWithin(at, passages) || (kind === 'ATTRIBUTION' && shared.has(at.join()))
        ? []
        : [
            linked(
              problemAt(
                entry,
                ['hedges', index, 'at'],
                `the hedge [${at.join(', ')}] is not in a passage of its statement; expected one within a passage.`,
              ),
              { causes: [passagesOf(entry.id)] },
            ),
          ],
    );
  });
};
