import {
  allOf,
  type CachedReader,
  cacheReads,
  type MaybePromise,
  mapMaybePromise,
  queryValues,
  type ReadDb,
  Sql,
} from '@dossier/store';
import type { Condition } from './conditions.js';

/** Rows up to which a condition is narrow. Of a million rows, a page of those that pass a test which one in a hundred passes reads as many. */
const MAX_NARROW = 10_000;
/** Rows that take less time to read than a broad condition takes to count. */
const FEW = 100;

interface Counted {
  count: number;
}

const counters = new WeakMap<ReadDb, CachedReader<Counted | null>>();

/** Counts the rows of queries, given as JSON, and caches the numbers: an open store does not change. */
function counterOf(db: ReadDb): CachedReader<Counted | null> {
  let counter = counters.get(db);
  if (!counter) {
    counter = cacheReads((queries) =>
      allOf(
        queries.map((query) => {
          const [text, values] = JSON.parse(query) as [string, unknown[]];
          return mapMaybePromise(queryValues(db, new Sql(text, values)), ([[count = 0] = []]) => ({
            count: count as number,
          }));
        }),
      ),
    );
    counters.set(db, counter);
  }
  return counter;
}

/**
 * The conditions of a list, the one first that finds its rows best. If one of them is broad, that is the one that finds the fewest rows, if it
 * is narrow, otherwise the broad one: of many rows in another order, few would pass its test. `countQuery` counts the rows that a condition
 * finds, up to a limit.
 */
export function narrowestFirst(
  db: ReadDb,
  conditions: Condition[],
  countQuery: (condition: Condition, limit: number) => Sql,
): MaybePromise<Condition[]> {
  const broad = conditions.find(({ isBroad }) => isBroad);
  if (!broad || conditions.length === 1 || conditions.some(({ isOfParent }) => isOfParent)) return conditions;
  const others = conditions.filter((condition) => condition !== broad);
  const counter = counterOf(db);
  const count = (counted: Condition[], limit: number): MaybePromise<number[]> => {
    const queries = counted.map((condition) => countQuery(condition, limit));
    return mapMaybePromise(counter(queries.map(({ text, values }) => JSON.stringify([text, values]))), (found) =>
      found.map((each) => each?.count ?? 0),
    );
  };
  const beginWith = (first: Condition) => [first, ...conditions.filter((condition) => condition !== first)];
  return mapMaybePromise(count(others, MAX_NARROW + 1), (counts) => {
    const fewest = Math.min(...counts);
    const narrowest = others[counts.indexOf(fewest)] as Condition;
    if (fewest > MAX_NARROW) return beginWith(broad);
    if (fewest <= FEW) return beginWith(narrowest);
    return mapMaybePromise(count([broad], fewest), ([countOfBroad = 0]) =>
      beginWith(countOfBroad < fewest ? broad : narrowest),
    );
  });
}
