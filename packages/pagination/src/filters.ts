import { badUserInput } from '@dossier/domain';
import { type Sql, sql } from '@dossier/store';

/** Any of the values; no condition where none is asked for. An empty list is BAD_USER_INPUT. */
export function anyOf(argument: string, column: Sql, values: readonly string[] | null | undefined): Sql | undefined {
  if (values === null || values === undefined) return undefined;
  if (values.length === 0)
    throw badUserInput(
      argument,
      `"${argument}" is an empty list; expected at least one value, or null to ask for any.`,
    );
  return isAnyOf(column, values);
}

/** Any of the values, however many: the statement stays the same. */
const isAnyOf = (column: Sql, values: readonly string[]): Sql =>
  sql`${column} in (select value from json_each(${JSON.stringify(values)}))`;

/** This value; no condition where none is asked for. */
export function equals(column: Sql, value: string | null | undefined): Sql | undefined {
  return value === null || value === undefined ? undefined : sql`${column} = ${value}`;
}

export interface DayFilter {
  from?: string | null;
  until?: string | null;
  match?: 'OVERLAPS' | 'WITHIN' | null;
}

/**
 * Dates that are spans, compared with the days of a filter. An end that is null is open: it overlaps everything on its
 * side and lies within nothing that is closed there. `from` after `until` is BAD_USER_INPUT.
 */
export function inDays(filter: DayFilter, earliest: Sql, latest: Sql): Sql[] {
  const { from, until } = filter;
  if (from && until && from > until) {
    throw badUserInput(
      'from',
      `"from" (${from}) is after "until" (${until}); expected the first day before the last, or the same.`,
    );
  }
  // A comparison with null is not true, so WITHIN leaves open ends out by itself.
  if (filter.match === 'WITHIN') {
    return [...(from ? [sql`${earliest} >= ${from}`] : []), ...(until ? [sql`${latest} <= ${until}`] : [])];
  }
  return [
    ...(from ? [sql`(${latest} is null or ${latest} >= ${from})`] : []),
    ...(until ? [sql`(${earliest} is null or ${earliest} <= ${until})`] : []),
  ];
}
