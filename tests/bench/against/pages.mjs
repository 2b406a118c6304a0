import { firstSeenQuery } from '../firstSeen.mjs';
import { bodiesOf, operations } from '../operations.mjs';

export const DEFAULT_PAGES = ['page', 'deep', 'search', 'cached', 'first-seen'];
/** Few, so that misses cost little: with separate services, a cached response lives only for seconds. */
const CACHED_BODIES = 20;

/**
 * The pages that two builds can be compared on, by name. `bodies(from, count)` gives the requests from a number on, the same
 * for the same numbers; `prime` are sent before each pair, unmeasured; `warmUp` is the share of the usual time that a page needs to be
 * warm; `isFirstSeen` pages have a separate limit.
 */
export function pagesOf(size) {
  const known = operations(size);
  const { page, deep } = known;
  return {
    ...Object.fromEntries(
      Object.entries(known).map(([name, operation]) => [
        name,
        {
          name,
          cacheMb: 0,
          prime: [],
          warmUp: 1,
          isFirstSeen: false,
          bodies: (from, count) => bodiesOf(operation, from, count),
        },
      ]),
    ),
    cached: cachedPage(bodiesOf(page, 0, CACHED_BODIES)),
    'first-seen': {
      name: 'first-seen',
      cacheMb: 0,
      prime: [],
      warmUp: 1,
      isFirstSeen: true,
      bodies: (from, count) => firstSeenBodies(deep, from, count),
    },
  };
}

/** The uncached page's requests, answered from the response cache. */
const cachedPage = (prime) => ({
  name: 'cached',
  cacheMb: 32,
  prime,
  // After so many responses, more would change nothing.
  warmUp: 0.4,
  isFirstSeen: false,
  bodies: (from, count) => Array.from({ length: count }, (_, index) => prime[(from + index) % prime.length]),
});

/** Each request with a different query. */
const firstSeenBodies = ({ variables }, from, count) =>
  Array.from(
    { length: count },
    (_, index) => bodiesOf({ query: firstSeenQuery(from + index), variables }, from + index, 1)[0],
  );
