import { type Check, problemAt, valuesOf } from './input.js';

// Two carriers whose names are lost look alike; whether a chain turns back on itself is seen by their names.
const MAY_REPEAT = new Set(['relayChain']);

/** Nothing stands twice in one list: neither a reference, nor a passage, nor a mention. */
export const repeats: Check = ({ entries }) =>
  entries.flatMap((entry) =>
    valuesOf(entry).flatMap(({ value, path }) => {
      // Positions are lists of numbers.
      if (!Array.isArray(value) || value.length < 2 || typeof value[0] === 'number' || MAY_REPEAT.has(String(path.at(-1)))) return [];
      const seen = new Map<string, number>();
      return value.flatMap((item, index) => {
        const key = JSON.stringify(item);
        const first = seen.get(key);
        if (first === undefined) seen.set(key, index);
        return first === undefined ? [] : [problemAt(entry, [...path, index], `stands in this list already, in place ${first + 1}; expected it once.`)];
      });
    }),
  );
