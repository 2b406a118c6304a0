import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { seedStores } from '@dossier/cli';
import { definitions } from '@dossier/gateway';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Dispatches, nameOf } from '../support/dispatches.js';

const root = mkdtempSync(join(tmpdir(), 'dossier-threads-'));
afterAll(() => rmSync(root, { recursive: true }));

const PARTS = '.parts-actors-sanctions-statements-trade';
const dispatches = new Dispatches(root);
beforeAll(() => dispatches.writeAll(12));

async function seed(into: string, threads: number, withTexts = false) {
  const { seedsDir, documentsDir } = dispatches;
  let statements = 0;
  await seedStores(definitions, {
    seedsDir,
    dataDir: join(root, into),
    threads,
    ...(withTexts && { documentsDir }),
    onProgress: (progress) => {
      statements = progress.statements;
    },
  });
  return statements;
}

const storeIn = (folder: string, service: string): Buffer => readFileSync(join(root, folder, `${service}.sqlite`));

/** What is known of the folders. */
function partsIn(folder: string): unknown[] {
  const sqlite = new Database(join(root, folder, PARTS), { readonly: true });
  const rows = sqlite.prepare('select * from part order by name').all();
  sqlite.close();
  return rows;
}

describe('seeding with several threads', () => {
  it.each([
    ['without texts, three of which read', false, 3],
    ['with mounted texts, one of which reads', true, 1],
  ])('builds the same bytes as one thread, and knows the same of folders, %s', async (name, withTexts, threads) => {
    const [one, several] = [`one ${name}`, `several ${name}`];

    expect(await seed(several, threads, withTexts)).toBe(await seed(one, 0, withTexts));

    for (const { name: service } of definitions)
      expect(storeIn(several, service).equals(storeIn(one, service)), service).toBe(true);
    expect(partsIn(several)).toEqual(partsIn(one));
  });

  it('reports all problems of the seeds in order, and leaves nothing', async () => {
    for (const index of [3, 7, 11])
      dispatches.edit(nameOf(index), 'statements', ({ statements }) =>
        Object.assign(statements?.[0] ?? {}, { modality: 'SURE' }),
      );
    const messageOf = (threads: number) =>
      seed('invalid', threads).then(
        () => null,
        (error: Error) => `${error.name}: ${error.message}`,
      );

    const message = await messageOf(3);

    expect(message).toMatch(/^SeedError: .*\n.*dispatch-03.*\n.*dispatch-07.*\n.*dispatch-11.*$/);
    expect(message).toBe(await messageOf(0));
    expect(readdirSync(join(root, 'invalid'))).toEqual([]);
  });
});
