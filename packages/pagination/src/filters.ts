import { badUserInput } from '@dossier/domain';
import { type Sql, sql } from '@dossier/store';

/** The column is one of the values. Undefined (no condition) if there is no list. Throws BAD_USER_INPUT if the list is empty. */
export function oneOf(argument: string, column: Sql, values: readonly string[] | null | undefined): Sql | undefined {
  if (values === null || values === undefined) return undefined;
  if (values.length === 0)
    throw badUserInput(
      argument,
      `"${argument}" is an empty list; expected at least one value, or null for no restriction.`,
    );
  // One parameter for any number of values, so that the query text, and its prepared statement, stay the same.
  return sql`${column} = any_of(${values})`;
}

/** `column = value`. Undefined (no condition) if the value is null or undefined. */
export function equals(column: Sql, value: string | null | undefined): Sql | undefined {
  return value === null || value === undefined ? undefined : sql`${column} = ${value}`;
}

export interface DayFilter {
  from?: string | null;
  until?: string | null;
  match?: 'OVERLAPS' | 'WITHIN' | null;
}

/**
 * Compares date spans with the days of a filter. A null end of a span is open: it overlaps every day on its side, and is
 * never within a closed end. Throws BAD_USER_INPUT if `from` is after `until`.
 */
export function inDays(filter: DayFilter, earliest: Sql, latest: Sql): Sql[] {
  const { from, until } = filter;
  if (from && until && from > until) {
    throw badUserInput('from', `"from" (${from}) is after "until" (${until}); expected "from" on or before "until".`);
  }
  // In SQL a comparison with null is not true, so WITHIN excludes open ends.
  if (filter.match === 'WITHIN') {
    return [...(from ? [sql`${earliest} >= ${from}`] : []), ...(until ? [sql`${latest} <= ${until}`] : [])];
  }
  return [
    ...(from ? [sql`(${latest} is null or ${latest} >= ${from})`] : []),
    ...(until ? [sql`(${earliest} is null or ${earliest} <= ${until})`] : []),
  ];
}
