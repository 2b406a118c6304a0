import { createHash } from 'node:crypto';
import { copyFileSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type RunningGateway, seedAll, startEmbedded } from '@dossier/gateway';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { changedSeeds, waitFor } from '../support/processes.js';
import { copyOfStores } from '../support/stores.js';

const PASSAGE = '{ document(id: "document:memri-sd-10149") { title availability } }';
const FIGURE = '{ tradeFigure(id: "figure:memri-sd-10149/F01") { statedAs } }';
const ACTOR = '{ actor(id: "person:kim-jong-un") { name description } }';
/** Root fields of two services. */
const STATED = '{ statement(id: "statement:memri-sd-10149/S70") { summary tradeFigures { statedAs } } }';

let folder: string;
let gateway: RunningGateway;
const inFolder = (name: string): string => join(folder, name);

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'dossier-cached-'));
  mkdirSync(inFolder('texts'));
  await seedAll({ dataDir: inFolder('others'), seedsDir: changedSeeds(inFolder('seeds')) });
  copyOfStores(inFolder('data'));
  gateway = await startEmbedded({
    port: 0,
    host: '127.0.0.1',
    corsOrigins: [],
    cacheBytes: 1024 * 1024,
    reloadMs: 20,
    dataDir: inFolder('data'),
    seedsDir: null,
    documentsDir: inFolder('texts'),
  });
}, 60_000);
afterAll(async () => {
  await gateway?.close();
  rmSync(folder, { recursive: true, force: true });
});

async function ask(query: string): Promise<{ text: string; revision: string | null }> {
  const response = await fetch(`${gateway.url}graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  });
  return { text: await response.text(), revision: response.headers.get('x-dossier-revision') };
}

/** Later responses come from the cache. */
async function keep(...queries: string[]): Promise<void> {
  for (const query of queries) for (let time = 0; time < 2; time++) await ask(query);
}

async function metrics(): Promise<{ hits: number; bytes: number; taken: (what: string) => number }> {
  const text = await (await fetch(`${gateway.url}metrics`)).text();
  const read = (pattern: RegExp): number => Number(pattern.exec(text)?.[1] ?? Number.NaN);
  return {
    hits: read(/^dossier_cache_hits\{.*\} (\d+)$/m),
    bytes: read(/^dossier_cache_bytes\{.*\} (\d+)$/m),
    taken: (what) =>
      read(new RegExp(`^dossier_reload_total\\{(?=.*what="${what}")(?=.*outcome="taken").*\\} (\\d+)$`, 'm')),
  };
}

/** Whether the response came from the cache. */
async function isCached(query: string): Promise<boolean> {
  const before = (await metrics()).hits;
  await ask(query);
  return (await metrics()).hits === before + 1;
}

/** Replaces a store, and waits until it is served. */
async function putInPlace(from: string, service: string): Promise<void> {
  const { taken } = await metrics();
  const file = join(inFolder('data'), `${service}.sqlite`);
  copyFileSync(join(from, `${service}.sqlite`), `${file}.new`);
  renameSync(`${file}.new`, file);
  await waitFor(`the ${service} store`, async () => (await metrics()).taken(service) === taken(service) + 1);
}

describe('a cached response', () => {
  it('is evicted when a store that it depends on is replaced, and stays if another one is', async () => {
    await keep(FIGURE, ACTOR, STATED);
    expect([await isCached(FIGURE), await isCached(ACTOR), await isCached(STATED)]).toEqual([true, true, true]);
    const [before, actor, figure] = [await metrics(), await ask(ACTOR), await ask(FIGURE)];

    await putInPlace(inFolder('others'), 'trade');

    const after = await metrics();
    expect(after.bytes).toBeGreaterThan(0);
    expect(after.bytes).toBeLessThan(before.bytes);
    expect((await ask(ACTOR)).revision).toBe(actor.revision);
    expect([await isCached(ACTOR), await isCached(FIGURE), await isCached(STATED)]).toEqual([true, false, false]);
    expect([await isCached(ACTOR), await isCached(FIGURE), await isCached(STATED)]).toEqual([true, true, true]);
    expect((await ask(FIGURE)).revision).not.toBe(figure.revision);
  });

  it('is evicted when a text changes, even if the revision of the store does not', async () => {
    await keep(PASSAGE);
    const { text, revision } = await ask(PASSAGE);
    expect(text).toContain('NOT_MOUNTED');

    writeFileSync(join(inFolder('texts'), 'memri-sd-10149.txt'), 'Not the text that was annotated.');
    copyFileSync(join(inFolder('data'), 'statements.sqlite'), inFolder('statements.sqlite'));
    await putInPlace(folder, 'statements');

    expect(await ask(PASSAGE)).toEqual({ text: text.replace('NOT_MOUNTED', 'MISMATCH'), revision });
  });
});

describe('a GET', () => {
  const hashOf = (query: string): string => createHash('sha256').update(query).digest('hex');
  /** By its hash only, or with its text. */
  const get = (query: string, withText: boolean, headers: Record<string, string> = {}) => {
    const search = new URLSearchParams({
      extensions: JSON.stringify({ persistedQuery: { version: 1, sha256Hash: hashOf(query) } }),
      ...(withText && { query }),
    });
    return fetch(`${gateway.url}graphql?${search}`, { headers: { 'apollo-require-preflight': '1', ...headers } });
  };

  it.each([
    ['five minutes', 'data of one store', ACTOR, 300],
    ['five minutes', 'data of several stores', STATED, 300],
    ['a minute', 'the availability of a text', PASSAGE, 60],
    [
      'a minute',
      'the words of a text',
      '{ statement(id: "statement:memri-sd-10149/S70") { citations { id excerpt } } }',
      60,
    ],
    ['a minute', 'the schema', '{ __schema { queryType { name } } }', 60],
  ])(
    'request for a persisted document has a max-age of %s if it selects %s, and returns 304 to a client that has the response',
    async (_, __, query, maxAge) => {
      const whole = await get(query, true);
      const byHash = await get(query, false);
      const again = await get(query, false, { 'if-none-match': byHash.headers.get('etag') ?? '' });

      for (const { status, headers } of [whole, byHash])
        expect([status, headers.get('cache-control')]).toEqual([200, `public, max-age=${maxAge}`]);
      expect(await byHash.text()).toBe(await whole.text());
      expect([again.status, again.headers.get('cache-control'), await again.text()]).toEqual([
        304,
        `public, max-age=${maxAge}`,
        '',
      ]);
    },
  );
});
