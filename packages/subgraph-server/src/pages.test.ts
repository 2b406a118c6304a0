import { eqParent, type KeysetList } from '@dossier/pagination';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { beforeEach, describe, expect, it } from 'vitest';
import { createLoaders, type Loaders } from './loaders.js';
import { type ListRequest, loadConnection } from './pages.js';

const house = sqliteTable('house', { id: text('id').primaryKey(), street: text('street').notNull() });
const ofStreet: KeysetList<typeof house> = { table: house, id: house.id, key: house.id, by: [eqParent(house.street)] };

let ran: string[] = [];
const db = drizzle({ connection: { source: ':memory:', verbose: (statement) => void ran.push(String(statement)) } });
db.$client.exec(
  "create table house (id text primary key, street text not null); insert into house values ('a', 'north'), ('b', 'south'), ('c', 'north'), ('d', 'north')",
);

let loaders: Loaders;
beforeEach(() => {
  ran = [];
  loaders = createLoaders();
});

const page = (parent: string, args: ListRequest['args'], filter?: object) =>
  loadConnection(db, loaders, ofStreet, { coordinate: 'Street.houses', parent, args, filter });
const idsOf = async (result: ReturnType<typeof page>) => (await result).nodes.map(({ id }) => id);

describe('a connection', () => {
  it('on many nodes takes one query for their pages, one for the rows and one for the counts', async () => {
    const pages = await Promise.all(['north', 'south', 'nowhere'].map((street) => page(street, { first: 2 })));
    expect(pages.map(({ nodes }) => nodes.map(({ id }) => id))).toEqual([['a', 'c'], ['b'], []]);
    expect(pages.map(({ pageInfo }) => pageInfo.hasNextPage)).toEqual([true, false, false]);
    const paged = ran.length;
    expect(paged).toBeLessThanOrEqual(2);
    expect(await Promise.all(pages.map(({ totalCount }) => totalCount))).toEqual([3, 1, 0]);
    expect(ran).toHaveLength(paged + 1);
  });

  it('with different arguments returns different pages', async () => {
    expect(
      await Promise.all([
        idsOf(page('north', { first: 1 })),
        idsOf(page('north', { last: 1 })),
        idsOf(page('north', {})),
      ]),
    ).toEqual([['a'], ['d'], ['a', 'c', 'd']]);
  });

  it('continues after its cursor, on the node that returned it', async () => {
    const { endCursor } = (await page('north', { first: 1 })).pageInfo;
    expect(await idsOf(page('north', { after: endCursor }))).toEqual(['c', 'd']);
    const refusal = expect.objectContaining({ extensions: { code: 'BAD_USER_INPUT', argument: 'after' } });
    await expect(page('south', { after: endCursor })).rejects.toThrow(refusal);
    await expect(page('north', { after: endCursor }, { colour: 'red' })).rejects.toThrow(refusal);
  });

  it('of a reversed list starts at the end, on every node, with the queries of a page from the end', async () => {
    const pages = await Promise.all(
      ['north', 'south', 'nowhere'].map((street) => page(street, { first: 2, direction: 'DESC' })),
    );
    const [reversed] = ran;
    ran = [];
    loaders = createLoaders();
    await Promise.all(['north', 'south', 'nowhere'].map((street) => page(street, { last: 2 })));

    expect(pages.map(({ nodes }) => nodes.map(({ id }) => id))).toEqual([['d', 'c'], ['b'], []]);
    expect(pages.map(({ pageInfo }) => pageInfo.hasNextPage)).toEqual([true, false, false]);
    expect(reversed).toBe(ran[0]);
    const { endCursor } = (pages[0] as (typeof pages)[number]).pageInfo;
    expect(await idsOf(page('north', { first: 2, after: endCursor, direction: 'DESC' }))).toEqual(['a']);
    expect(await pages[0]?.totalCount).toBe(3);
  });
});
