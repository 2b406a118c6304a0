import type { Seeds } from '../records.js';
import { expectedUnits, KINDS_OF_MEASURE, unitKind } from '../units.js';
import { type Check, entriesOf, problemAt } from './input.js';

/** Reports figures whose unit is unknown, missing beside a value, or not one of their measure. */
export const units: Check = ({ entries }) =>
  entriesOf(entries, 'figures').flatMap((entry) => {
    const { unit, measure, value } = entry.parsed.record as unknown as Seeds['figures'][number];
    const kinds = KINDS_OF_MEASURE[measure] ?? [];
    const expected = `expected ${expectedUnits(kinds)} for the measure ${measure}.`;
    if (unit === null) return value === null ? [] : [problemAt(entry, ['unit'], `a value without a unit; ${expected}`)];
    const kind = unitKind(unit);
    if (kind === null) return [problemAt(entry, ['unit'], `"${unit}" is not a unit of the format; ${expected}`)];
    return kinds.includes(kind) ? [] : [problemAt(entry, ['unit'], `"${unit}" does not fit; ${expected}`)];
  });
