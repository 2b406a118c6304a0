import { expectedUnits, KINDS_OF_MEASURE, unitKind } from '@dossier/domain/facts';
import { linked } from '../consequences.js';
import type { Problem } from '../problem.js';
import type { Seeds } from '../records.js';
import { type Check, entriesOf, problemAt } from './input.js';

/** Reports figures whose unit is unknown, missing beside a value, or not one of their measure. */
export const units: Check = ({ entries }) =>
  entriesOf(entries, 'figures').flatMap((entry) => {
    const { unit, measure, value } = entry.parsed.record as unknown as Seeds['figures'][number];
    const kinds = KINDS_OF_MEASURE[measure] ?? [];
    const expected = `expected ${expectedUnits(kinds)} for the measure ${measure}.`;
    const problem = (message: string): Problem[] => [
      linked(problemAt(entry, ['unit'], `${message}; ${expected}`), { subjects: [entry.id] }),
    ];
    if (unit === null) return value === null ? [] : problem('a value without a unit');
    const kind = unitKind(unit);
    if (kind === null) return problem(`"${unit}" is not a unit of the format`);
    return kinds.includes(kind) ? [] : problem(`"${unit}" does not fit`);
  });
