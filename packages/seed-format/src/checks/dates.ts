import { isCalendarDay, spanOf } from '@dossier/domain/facts';
import type { Problem } from '../problem.js';
import type { Entry } from '../resolve.js';
import { type Check, contentsOf, type Located, problemAt } from './input.js';

const DAY_FIELDS = ['inForceFrom', 'inForceUntil', 'deadline'];
const ORDERED_FIELDS = [['inForceFrom', 'inForceUntil']] as const;
const DATE_FIELDS = ['edtf', ...DAY_FIELDS];

/** Reports dates that are not valid EDTF or run backwards, and days that do not exist. */
export const dates: Check = ({ entries }) =>
  entries.flatMap((entry) =>
    contentsOf(entry)
      .records.filter(({ value }) => DATE_FIELDS.some((key) => value[key] !== undefined))
      .flatMap((found) => problemsOf(entry, found)),
  );

function problemsOf(entry: Entry, found: Located<Record<string, unknown>>): Problem[] {
  const { value } = found;
  const problem = (key: string, message: string) => problemAt(entry, [...found.path, key], message);
  const problems = [];
  if (typeof value['edtf'] === 'string') {
    const message = edtfProblem(value['edtf']);
    if (message) problems.push(problem('edtf', message));
    else if (value['basis'] === 'UNKNOWN' && value['edtf'] !== '../..')
      problems.push(
        problem('edtf', `"${value['edtf']}" with the basis UNKNOWN; expected "../..", or a basis for the date.`),
      );
  }
  for (const key of DAY_FIELDS) {
    const day = value[key];
    if (typeof day === 'string' && !isCalendarDay(day))
      problems.push(problem(key, `"${day}" is not a calendar day; expected YYYY-MM-DD.`));
  }
  for (const [from, until] of ORDERED_FIELDS) {
    const [first, last] = [value[from], value[until]];
    if (typeof first === 'string' && typeof last === 'string' && first > last)
      problems.push(
        problem(until, `"${until}" (${last}) is before "${from}" (${first}); expected the same day or a later one.`),
      );
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
