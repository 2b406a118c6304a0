import { type MaybePromise, QueryRefusedError, RemoteDb, type StoreDb, sql } from '@dossier/store';
import Database from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { sqliteTable, text } from 'drizzle-orm/sqlite-core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { eq, eqParent, inList, joinedBy, joinedByAny, joinedToParent, rowColumn } from './conditions.js';
import { type KeysetList, keysetCounts, keysetPages } from './keyset.js';
import type { Page } from './page.js';

const house = sqliteTable('house', {
  id: text('id').primaryKey(),
  key: text('key').notNull().unique(),
  street: text('street').notNull(),
  colour: text('colour').notNull(),
});
const owner = sqliteTable('owner', {
  person: text('person').notNull(),
  role: text('role').notNull(),
  key: text('key').notNull(),
  houseId: text('house_id').notNull(),
});
const ownership = { table: owner, id: owner.houseId, rowId: house.id, key: owner.key, column: owner.person };

interface House {
  key: string;
  street: string;
  colour: string;
  owners: [person: string, role: string][];
}

const houses = fc
  .uniqueArray(
    fc.record({
      key: fc.string({ unit: fc.constantFrom('a', 'b', 'é', '0'), minLength: 1, maxLength: 4 }),
      street: fc.constantFrom('north', 'south'),
      colour: fc.constantFrom('red', 'green', 'blue'),
      owners: fc.uniqueArray(fc.tuple(fc.constantFrom('ann', 'bob'), fc.constantFrom('buyer', 'heir')), {
        selector: String,
      }),
    }),
    { selector: ({ key }) => key, maxLength: 25 },
  )
  .map((list): House[] => list);

function storeOf(list: House[], onStatement?: (sql: unknown) => void): StoreDb {
  const sqlite = new Database(':memory:', { verbose: onStatement });
  sqlite.exec(
    'create table house (id text primary key, key text unique, street text, colour text); create table owner (person text, role text, key text, house_id text)',
  );
  for (const { key, street, colour, owners } of list) {
    sqlite.prepare('insert into house values (?, ?, ?, ?)').run(`house:${key}`, key, street, colour);
    for (const [person, role] of owners)
      sqlite.prepare('insert into owner values (?, ?, ?, ?)').run(person, role, key, `house:${key}`);
  }
  return drizzle({ client: sqlite });
}

// SQLite orders text by its bytes.
/** A value of SQLite, which is never a promise. */
const atOnce = <Value>(value: MaybePromise<Value>): Value => {
  expect(value).not.toBeInstanceOf(Promise);
  return value as Value;
};

const inOrder = (list: House[]): string[] =>
  list.map(({ key }) => key).sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));

/** All keys of a list, page by page. */
function walk(db: StoreDb, list: KeysetList<typeof house>, parent: string, size: number, fromEnd: boolean): string[] {
  const keys: string[] = [];
  let page: Page = { size, fromEnd, after: null, before: null, isReversed: false };
  for (;;) {
    const rows = (atOnce(keysetPages(db, list, [parent], page))[0] ?? []).map(({ key }) => key);
    const shown = rows.length <= size ? rows : fromEnd ? rows.slice(1) : rows.slice(0, size);
    keys.push(...(fromEnd ? shown.toReversed() : shown));
    if (rows.length <= size) return fromEnd ? keys.toReversed() : keys;
    page = fromEnd ? { ...page, before: shown[0] ?? null } : { ...page, after: shown.at(-1) ?? null };
  }
}

const base = { table: house, id: house.id, key: house.key };

describe('consecutive pages are the whole list', () => {
  const lists: [string, KeysetList<typeof house>, holds: (house: House) => boolean, inSeveralWays?: boolean][] = [
    ['of all', base, () => true],
    ['of one value', { ...base, by: [eq(house.street, 'north')] }, ({ street }) => street === 'north'],
    [
      'of any of several',
      { ...base, by: [inList('colour', house.colour, ['red', 'blue', 'red'])] },
      ({ colour }) => colour !== 'green',
    ],
    [
      'of two conditions',
      { ...base, by: [eq(house.street, 'north'), inList('colour', house.colour, ['red'])] },
      ({ street, colour }) => street === 'north' && colour === 'red',
    ],
    ['of a test', { ...base, where: [sql`${rowColumn(house.colour)} <> ${'red'}`] }, ({ colour }) => colour !== 'red'],
    [
      'of a link',
      { ...base, by: [joinedBy(house.key, ownership, 'ann')], where: [sql`${rowColumn(house.colour)} <> ${'red'}`] },
      ({ owners, colour }) => colour !== 'red' && owners.some(([person]) => person === 'ann'),
    ],
    [
      'of any of several links',
      { ...base, by: [joinedByAny(house.key, ownership, 'owner', ['ann', 'bob', 'ann'])] },
      ({ owners }) => owners.length > 0,
    ],
    [
      'of a link that tests what another condition found',
      { ...base, by: [eq(house.street, 'north'), joinedByAny(house.key, ownership, 'owner', ['bob'])] },
      ({ street, owners }) => street === 'north' && owners.some(([person]) => person === 'bob'),
    ],
    [
      'of a parent in several ways',
      {
        ...base,
        by: [joinedToParent(house.key, ownership, { argument: 'role', column: owner.role, values: ['buyer', 'heir'] })],
      },
      ({ owners }) => owners.some(([person]) => person === 'bob'),
      true,
    ],
  ];

  it.each(lists)('%s', (_, list, holds, inSeveralWays = false) => {
    // Without a distinguishing column, a link connects a person to a house once.
    fc.assert(
      fc.property(houses, fc.integer({ min: 1, max: 5 }), fc.boolean(), (all, size, fromEnd) => {
        const one = inSeveralWays
          ? all
          : all.map((each) => ({
              ...each,
              owners: each.owners.filter(
                ([person], at) => each.owners.findIndex((other) => other[0] === person) === at,
              ),
            }));
        const db = storeOf(one);
        const expected = inOrder(one.filter(holds));
        expect(walk(db, list, 'bob', size, fromEnd)).toEqual(expected);
        expect(keysetCounts(db, list, ['bob'])).toEqual([expected.length]);
      }),
      { numRuns: 60 },
    );
  });

  it('with too many values are rejected with the argument; duplicates count once', () => {
    const values = (count: number) => Array.from({ length: count }, (_, at) => `v${at}`);

    for (const refused of [
      () => inList('colour', house.colour, values(101)),
      () => joinedByAny(house.key, ownership, 'owner', values(101)),
    ]) {
      expect(refused).toThrow(
        expect.objectContaining({
          message: expect.stringContaining('has 101 values; expected at most 100.'),
          extensions: expect.objectContaining({ code: 'BAD_USER_INPUT' }),
        }),
      );
    }
    for (const given of [values(100), Array(10_000).fill('red')])
      expect(keysetCounts(storeOf([]), { ...base, by: [inList('colour', house.colour, given)] }, ['bob'])).toEqual([0]);
  });

  it('of many parents take one query and one for the rows; their counts take one', () => {
    fc.assert(
      fc.property(houses, fc.integer({ min: 0, max: 4 }), fc.boolean(), (all, size, fromEnd) => {
        const statements: unknown[] = [];
        const db = storeOf(all, (statement) => statements.push(statement));
        const list = {
          ...base,
          by: [
            joinedToParent(house.key, ownership, { argument: 'role', column: owner.role, values: ['heir', 'buyer'] }),
          ],
        };
        const parents = ['ann', 'nobody', 'bob'];
        const of = (name: string) => inOrder(all.filter(({ owners }) => owners.some(([person]) => person === name)));
        const before = statements.length;
        const pages = atOnce(
          keysetPages(db, list, parents, { size, fromEnd, after: null, before: null, isReversed: false }),
        );
        expect(pages.map((rows) => rows.map(({ key }) => key))).toEqual(
          parents.map((name) => (fromEnd ? of(name).slice(-size - 1) : of(name).slice(0, size + 1))),
        );
        const paged = statements.length;
        expect(paged - before).toBeLessThanOrEqual(2);
        expect(keysetCounts(db, list, parents)).toEqual(parents.map((name) => of(name).length));
        expect(statements).toHaveLength(paged + 1);
      }),
      { numRuns: 60 },
    );
  });

  it('of many parents may start after the same key', () => {
    fc.assert(
      fc.property(
        houses,
        fc.integer({ min: 0, max: 4 }),
        fc.boolean(),
        fc.constantFrom('', 'a', 'ab', 'é'),
        (all, size, fromEnd, edge) => {
          const pages = keysetPages(storeOf(all), { ...base, by: [eqParent(house.street)] }, ['south', 'north'], {
            size,
            fromEnd,
            after: fromEnd ? null : edge,
            before: fromEnd ? edge : null,
            isReversed: false,
          });
          const isPast = (key: string) => Buffer.compare(Buffer.from(key), Buffer.from(edge)) === (fromEnd ? -1 : 1);
          const of = (name: string) => inOrder(all.filter(({ street }) => street === name)).filter(isPast);
          expect(atOnce(pages).map((rows) => rows.map(({ key }) => key))).toEqual(
            ['south', 'north'].map((name) => (fromEnd ? of(name).slice(-size - 1) : of(name).slice(0, size + 1))),
          );
        },
      ),
      { numRuns: 60 },
    );
  });

  it('of many parents take one query for each if the database refuses one for all, which is tried once', async () => {
    const db = new RefusingDb();
    const list = { ...base, by: [eqParent(house.street)] };
    const page = { size: 1, fromEnd: true, after: null, before: null, isReversed: false };
    const read = async () => ({
      pages: await keysetPages(db, list, ['north', 'south'], page),
      counts: await keysetCounts(db, list, ['north', 'south']),
    });

    const first = await read();
    const tried = db.refused.length;
    const second = await read();

    expect(first.pages.map((rows) => rows.map(({ key }) => key))).toEqual([
      ['north 1', 'north 2'],
      ['south 1', 'south 2'],
    ]);
    expect(first.counts).toEqual([7, 7]);
    expect(second).toEqual(first);
    expect(tried).toBe(2);
    expect(db.refused).toHaveLength(tried);
  });
});

/** A database that has some rows for each street, and refuses queries for several. */
class RefusingDb extends RemoteDb {
  readonly refused: string[] = [];

  override async query(text: string, [street]: readonly unknown[]): Promise<unknown[][]> {
    if (text.includes('as parent')) {
      this.refused.push(text);
      throw new QueryRefusedError('not supported');
    }
    if (text.startsWith('select count(*)')) return [[7]];
    if (text.includes('found_key')) return [2, 1].map((number) => [`${street} ${number}`, `house:${street}-${number}`]);
    return (street as string[]).map((id) => [id, id, 'street', 'red']);
  }
}
