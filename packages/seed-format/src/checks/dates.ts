import { isCalendarDay, spanOf } from '@dossier/domain';
import type { Problem } from '../problem.js';
import type { Entry } from '../resolve.js';
import { type Check, contentsOf, type Found, problemAt } from './input.js';

const DAYS = ['listedOn', 'delistedOn', 'inForceFrom', 'inForceUntil', 'deadline'];
const IN_ORDER = [
  ['listedOn', 'delistedOn'],
  ['inForceFrom', 'inForceUntil'],
] as const;
const DATED = ['edtf', ...DAYS];

/** Dates are EDTF and run forwards; days are days of the calendar. */
export const dates: Check = ({ entries }) =>
  entries.flatMap((entry) =>
    contentsOf(entry)
      .records.filter(({ value }) => DATED.some((key) => value[key] !== undefined))
      .flatMap((found) => problemsOf(entry, found)),
  );

function problemsOf(entry: Entry, found: Found<Record<string, unknown>>): Problem[] {
  const { value } = found;
  const say = (key: string, message: string) => problemAt(entry, [...found.path, key], message);
  const problems = [];
  if (typeof value['edtf'] === 'string') {
    const message = edtfProblem(value['edtf']);
    if (message) problems.push(say('edtf', message));
    else if (value['basis'] === 'UNKNOWN' && value['edtf'] !== '../..')
      problems.push(
        say('edtf', `"${value['edtf']}" with the basis UNKNOWN; expected "../..", or the basis that tells when.`),
      );
  }
  for (const key of DAYS) {
    const day = value[key];
    if (typeof day === 'string' && !isCalendarDay(day))
      problems.push(say(key, `"${day}" is not a day of the calendar; expected YYYY-MM-DD.`));
  }
  for (const [from, until] of IN_ORDER) {
    const [first, last] = [value[from], value[until]];
    if (typeof first === 'string' && typeof last === 'string' && first > last)
      problems.push(say(until, `"${until}" (${last}) is before "${from}" (${first}); expected a later day.`));
  }
  return problems;
}

function edtfProblem(edtf: string): string | null {
  try {
    const { earliest, latest } = spanOf(edtf);
    return earliest !== null && latest !== null && earliest > latest
      ? `"${edtf}" has its earliest day (${earliest}) after its latest (${latest}); expected the first before the last.`
      : null;
  } catch (error) {
    return (error as Error).message;
  }
}
