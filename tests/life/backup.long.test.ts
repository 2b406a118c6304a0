import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { changedSeeds, createTempFolder, removeFolder, run, start, waitFor } from '../support/processes.js';
import { copyOfStores } from '../support/stores.js';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const ALL = 'gateway/dist/operateCli.js';
const ONE = 'services/trade/dist/main.js';
const SERVICES = ['actors', 'sanctions', 'statements', 'trade'];
const filesOf = (service: string) => [`${service}.sqlite`, `${service}.sqlite.sums`];
const STORES = SERVICES.flatMap(filesOf);

let folder: string;
let dataDir: string;
let env: { DATA_DIR: string };
const at = (...path: string[]) => join(folder, ...path);
beforeAll(() => {
  folder = createTempFolder();
  dataDir = copyOfStores(at('data'));
  env = { DATA_DIR: dataDir };
});
afterAll(() => removeFolder(folder));

const revisionIn = (file: string): unknown => {
  const db = new Database(file, { readonly: true });
  const revision = db.prepare('select revision from store').pluck().get();
  db.close();
  return revision;
};

describe('a backup', () => {
  it('contains all stores, or one; restoring it brings the data back, and running services reload it', async () => {
    const [all, one] = await Promise.all([run(ALL, ['backup', at('all')], env), run(ONE, ['backup', at('one')], env)]);
    expect([all.status, one.status, readdirSync(at('all')).sort(), readdirSync(at('one'))]).toEqual([
      0,
      0,
      STORES,
      filesOf('trade'),
    ]);
    const revision = revisionIn(join(dataDir, 'trade.sqlite'));
    expect([revisionIn(at('all/trade.sqlite')), revisionIn(at('one/trade.sqlite'))]).toEqual([revision, revision]);

    const seeds = changedSeeds(at('seeds'));
    expect((await run(ONE, ['seed'], { ...env, SEEDS_DIR: seeds })).status).toBe(0);
    const service = await start(ONE, { ...env, SEEDS_DIR: seeds });
    const revisionServed = async () =>
      (await fetch(service.url.replace('graphql', 'health'))).headers.get('x-dossier-revision');
    expect(await revisionServed()).not.toBe(revision);
    const restored = await run(ONE, ['restore', at('one'), '--force'], env);

    expect(restored).toMatchObject({
      status: 0,
      stdout: expect.stringContaining(`trade: restored, revision ${revision}`),
    });
    await waitFor('the restored revision', async () => (await revisionServed()) === revision);
    expect(await service.stop()).toBe(0);
    expect(readdirSync(dataDir).sort()).toEqual([
      '.parts-actors-sanctions-statements-trade',
      '.parts-trade',
      ...STORES,
    ]);
  });

  it('replaces nothing without --force', async () => {
    mkdirSync(at('taken'));
    writeFileSync(at('taken/trade.sqlite'), 'a letter');

    const [backup, restore] = await Promise.all([
      run(ONE, ['backup', at('taken')], env),
      run(ALL, ['restore', at('all')], env),
    ]);

    expect(backup).toMatchObject({
      status: 3,
      stderr: expect.stringMatching(/taken\/trade\.sqlite already exists and was not overwritten; use --force/),
    });
    expect(restore).toMatchObject({
      status: 3,
      stderr: expect.stringMatching(/data\/actors\.sqlite already exists and was not overwritten/),
    });
    expect(readFileSync(at('taken/trade.sqlite'), 'utf8')).toBe('a letter');
    expect((await run(ONE, ['backup', at('taken'), '--force'], env)).status).toBe(0);
  });

  it('restores none of the stores if it is damaged or incomplete', async () => {
    mkdirSync(at('bad'));
    for (const store of STORES) copyFileSync(join(dataDir, store), at('bad', store));
    writeFileSync(at('bad/trade.sqlite'), readFileSync(at('bad/trade.sqlite')).fill(0xff, 5 * 4096, 9 * 4096));
    const before = STORES.map((store) => statSync(join(dataDir, store)).ino);

    const damaged = await run(ALL, ['restore', at('bad'), '--force'], env);
    rmSync(at('bad/trade.sqlite'));
    const missing = await run(ALL, ['restore', at('bad'), '--force'], env);

    expect(damaged).toMatchObject({
      status: 3,
      stderr: expect.stringMatching(
        /^The backup in \S+bad cannot be restored, and no store was replaced\. .*trade\.sqlite is damaged/,
      ),
    });
    expect(missing).toMatchObject({ status: 3, stderr: expect.stringMatching(/bad\/trade\.sqlite does not exist/) });
    expect(STORES.map((store) => statSync(join(dataDir, store)).ino)).toEqual(before);
  });
});

interface Finding {
  part: string;
  outcome: string;
  message: string;
}

describe('the doctor command', () => {
  const findings = async (
    more: Record<string, string>,
    script = ALL,
  ): Promise<{ status: number; found: Record<string, Finding> }> => {
    const { status, stdout } = await run(script, ['doctor', '--json'], { ...env, ...more });
    const { findings: list } = JSON.parse(stdout) as { findings: Finding[] };
    return { status, found: Object.fromEntries(list.map((finding) => [finding.part, finding])) };
  };

  it('reports no problem with running programs, and prints the revisions', async () => {
    const services = await Promise.all(SERVICES.map((service) => start(`services/${service}/dist/main.js`, env)));
    const urls = Object.fromEntries(
      SERVICES.map((service, index) => [`${service.toUpperCase()}_URL`, services[index]?.url ?? '']),
    );

    const { status, found } = await findings(urls);
    for (const service of services) expect(await service.stop()).toBe(0);
    const stopped = await findings(urls);

    expect(Object.values(found).filter(({ outcome }) => outcome === 'failed')).toEqual([]);
    expect(status).toBe(0);
    expect(found['composition']).toMatchObject({ outcome: 'ok' });
    expect(found['subgraph trade']?.message).toContain(`revision ${revisionIn(join(dataDir, 'trade.sqlite'))}`);
    expect(stopped.status).toBe(1);
    expect(stopped.found['subgraph trade']).toMatchObject({
      outcome: 'failed',
      message: expect.stringContaining('does not respond'),
    });
  });

  it('reports problems with stores, seeds, texts, the supergraph and the port', async () => {
    const service = await start(ONE, env);
    const [broken, texts, documents] = [at('broken'), at('texts'), at('graph.graphql')];
    for (const made of [broken, texts]) mkdirSync(made);
    copyFileSync(join(dataDir, 'actors.sqlite'), join(broken, 'trade.sqlite'));
    writeFileSync(join(texts, 'memri-sd-10149.txt'), 'another text');
    writeFileSync(documents, 'type Query { a: Int }');

    const { status, found } = await findings({
      DATA_DIR: broken,
      DOCUMENTS_DIR: texts,
      SUPERGRAPH: documents,
      PORT: new URL(service.url).port,
    });
    expect(await service.stop()).toBe(0);

    expect(status).toBe(1);
    for (const part of ['port', 'documents', 'store trade', 'store actors', 'supergraph'])
      expect([part, found[part]?.outcome]).toEqual([part, 'failed']);
    expect(found['port']?.message).toContain('used by trade');
    expect(
      (await findings({ SEEDS_DIR: changedSeeds(at('more-seeds'), 'more') }, ONE)).found['store trade'],
    ).toMatchObject({ outcome: 'failed', message: expect.stringContaining('npm run seed') });
  });
});
