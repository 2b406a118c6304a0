import { MS_PER_DAY, SPAN_LENGTHS, spanLength, timeKey } from '@dossier/domain';
import type { MaybePromise } from '@dossier/store';
import Database from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { index, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inList } from './conditions.js';
import type { DayFilter } from './filters.js';
import { type KeysetList, keysetCounts, keysetPages } from './keyset.js';
import { boundsOf, inPeriod } from './period.js';

const ball = sqliteTable(
  'ball',
  {
    id: text('id').primaryKey(),
    key: text('key').notNull().unique(),
    length: text('length').notNull(),
    earliest: text('earliest'),
    latest: text('latest'),
    host: text('host').notNull(),
  },
  (table) => [
    index('ball_by_period').on(table.length, table.key, table.id, table.earliest, table.latest),
    index('ball_by_host').on(table.host, table.key, table.id),
  ],
);

const [FIRST, LAST] = [Date.parse('0000-01-01'), Date.parse('9999-12-31')];
const dayAt = (time: number) => new Date(Math.min(LAST, Math.max(FIRST, time))).toISOString().slice(0, 10);

/** Days that are close to each other, or at the edges of what a date can be. */
const day = fc.oneof(
  { weight: 8, arbitrary: fc.integer({ min: -8000, max: 8000 }).map((days) => dayAt(days * MS_PER_DAY)) },
  fc.constantFrom('0000-01-01', '0001-01-01', '0009-12-31', '9989-12-31', '9999-12-31'),
);
/** Days in a date of each length, with those at the limits. */
const days = fc.constantFrom(1, 2, 30, 31, 32, 365, 366, 367, 3652, 3653, 3654, 36_525);
const span = fc.oneof(
  {
    weight: 10,
    arbitrary: fc
      .tuple(day, days)
      .map(([earliest, count]) => ({ earliest, latest: dayAt(Date.parse(earliest) + (count - 1) * MS_PER_DAY) })),
  },
  day.map((earliest) => ({ earliest, latest: null })),
  day.map((latest) => ({ earliest: null, latest })),
  fc.constant({ earliest: null, latest: null }),
);
const balls = fc.array(fc.tuple(span, fc.constantFrom('osra', 'rupert')), { maxLength: 40 });
const filters = fc
  .record({
    from: fc.option(day),
    until: fc.option(day),
    match: fc.constantFrom('OVERLAPS' as const, 'WITHIN' as const, null),
  })
  .filter(({ from, until }) => !from || !until || from <= until);

interface Row {
  id: string;
  key: string;
  earliest: string | null;
  latest: string | null;
  host: string;
}

const [START, END] = ['0000-00-00', '9999-99-99'];

function holds({ from, until, match }: DayFilter, { earliest, latest }: Row): boolean {
  if (match === 'WITHIN') return (!from || (earliest ?? START) >= from) && (!until || (latest ?? END) <= until);
  return (earliest ?? START) <= (until ?? END) && (from ?? START) <= (latest ?? END);
}

function storeOf(list: [span: Pick<Row, 'earliest' | 'latest'>, host: string][]) {
  const client = new Database(':memory:');
  client.exec(
    `create table ball (id text primary key, key text unique, length text, earliest text, latest text, host text);
     create index ball_by_period on ball (length, key, id, earliest, latest);
     create index ball_by_host on ball (host, key, id)`,
  );
  const insert = client.prepare('insert into ball values (?, ?, ?, ?, ?, ?)');
  const rows = list.map(([{ earliest, latest }, host], number): Row => {
    const id = `ball:${number}`;
    const row = { id, key: timeKey({ earliest, latest }, id), earliest, latest, host };
    insert.run(id, row.key, spanLength(row), earliest, latest, host);
    return row;
  });
  return { db: drizzle({ client }), client, rows };
}

const COLUMNS = { id: ball.id, key: ball.key, length: ball.length, earliest: ball.earliest, latest: ball.latest };
const listOf = (filter: DayFilter, hosts: string[] | null): KeysetList<typeof ball> => ({
  table: ball,
  id: ball.id,
  key: ball.key,
  by: [inPeriod(COLUMNS, filter, true), inList('host', ball.host, hosts)],
});

/** A value of SQLite, which is never a promise. */
const atOnce = <Value>(value: MaybePromise<Value>): Value => value as Value;
const inKeyOrder = (a: Row, b: Row) => (a.key < b.key ? -1 : 1);

describe('rows in a period', () => {
  it('are those whose dates overlap it, or are within it, in pages after and before any row, and counted', () => {
    const lengths = new Set<string>();
    fc.assert(
      fc.property(
        balls,
        filters,
        fc.option(fc.constantFrom<string[]>(['osra'], ['osra', 'rupert'])),
        fc.integer({ min: 0, max: 5 }),
        fc.boolean(),
        fc.tuple(fc.nat(), fc.nat(), fc.boolean(), fc.boolean()),
        (all, filter, hosts, size, fromEnd, [some, other, hasAfter, hasBefore]) => {
          const { db, rows } = storeOf(all);
          for (const row of rows) lengths.add(spanLength(row));
          const matches = rows
            .filter((row) => holds(filter, row) && (hosts?.includes(row.host) ?? true))
            .sort(inKeyOrder);
          const keyAt = (number: number) => (rows.length === 0 ? null : (rows[number % rows.length] as Row).key);
          const after = hasAfter ? keyAt(some) : null;
          const before = hasBefore ? keyAt(other) : null;
          const expected = matches.filter(
            ({ key }) => (after === null || key > after) && (before === null || key < before),
          );
          const list = listOf(filter, hosts);

          const [page] = atOnce(keysetPages(db, list, [''], { size, fromEnd, after, before, isReversed: false }));

          const shown = fromEnd ? expected.slice(-size - 1) : expected.slice(0, size + 1);
          expect(page?.map(({ key }) => key)).toEqual(shown.map(({ key }) => key));
          expect(keysetCounts(db, list, [''])).toEqual([matches.length]);
        },
      ),
      { numRuns: 300 },
    );
    expect([...lengths].sort()).toEqual([...SPAN_LENGTHS].sort());
  });

  const august = { from: '2022-08-01', until: '2022-08-31' };

  /** How SQLite finds the rows of each query of `read`. */
  function plansOf(read: (db: ReturnType<typeof storeOf>['db']) => void): string[][] {
    const { db, client } = storeOf([]);
    const queries: string[] = [];
    const prepare = client.prepare.bind(client);
    client.prepare = ((query: string) => {
      queries.push(query);
      return prepare(query);
    }) as typeof client.prepare;
    read(db);
    return queries.map((query) =>
      (prepare(`explain query plan ${query}`).all(...query.replace(/[^?]/g, '')) as { detail: string }[])
        .map(({ detail }) => detail)
        .filter((detail) => / found/.test(detail)),
    );
  }

  const bounded = SPAN_LENGTHS.map((length) => {
    const { after, before } = boundsOf(length, august) ?? {};
    return `SEARCH found USING COVERING INDEX ball_by_period (length=?${after ? ' AND key>?' : ''}${before ? ' AND key<?' : ''})`;
  });
  const first = (size: number) => ({ size, fromEnd: false, after: null, before: null, isReversed: false });

  it('are found in an index, for a page and for a count, without the rows before and after the period', () => {
    const list = listOf(august, null);

    const plans = plansOf((db) => {
      keysetPages(db, list, [''], first(20));
      keysetCounts(db, list, ['']);
    });

    expect(plans).toEqual([bounded, bounded]);
  });

  it('are found in it in another order only to count them, and for a page of none of them', () => {
    const list = { ...listOf(august, null), key: ball.id, by: [inPeriod(COLUMNS, august, false)] };

    const plans = plansOf((db) => {
      keysetPages(db, list, [''], first(20));
      keysetPages(db, list, [''], first(0));
      keysetCounts(db, list, ['']);
    });

    expect(plans).toEqual([['SCAN found USING INDEX sqlite_autoindex_ball_1'], bounded, bounded]);
  });
});

describe('the bounds of the keys of dates in a period', () => {
  const bounds = (filter: DayFilter) =>
    Object.fromEntries(
      SPAN_LENGTHS.map((length) => {
        const found = boundsOf(length, filter);
        return [length, found && `${found.after ?? ''}…${found.before ?? ''}`];
      }),
    );

  it('are as many days before its first one as the date can have, if it may begin before', () => {
    expect(bounds({ from: '2022-03-01', until: '2022-03-31' })).toEqual({
      DAY: '2022-03-01…2022-03-31~',
      MONTH: '2022-01-30…2022-03-31~',
      YEAR: '2021-03-01…2022-03-31~',
      DECADE: '2012-03-01…2022-03-31~',
      LONGER: '…2022-03-31~',
      OPEN_END: '…2022-03-31~',
      OPEN_START: '2022-03-01…',
    });
  });

  it('are its own days if the date has to be within it', () => {
    const all = '2022-03-01…2022-03-31~';
    expect(bounds({ from: '2022-03-01', until: '2022-03-31', match: 'WITHIN' })).toEqual({
      ...{ DAY: all, MONTH: all, YEAR: all, DECADE: all, LONGER: all },
      ...{ OPEN_END: null, OPEN_START: null },
    });
  });

  it('have no start before the first day that a date can have', () => {
    expect(bounds({ from: '0000-01-31' })).toMatchObject({ DAY: '0000-01-31…', MONTH: '0000-01-01…', YEAR: '…' });
  });
});
