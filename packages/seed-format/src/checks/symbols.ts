import type { Seeds } from '../records.js';
import { type Check, entriesOf, problemAt } from './input.js';

/** Reports instruments with the symbol of another: `instrumentBySymbol` finds one instrument. */
export const symbols: Check = ({ entries, folders }) =>
  entriesOf(entries, 'instruments').flatMap((entry) => {
    const { symbol } = entry.parsed.record as unknown as Seeds['instruments'][number];
    const owner = folders.ownerOfSymbol(symbol);
    return owner && owner.id !== entry.id
      ? [
          problemAt(
            entry,
            ['symbol'],
            `"${symbol}" is already the symbol of an instrument in ${owner.file}:${folders.lineOf(owner)}; expected a unique symbol.`,
          ),
        ]
      : [];
  });
