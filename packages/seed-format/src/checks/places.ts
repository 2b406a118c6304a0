import type { Seeds } from '../records.js';
import { type Check, type CheckInput, entriesOf, problemAt } from './input.js';

/** Maximum nesting of places. The store holds a row for each pair of a place and one around it. */
const MAX_LEVELS = 100;

/** No place lies within itself, directly or through others. */
export const places: Check = ({ entries, folders }) =>
  entriesOf(entries, 'places').flatMap((entry) => {
    const place = entry.parsed.record as unknown as Seeds['places'][number];
    const message = problemAround(place, folders);
    return message ? [problemAt(entry, ['within'], message)] : [];
  });

function problemAround({ id, within }: Seeds['places'][number], folders: CheckInput['folders']): string | null {
  const around = new Set<string>();
  for (let outer = within; outer !== null; outer = folders.find('places', outer)?.within ?? null) {
    if (outer === id) return 'a place within itself; expected a chain that ends at a place without "within".';
    // A circle that it is not part of is reported at the places that are.
    if (around.has(outer)) return null;
    around.add(outer);
    if (around.size > MAX_LEVELS) return `a place within more than ${MAX_LEVELS} others; expected fewer.`;
  }
  return null;
}
