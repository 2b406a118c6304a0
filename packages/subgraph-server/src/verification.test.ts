import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { buildStore, mapMaybePromise, type ReadDb, rowsById, type StoreDb } from '@dossier/store';
import { sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { parse } from 'graphql';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type RunningSubgraph, serveSubgraph } from './serve.js';
import { openSubgraph, type Subgraph } from './subgraph.js';
import { verifyStores } from './verification.js';

const house = sqliteTable('house', { id: text('id').primaryKey(), street: text('street').notNull() });

let folder: string;
let file: string;
let subgraph: Subgraph;
let served: RunningSubgraph | undefined;
let reasons: string[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dossier-verification-'));
  file = join(folder, 'houses.sqlite');
  reasons = [];
  mkdirSync(join(folder, 'migrations/meta'), { recursive: true });
  writeFileSync(
    join(folder, 'migrations/meta/_journal.json'),
    JSON.stringify({
      version: '7',
      dialect: 'sqlite',
      entries: [{ idx: 0, version: '6', when: 1, tag: '0000', breakpoints: true }],
    }),
  );
  writeFileSync(
    join(folder, 'migrations/0000.sql'),
    'CREATE TABLE house (id text primary key not null, street text not null) STRICT;',
  );
  build();
});
afterEach(async () => {
  await served?.close();
  served = undefined;
  rmSync(folder, { recursive: true, force: true });
});

const migrations = () => pathToFileURL(join(folder, 'migrations'));

function build(): void {
  const fill = (db: StoreDb) => {
    for (let at = 0; at < 400; at++)
      db.insert(house)
        .values({ id: `house-${at}`, street: 'north '.repeat(100) })
        .run();
  };
  buildStore({ file, identity: { service: 'houses', revision: 'one' }, migrations: migrations(), fill, force: true });
}

async function serve(): Promise<void> {
  subgraph = openSubgraph<{ db: ReadDb }>(
    {
      name: 'houses',
      typeDefs: [parse('type Query { house(id: ID!): String ok: Boolean }')],
      resolvers: {
        Query: {
          house: (_: unknown, { id }: { id: string }, { db }: { db: ReadDb }) =>
            mapMaybePromise(rowsById(db, house, house.id)([id]), ([row]) => row?.street ?? null),
          ok: () => true,
        },
      },
      migrations: migrations(),
      tables: [],
      seedCode: new URL('file:///'),
      seed: () => {},
      createContext: (store) => () => ({ db: store.db }),
    },
    { file, onDamage: (reason) => reasons.push(reason) },
  );
  served = await serveSubgraph(subgraph, { port: 0, host: '127.0.0.1' });
}

/** Overwrites pages in place, as a failing disk does: not the first two, which are read when a store is opened. */
function damage(): void {
  const bytes = readFileSync(file);
  writeFileSync(file, bytes.fill(0xff, 4 * 4096));
}

const health = async () => {
  const response = await fetch(new URL('/health', served?.url));
  return { ...((await response.json()) as Record<string, string>), status: response.status };
};

async function ask(query: string) {
  const response = await fetch(served?.url ?? '', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  });
  return (await response.json()) as {
    data: Record<string, unknown>;
    errors?: { message: string; extensions: Record<string, unknown> }[];
  };
}

describe('a store in use', () => {
  it('is verified, which the health check shows', async () => {
    await serve();
    expect(await health()).toMatchObject({ status: 200, store: 'unverified' });
    await verifyStores([subgraph]);
    expect(await health()).toMatchObject({ status: 200, store: 'verified' });
  });

  it('without checksums is served as unverified', async () => {
    rmSync(`${file}.sums`);
    await serve();
    await verifyStores([subgraph]);
    expect(await health()).toMatchObject({ status: 200, store: 'unverified' });
  });

  it('that is damaged is rejected if that is found before requests are served', async () => {
    await serve();
    damage();
    await expect(verifyStores([subgraph])).rejects.toThrow(
      expect.objectContaining({ reason: 'DAMAGED', message: expect.stringMatching(/is damaged .*seed/) }),
    );
  });

  it('that turns out to be damaged later makes the process not ready, once', async () => {
    await serve();
    damage();
    const found = new Promise<void>((resolve) => {
      const push = reasons.push.bind(reasons);
      reasons.push = (...items) => {
        resolve();
        return push(...items);
      };
    });

    await verifyStores([subgraph], { beforeReadyMs: 0 });
    await found;

    expect(await health()).toMatchObject({ status: 503, store: 'damaged', reason: 'damaged store: houses' });
    expect(reasons).toHaveLength(1);
  });

  it('that a query finds damaged nulls only that field, with a code and no details, and makes the process not ready, once', async () => {
    await serve();
    damage();

    const answers = [await ask('{ ok house(id: "house-1") }'), await ask('{ ok house(id: "house-399") }')];

    for (const { data, errors } of answers) {
      expect(data).toEqual({ ok: true, house: null });
      expect(errors).toEqual([
        {
          message: "The service's store is damaged, so this field could not be read.",
          path: ['house'],
          extensions: { code: 'STORE_DAMAGED' },
        },
      ]);
    }
    expect(await health()).toMatchObject({ status: 503, store: 'damaged' });
    expect(reasons).toEqual([expect.stringContaining('SQLITE_CORRUPT')]);
  });

  it('that was written to in place, instead of being replaced, is damaged', async () => {
    await serve();
    damage();

    await expect(subgraph.reload()).rejects.toThrow(/is damaged/);

    expect(await health()).toMatchObject({ status: 503, store: 'damaged' });
  });

  it('is ready again when it has been replaced', async () => {
    await serve();
    damage();
    await ask('{ house(id: "house-1") }');
    expect(await health()).toMatchObject({ status: 503 });

    build();
    await subgraph.reload();

    expect(await health()).toMatchObject({ status: 200, store: 'verified' });
    expect((await ask('{ house(id: "house-1") }')).data['house']).toContain('north');
  });
});
