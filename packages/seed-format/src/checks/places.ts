import type { Seeds } from '../records.js';
import { type Check, type CheckInput, entriesOf, problemAt } from './input.js';

/** Maximum nesting of places. The store holds a row for each pair of a place and one around it. */
const MAX_DEPTH = 100;

/** Reports places that lie within themselves, directly or through others. */
export const places: Check = ({ entries, folders }) =>
  entriesOf(entries, 'places').flatMap((entry) => {
    const place = entry.parsed.record as unknown as Seeds['places'][number];
    const message = nestingProblem(place, folders);
    return message ? [problemAt(entry, ['within'], message)] : [];
  });

function nestingProblem({ id, within }: Seeds['places'][number], folders: CheckInput['folders']): string | null {
  const containers = new Set<string>();
  for (let outer = within; outer !== null; outer = folders.find('places', outer)?.within ?? null) {
    if (outer === id) return 'a place within itself; expected a chain that ends at a place without "within".';
    // A cycle that the place is not part of is reported for the places that are.
    if (containers.has(outer)) return null;
    containers.add(outer);
    if (containers.size > MAX_DEPTH) return `a place within more than ${MAX_DEPTH} others; expected fewer.`;
  }
  return null;
}
