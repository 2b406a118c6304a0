import type { Problem } from '../problem.js';
import type { Entry } from '../resolve.js';
import { type Check, contentsOf, type Found, problemAt } from './input.js';

// Two carriers whose names are lost look alike; whether a chain turns back on itself is seen by their names.
const MAY_REPEAT = new Set<string | number>(['relayChain']);

/** Nothing stands twice in one list: neither a reference, nor a passage, nor a mention. */
export const repeats: Check = ({ entries }) =>
  entries.flatMap((entry) =>
    contentsOf(entry)
      // Positions are lists of numbers.
      .lists.filter(({ value, step }) => value.length > 1 && typeof value[0] !== 'number' && !MAY_REPEAT.has(step))
      .flatMap((list) => repeated(entry, list)),
  );

function repeated(entry: Entry, list: Found<unknown[]>): Problem[] {
  const seen = new Map<string, number>();
  return list.value.flatMap((item, index) => {
    const key = JSON.stringify(item);
    const first = seen.get(key);
    if (first === undefined) seen.set(key, index);
    return first === undefined
      ? []
      : [
          problemAt(
            entry,
            [...list.path, index],
            `stands in this list already, in place ${first + 1}; expected it once.`,
          ),
        ];
  });
}
