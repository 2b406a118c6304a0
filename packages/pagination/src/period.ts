import { MAX_DAYS, MS_PER_DAY, SPAN_LENGTHS, type SpanLength } from '@dossier/domain';
import { join, sql } from '@dossier/store';
import type { AnySQLiteColumn } from 'drizzle-orm/sqlite-core';
import { type Bounds, type Condition, rangesBy, rowColumn, within } from './conditions.js';
import { type DayFilter, inDays } from './filters.js';

/** The columns of a table with dates. It needs an index on the length, the key, the id, and both days, in this order. */
export interface DateColumns {
  id: AnySQLiteColumn;
  /** See `timeKey`. */
  key: AnySQLiteColumn;
  /** See `spanLength`. */
  length: AnySQLiteColumn;
  earliest: AnySQLiteColumn;
  latest: AnySQLiteColumn;
}

/**
 * Rows with dates in the days of a filter: one scan for each length of dates, which is bounded in the key by the days that a date of that
 * length cannot overlap. Undefined (no condition) if the filter has no days. `isInOrder` is whether the list is ordered by that key.
 */
export function inPeriod(columns: DateColumns, filter: DayFilter, isInOrder: boolean): Condition | undefined {
  const tests = inDays(filter, rowColumn(columns.earliest), rowColumn(columns.latest));
  if (tests.length === 0) return undefined;
  const test = join(tests, ' and ');
  const key = rowColumn(columns.key);
  return {
    isOutOfOrder: !isInOrder,
    isDisjoint: true,
    isBroad: true,
    test: () => test,
    scans: () =>
      SPAN_LENGTHS.flatMap((length) => {
        const bounds = boundsOf(length, filter);
        if (bounds === null) return [];
        const inRange = rangesBy(sql`${columns.key.table} as found`, key);
        return {
          index: {
            includesRow: true,
            id: rowColumn(columns.id),
            key,
            inRange: (range) => inRange(within(range, bounds)),
          },
          match: sql`${rowColumn(columns.length)} = ${length} and ${test}`,
        };
      }),
  };
}

/** Bounds of the keys of dates of a length that can be in the days of a filter; null if none can. */
export function boundsOf(length: SpanLength, { from, until, match }: DayFilter): Bounds | null {
  // A key is a day, a space and an id: greater than the day alone, and less than the day and any character above a space.
  const end = until ? `${until}~` : null;
  if (match === 'WITHIN') {
    if ((length === 'OPEN_START' && from) || (length === 'OPEN_END' && until)) return null;
    return { after: from || null, before: end };
  }
  // Keys are the last days here, or, if both days are unknown, sort after all days.
  if (length === 'OPEN_START') return { after: from || null, before: null };
  return {
    after: from && length in MAX_DAYS ? firstDay(from, MAX_DAYS[length as keyof typeof MAX_DAYS]) : null,
    before: end,
  };
}

/** The first day of as many that end on a day; null if it is before the first day that a date can have. */
function firstDay(last: string, days: number): string | null {
  const day = new Date(Date.parse(last) - (days - 1) * MS_PER_DAY);
  return day.getUTCFullYear() < 0 ? null : day.toISOString().slice(0, 10);
}
