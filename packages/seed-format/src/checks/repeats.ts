import type { Problem } from '../problem.js';
import type { Entry } from '../resolve.js';
import { type Check, contentsOf, type Located, problemAt } from './input.js';

// Two carriers whose names are lost are equal. Cycles of named carriers are reported by `attribution`.
const MAY_REPEAT = new Set<string | number>(['relayChain']);

/** Reports references, passages and mentions that occur twice in a list. */
export const repeats: Check = ({ entries }) =>
  entries.flatMap((entry) =>
    contentsOf(entry)
      // Positions are lists of numbers.
      .lists.filter(({ value, step }) => value.length > 1 && typeof value[0] !== 'number' && !MAY_REPEAT.has(step))
      .flatMap((list) => duplicatesIn(entry, list)),
  );

function duplicatesIn(entry: Entry, list: Located<unknown[]>): Problem[] {
  const seen = new Map<string, number>();
  return list.value.flatMap((item, index) => {
    const key = JSON.stringify(item);
    const first = seen.get(key);
    if (first === undefined) seen.set(key, index);
    return first === undefined
      ? []
      : [problemAt(entry, [...list.path, index], `a duplicate of item ${first + 1} of this list; expected it once.`)];
  });
}
