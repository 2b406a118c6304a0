import { linked, passagesOf } from '../consequences.js';
import type { Problem } from '../problem.js';
import type { Seeds } from '../records.js';
import { type Check, entriesOf, problemAt } from './input.js';

type Insertion = Seeds['insertions'][number];

/** Reports insertions that overlap another one: every word was inserted once. */
export const insertions: Check = ({ entries }) => {
  const inOrder = entriesOf(entries, 'insertions')
    .map((entry) => ({ entry, insertion: entry.parsed.record as unknown as Insertion }))
    .toSorted((a, b) => a.insertion.at[0] - b.insertion.at[0]);
  let furthest: Insertion | null = null;
  return inOrder.flatMap(({ entry, insertion }): Problem[] => {
    const before = furthest;
    if (!before || before.at[1] < insertion.at[1]) furthest = insertion;
    if (!before || before.at[1] <= insertion.at[0]) return [];
    return [
      linked(
        problemAt(
          entry,
          ['at'],
          `[${insertion.at.join(', ')}] overlaps the insertion ${before.id.slice(before.id.lastIndexOf('/') + 1)} at [${before.at.join(', ')}]; expected each word in one insertion.`,
        ),
        { causes: [passagesOf(insertion.id), passagesOf(before.id)] },
      ),
    ];
  });
};
