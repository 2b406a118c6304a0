import { queryValues, raw, type Sql, sql } from '@dossier/store';
import Database from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type DayFilter, equals, inDays, oneOf } from './filters.js';

const day = fc.integer({ min: 1, max: 9 }).map((number) => `2022-08-0${number}`);
const optionalDay = fc.option(day);
const span = fc
  .record({ earliest: optionalDay, latest: optionalDay })
  .filter(({ earliest, latest }) => !earliest || !latest || earliest <= latest);

const db = drizzle({ client: new Database(':memory:') });

function holds(filter: DayFilter, { earliest, latest }: { earliest: string | null; latest: string | null }): boolean {
  const conditions = inDays(filter, raw('earliest'), raw('latest'));
  const where = conditions.map(({ text }) => text).join(' and ') || '1';
  const rows = db.$client
    .prepare(`select 1 from (select ? as earliest, ? as latest) where ${where}`)
    .all(earliest, latest, ...conditions.flatMap(({ values }) => values));
  return rows.length === 1;
}

const START = '0000-00-00';
const END = '9999-99-99';

describe('a date span and the days of a filter', () => {
  it('overlaps if they share a day; an open end has every day on its side', () => {
    fc.assert(
      fc.property(
        span,
        optionalDay,
        optionalDay,
        fc.constantFrom('OVERLAPS' as const, null, undefined),
        (dates, from, until, match) => {
          fc.pre(!from || !until || from <= until);
          const expected = (dates.earliest ?? START) <= (until ?? END) && (from ?? START) <= (dates.latest ?? END);
          expect(holds({ from, until, ...(match !== undefined && { match }) }, dates)).toBe(expected);
        },
      ),
    );
  });

  it('is within if none of its days is outside', () => {
    fc.assert(
      fc.property(span, optionalDay, optionalDay, (dates, from, until) => {
        fc.pre(!from || !until || from <= until);
        const expected = (!from || (dates.earliest ?? START) >= from) && (!until || (dates.latest ?? END) <= until);
        expect(holds({ from, until, match: 'WITHIN' }, dates)).toBe(expected);
      }),
    );
  });

  it('are rejected if the first day is after the last', () => {
    const ask = () => inDays({ from: '2022-08-02', until: '2022-08-01' }, raw('earliest'), raw('latest'));
    expect(ask).toThrow(
      expect.objectContaining({
        message: expect.stringContaining('2022-08-02'),
        extensions: { code: 'BAD_USER_INPUT', argument: 'from' },
      }),
    );
  });
});

describe('a filter by value', () => {
  it('restricts nothing if it is null or absent', () => {
    for (const nothing of [null, undefined]) {
      expect(oneOf('colour', raw('colour'), nothing)).toBeUndefined();
      expect(equals(raw('colour'), nothing)).toBeUndefined();
    }
  });

  it('binds any value as a parameter', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('a', "'", '"', '%', '\\', '?', 'é', '😀') }),
        fc.array(fc.string(), { minLength: 1 }),
        (value, values) => {
          const found = (condition: Sql | undefined) =>
            queryValues(db, sql`select 1 from (select ${value} as colour) as given where ${condition}`).length;
          expect(found(equals(raw('colour'), value))).toBe(1);
          expect(found(oneOf('colour', raw('colour'), [...values, value]))).toBe(1);
          expect(found(oneOf('colour', raw('colour'), values))).toBe(values.includes(value) ? 1 : 0);
        },
      ),
    );
  });

  it('is rejected if its list is empty', () => {
    expect(() => oneOf('colour', raw('colour'), [])).toThrow(
      expect.objectContaining({
        message: expect.stringContaining('empty list'),
        extensions: { code: 'BAD_USER_INPUT', argument: 'colour' },
      }),
    );
  });
});
