import { isCalendarDay, spanOf } from '@dossier/provenance';
import { type Check, isRecord, problemAt, valuesOf } from './input.js';

const DAYS = ['listedOn', 'delistedOn', 'inForceFrom', 'inForceUntil', 'deadline'];
const IN_ORDER = [
  ['listedOn', 'delistedOn'],
  ['inForceFrom', 'inForceUntil'],
] as const;

/** Dates are EDTF and run forwards; days are days of the calendar. */
export const dates: Check = ({ entries }) =>
  entries.flatMap((entry) =>
    valuesOf(entry).flatMap(({ value, path }) => {
      if (!isRecord(value)) return [];
      const problems = [];
      if (typeof value['edtf'] === 'string') {
        const message = edtfProblem(value['edtf']);
        if (message) problems.push(problemAt(entry, [...path, 'edtf'], message));
        else if (value['basis'] === 'UNKNOWN' && value['edtf'] !== '../..')
          problems.push(problemAt(entry, [...path, 'edtf'], `"${value['edtf']}" with the basis UNKNOWN; expected "../..", or the basis that tells when.`));
      }
      for (const key of DAYS) {
        const day = value[key];
        if (typeof day === 'string' && !isCalendarDay(day)) problems.push(problemAt(entry, [...path, key], `"${day}" is not a day of the calendar; expected YYYY-MM-DD.`));
      }
      for (const [from, until] of IN_ORDER) {
        const [first, last] = [value[from], value[until]];
        if (typeof first === 'string' && typeof last === 'string' && first > last)
          problems.push(problemAt(entry, [...path, until], `"${until}" (${last}) is before "${from}" (${first}); expected a later day.`));
      }
      return problems;
    }),
  );

function edtfProblem(edtf: string): string | null {
  try {
    const { earliest, latest } = spanOf(edtf);
    return earliest !== null && latest !== null && earliest > latest ? `"${edtf}" has its earliest day (${earliest}) after its latest (${latest}); expected the first before the last.` : null;
  } catch (error) {
    return (error as Error).message;
  }
}
