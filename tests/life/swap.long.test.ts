import { copyFileSync, mkdirSync, readdirSync, readFileSync, readlinkSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { supergraphFile } from '@dossier/gateway';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { startLoad } from '../support/load.js';
import {
  changedSeeds,
  createTempFolder,
  type Program,
  removeFolder,
  run,
  start,
  waitFor,
} from '../support/processes.js';
import { copyOfStores } from '../support/stores.js';

const SERVICE = 'services/trade/dist/main.js';
const SERVICES = ['actors', 'statements', 'sanctions', 'trade'];
/** A different operation each time, so that no cached response hides the request. */
const FIGURES = '{ figures: tradeFigures(first: 5) { nodes { id statedAs } totalCount vVARIANT: __typename } }';
const hasFigures = ({ figures }: Record<string, unknown>) =>
  (figures as { totalCount: number } | null)?.totalCount !== undefined &&
  (figures as { totalCount: number }).totalCount > 0;

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

let folder: string;
let others: string;
beforeAll(async () => {
  folder = createTempFolder();
  others = join(folder, 'others');
  copyOfStores(join(folder, 'first'));
  expect(
    (await run('gateway/dist/seedCli.js', [], { DATA_DIR: others, SEEDS_DIR: changedSeeds(join(folder, 'seeds')) }))
      .status,
  ).toBe(0);
});
afterAll(() => removeFolder(folder));

/** Stores of the first seeds in a separate folder. */
function stores(name: string): string {
  const dataDir = join(folder, name);
  mkdirSync(dataDir);
  for (const service of SERVICES)
    copyFileSync(join(folder, 'first', `${service}.sqlite`), join(dataDir, `${service}.sqlite`));
  return dataDir;
}

const revisionOf = (dataDir: string, service = 'trade'): string => {
  const db = new Database(join(dataDir, `${service}.sqlite`), { readonly: true });
  const revision = db.prepare('select revision from store').pluck().get() as string;
  db.close();
  return revision;
};

/** Replaces a file atomically, by renaming. */
function putInPlace(from: string, to: string): void {
  copyFileSync(from, `${to}.new`);
  renameSync(`${to}.new`, to);
}

const healthOf = async ({ url }: Program) =>
  (await (await fetch(url.replace('graphql', 'health'))).json()) as Record<string, string>;
const metricOf = async ({ url }: Program, line: string) =>
  (await (await fetch(url.replace('graphql', 'metrics'))).text())
    .split('\n')
    .some((logged) => logged.startsWith(line.replace('}', '')));
const reloads = (what: string, outcome: string) =>
  new RegExp(`^dossier_reload_total\\{(?=.*what="${what}")(?=.*outcome="${outcome}").*\\} (\\d+)$`, 'm');
const countOf = async ({ url }: Program, what: string, outcome: string) =>
  Number(reloads(what, outcome).exec(await (await fetch(url.replace('graphql', 'metrics'))).text())?.[1] ?? 'NaN');
const openStores = ({ process: { pid } }: Program) =>
  readdirSync(`/proc/${pid}/fd`).flatMap((fd) => {
    try {
      return readlinkSync(`/proc/${pid}/fd/${fd}`).match(/trade\.sqlite.*/) ?? [];
    } catch {
      return [];
    }
  });

describe('a service', () => {
  it('reloads a replaced store under load without losing a request, and closes the old one', async () => {
    const dataDir = stores('service');
    const service = await start(SERVICE, { DATA_DIR: dataDir, REQUEST_MS: '2000' });
    const load = startLoad(service.url, FIGURES, hasFigures);
    await waitFor('answers', () => load.complete > 50);

    putInPlace(join(others, 'trade.sqlite'), join(dataDir, 'trade.sqlite'));
    await waitFor('the new revision', () => load.revisions.includes(revisionOf(others)));
    const before = load.complete;
    await waitFor('more answers', () => load.complete > before + 50);
    await load.stop();

    expect(load.failures).toEqual([]);
    expect(load.revisions).toEqual([revisionOf(join(folder, 'first')), revisionOf(others)]);
    expect((await healthOf(service))['revision']).toBe(revisionOf(others));
    expect(await metricOf(service, `dossier_info{revision="${revisionOf(others)}"`)).toBe(true);
    expect(await countOf(service, 'trade', 'taken')).toBe(1);
    // Requests that were in progress may finish on the previous store.
    await waitFor('the end of the previous store', () => openStores(service).length === 1);
    expect(openStores(service)).toEqual(['trade.sqlite']);
    expect(await service.stop()).toBe(0);
  });

  it('rejects a broken or foreign store with an error and continues to serve, then loads a valid one', async () => {
    const dataDir = stores('refused');
    const file = join(dataDir, 'trade.sqlite');
    const service = await start(SERVICE, { DATA_DIR: dataDir });
    const load = startLoad(service.url, FIGURES, hasFigures, 2);
    const damaged = readFileSync(join(others, 'trade.sqlite')).fill(0xff, 5 * 4096, 9 * 4096);
    const broken = {
      damaged,
      empty: Buffer.alloc(0),
      'cut off': damaged.subarray(0, 9000),
      'of another service': readFileSync(join(others, 'actors.sqlite')),
    };

    for (const [index, bytes] of Object.values(broken).entries()) {
      writeFileSync(`${file}.new`, bytes);
      renameSync(`${file}.new`, file);
      await waitFor(`refusal ${index + 1}`, async () => (await countOf(service, 'trade', 'refused')) === index + 1);
    }
    expect((await healthOf(service))['revision']).toBe(revisionOf(join(folder, 'first')));
    putInPlace(join(others, 'trade.sqlite'), file);
    await waitFor('the good one', () => load.revisions.includes(revisionOf(others)));
    await load.stop();

    expect(load.failures).toEqual([]);
    const reasons = service.log
      .filter(({ msg }) => String(msg).startsWith('reload rejected'))
      .map(({ reason }) => String(reason));
    expect(reasons).toHaveLength(4);
    expect(reasons.every((reason) => reason.includes(file))).toBe(true);
    expect(await service.stop()).toBe(0);
  });
});

describe('the whole graph in one process', () => {
  it('reloads a replaced store under load, and evicts cached responses', async () => {
    const dataDir = stores('embedded');
    const graph = await start('gateway/dist/embeddedMain.js', { DATA_DIR: dataDir, REQUEST_MS: '1000' });
    const load = startLoad(graph.url, FIGURES, hasFigures);
    await waitFor('answers', () => load.complete > 200);

    putInPlace(join(others, 'trade.sqlite'), join(dataDir, 'trade.sqlite'));
    await waitFor('another revision', () => load.revisions.length === 2);
    const before = load.complete;
    await waitFor('more answers', () => load.complete > before + 100);
    await load.stop();

    expect(load.failures).toEqual([]);
    expect(await healthOf(graph)).toMatchObject({
      trade: revisionOf(others),
      actors: revisionOf(join(folder, 'first'), 'actors'),
    });
    expect(load.revisions[1]).toContain(`trade=${revisionOf(others)}`);
    await waitFor('the old store to be closed', () => openStores(graph).length === 1);
    expect(await graph.stop()).toBe(0);
  });
});

describe('a supergraph', () => {
  it.each([
    ['own', 'in one process', 'gateway/dist/embeddedMain.js'],
    ['own', 'over a service', 'gateway/dist/main.js'],
    ['stock', 'over a service', 'gateway/dist/main.js'],
  ])(
    'is reloaded if it is valid and rejected if it is broken, under load: %s execution, %s',
    async (execution, form, script) => {
      const name = `${execution} ${form}`.replaceAll(' ', '-');
      const dataDir = stores(name);
      const supergraph = join(folder, `${name}.graphql`);
      copyFileSync(supergraphFile, supergraph);
      const sdl = readFileSync(supergraphFile, 'utf8');
      const trade = script.includes('embedded') ? null : await start(SERVICE, { DATA_DIR: dataDir });
      const gateway = await start(script, {
        SUPERGRAPH: supergraph,
        EXECUTION: execution,
        ...(trade ? { TRADE_URL: trade.url } : { DATA_DIR: dataDir }),
      });
      const ask = async (query: string) =>
        (await (
          await fetch(gateway.url, {
            method: 'POST',
            headers: { 'content-type': 'application/json' },
            body: JSON.stringify({ query }),
          })
        ).json()) as { data?: object; errors?: object[] };
      const load = startLoad(gateway.url, FIGURES, hasFigures, 2);
      await waitFor('answers', () => load.complete > 100);
      const put = (text: string) => {
        writeFileSync(`${supergraph}.new`, text);
        renameSync(`${supergraph}.new`, supergraph);
      };

      for (const [index, text] of [
        '',
        'no graph',
        sdl.slice(0, sdl.length / 2),
        'type Query { figures: Int }',
      ].entries()) {
        put(text);
        await waitFor(
          `refusal ${index + 1}`,
          async () => (await countOf(gateway, 'supergraph', 'refused')) === index + 1,
          25,
        );
      }
      expect((await ask('{ places(first: 1) { totalCount } }')).errors?.[0]).not.toMatchObject({
        extensions: { code: 'GRAPHQL_VALIDATION_FAILED' },
      });
      // A graph in which a root field is renamed.
      put(sdl.replace(/^ {2}places\(/m, '  sites('));
      await waitFor('the new graph', async () => (await countOf(gateway, 'supergraph', 'taken')) === 1, 25);
      const before = load.complete;
      await waitFor('more answers', () => load.complete > before + 50);
      await load.stop();

      expect(load.failures).toEqual([]);
      expect(await ask('{ places(first: 1) { totalCount } }')).toMatchObject({
        errors: [{ extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }],
      });
      expect((await ask('{ __type(name: "Query") { fields { name } } }')).data).toMatchObject({
        __type: { fields: expect.arrayContaining([{ name: 'sites' }]) },
      });
      expect(await gateway.stop()).toBe(0);
      expect((await trade?.stop()) ?? 0).toBe(0);
    },
  );
});
