import { type DayRange, spanOf } from '@dossier/domain/facts';
import type { Seeds } from '../records.js';
import { type Check, entriesOf, problemAt } from './input.js';

/** Reports instruments with the symbol of another, apart from case and spaces, or with a symbol of another year than that of their adoption. */
export const symbols: Check = ({ entries, folders }) =>
  entriesOf(entries, 'instruments').flatMap((entry) => {
    const { symbol, adoptedOn } = entry.parsed.record as unknown as Seeds['instruments'][number];
    const owner = folders.ownerOfSymbol(symbol);
    const year = /\((\d{4})\)$/.exec(symbol)?.[1];
    const { earliest, latest } = rangeOf(adoptedOn.edtf);
    if (year !== undefined && earliest !== null && latest !== null && (latest < year || earliest > `${year}-12-31`))
      return [
        problemAt(
          entry,
          ['adoptedOn', 'edtf'],
          `${adoptedOn.edtf} is not in the year of the symbol, "${symbol}"; expected a date in ${year}, or another symbol.`,
        ),
      ];
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

/** Unknown for a date that cannot be read, which is reported elsewhere. */
function rangeOf(edtf: string): DayRange {
  try {
    return spanOf(edtf);
  } catch {
    return { earliest: null, latest: null };
  }
}
