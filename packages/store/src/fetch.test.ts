import { once } from 'node:events';
import { appendFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
// Built: a thread runs a part of it.
import { publishStore } from '../dist/copy.js';
import { type FetchOptions, fetchStore } from '../dist/fetch.js';
import { writeIdentity } from './identity.js';
import { BLOCK_BYTES } from './sums.js';

const REVISION = '0123456789abcdef';
const identity = { service: 'houses', revision: REVISION };

let folder: string;
let server: Server;
/** Requests so far: the path, and the range if there was one. */
let requests: string[];
/** Handles a request instead of the server; true if it did. */
let intercept: (request: IncomingMessage, response: ServerResponse, file: Buffer) => boolean;

const at = (name: string) => join(folder, name);
const published = () => at(`published/houses/${REVISION}.sqlite`);
const installed = () => at('data/houses.sqlite');
const base = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
const retries: string[] = [];

const install = (options: Partial<FetchOptions> = {}) =>
  fetchStore({
    base: `${base()}/stores`,
    identity,
    file: installed(),
    migrations: new URL(`file://${folder}/`),
    onRetry: (reason) => retries.push(reason),
    limits: { backoffMs: 1, idleMs: 5_000 },
    ...options,
  });

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'dossier-fetch-'));
  requests = [];
  retries.length = 0;
  intercept = () => false;
  const db = new Database(at('houses.sqlite'));
  db.exec(
    'create table __drizzle_migrations (hash text); create table house (id integer primary key, plan blob) strict',
  );
  // Three blocks.
  for (let house = 0; house < 9; house++) db.prepare('insert into house values (?, randomblob(250000))').run(house);
  writeIdentity(db, identity);
  db.close();
  const migrations = new URL(`file://${folder}/`);
  await publishStore({ from: at('houses.sqlite'), folder: at('published'), service: 'houses', migrations });
  server = createServer((request, response) => {
    const { range } = request.headers;
    requests.push(`${request.url}${range ? ` ${range}` : ''}`);
    const path = at(`published/${request.url?.replace(/^\/stores\//, '').replace(/\?.*/, '')}`);
    if (!existsSync(path)) return response.writeHead(404).end();
    const file = readFileSync(path);
    if (intercept(request, response, file)) return;
    const start = Number(/bytes=(\d+)-/.exec(range ?? '')?.[1] ?? 0);
    if (range) response.writeHead(206, { 'content-range': `bytes ${start}-${file.length - 1}/${file.length}` });
    response.end(file.subarray(start));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterEach(async () => {
  server.closeAllConnections();
  server.close();
  rmSync(folder, { recursive: true, force: true });
});

const FILES = ['houses.sqlite', 'houses.sqlite.sums'];
const SQLITE = `/stores/houses/${REVISION}.sqlite`;

function expectInstalled(): void {
  expect(readFileSync(installed()).equals(readFileSync(published()))).toBe(true);
  expect(readdirSync(at('data')).sort()).toEqual(FILES);
}

describe('fetching a published store', () => {
  it('installs it with its checksums from a server or a folder, once', async () => {
    expect(await install()).toBe('fetched');
    expectInstalled();
    expect(requests).toEqual([`${SQLITE}.sums`, SQLITE]);
    expect(await install()).toBe('unchanged');
    expect(requests).toHaveLength(2);

    rmSync(at('data'), { recursive: true });
    expect(await install({ base: at('published') })).toBe('fetched');
    expectInstalled();
  });

  it('replaces a damaged store', async () => {
    await install();
    const bytes = readFileSync(installed());
    writeFileSync(installed(), bytes.fill(0, 5 * 4096, 6 * 4096));

    expect(await install()).toBe('fetched');
    expectInstalled();
  });

  it('continues after a connection is lost, from the last complete MiB', async () => {
    intercept = (request, response, file) => {
      if (!request.url?.endsWith('.sqlite') || request.headers.range) return false;
      response.write(file.subarray(0, BLOCK_BYTES + 1000), () => response.destroy());
      return true;
    };

    await install();

    expectInstalled();
    expect(requests.slice(1)).toEqual([SQLITE, `${SQLITE} bytes=${BLOCK_BYTES}-`]);
    expect(retries).toHaveLength(1);
  });

  it('continues what an earlier process left, and fetches again what is damaged in it', async () => {
    const failing = () => {
      intercept = (request, response, file) => {
        if (!request.url?.endsWith('.sqlite')) return false;
        if (request.headers.range) response.destroy();
        else response.write(file.subarray(0, 2 * BLOCK_BYTES), () => response.destroy());
        return true;
      };
    };
    failing();
    await expect(install()).rejects.toThrow(
      expect.objectContaining({ reason: 'UNAVAILABLE', message: expect.stringMatching(/Gave up after 5 attempts/) }),
    );
    const partial = at(`data/houses.sqlite.fetching-${REVISION}`);
    expect(readFileSync(partial).length).toBe(2 * BLOCK_BYTES);
    const bytes = readFileSync(partial);
    writeFileSync(partial, bytes.fill(0, BLOCK_BYTES, BLOCK_BYTES + 10));
    requests = [];
    intercept = () => false;

    await install();

    expectInstalled();
    expect(requests.slice(1)).toEqual([`${SQLITE} bytes=${BLOCK_BYTES}-`]);
  });

  it('fetches a MiB that was changed on the way again', async () => {
    let isFirst = true;
    intercept = (request, response, file) => {
      if (!request.url?.endsWith('.sqlite') || !isFirst) return false;
      isFirst = false;
      response.end(Buffer.from(file).fill(1, BLOCK_BYTES + 7, BLOCK_BYTES + 8));
      return true;
    };

    await install();

    expectInstalled();
    expect(requests.slice(1)).toEqual([SQLITE, `${SQLITE} bytes=${BLOCK_BYTES}-`]);
    expect(retries[0]).toContain(`the MiB at byte ${BLOCK_BYTES} does not match its checksum`);
  });

  it('works with a server that ignores ranges and sends the file from the start', async () => {
    let count = 0;
    intercept = (request, response, file) => {
      if (!request.url?.endsWith('.sqlite')) return false;
      if (++count === 1) response.write(file.subarray(0, BLOCK_BYTES), () => response.destroy());
      else response.end(file);
      return true;
    };

    await install();

    expectInstalled();
  });

  it('retries a busy server, and one that stops sending', async () => {
    let count = 0;
    intercept = (request, response) => {
      if (!request.url?.endsWith('.sqlite') || ++count > 2) return false;
      if (count === 1) response.writeHead(503).end();
      else response.write('S');
      return true;
    };

    await install({ limits: { backoffMs: 1, idleMs: 300 } });

    expectInstalled();
    expect(retries).toEqual([expect.stringContaining('status 503'), expect.stringContaining('no data for 300 ms')]);
  });

  it.each<[what: string, reason: string, message: RegExp, spoil: () => void]>([
    ['is not published', 'UNAVAILABLE', /status 404\): there is no such revision/, () => rmSync(`${published()}.sums`)],
    [
      'was changed in its folder',
      'UNAVAILABLE',
      /does not match its checksum\. Gave up/,
      () => writeFileSync(published(), readFileSync(published()).fill(1, 9000, 9001)),
    ],
    [
      'is truncated',
      'UNAVAILABLE',
      /the response ended after 1 of 3 MiB/,
      () => writeFileSync(published(), readFileSync(published()).subarray(0, BLOCK_BYTES)),
    ],
    [
      'has checksums that are no longer JSON',
      'DAMAGED',
      /\.sums is not valid/,
      () => appendFileSync(`${published()}.sums`, '}'),
    ],
    [
      'has the checksums of another revision',
      'DAMAGED',
      /has no checksums of houses, revision/,
      () =>
        writeFileSync(
          `${published()}.sums`,
          readFileSync(`${published()}.sums`, 'utf8').replace(REVISION, 'f'.repeat(16)),
        ),
    ],
  ])('of a store that %s is an error, and leaves the previous store', async (_, reason, message, spoil) => {
    await install();
    writeFileSync(`${installed()}.sums`, '');
    const before = readFileSync(installed());
    spoil();

    await expect(install()).rejects.toThrow(
      expect.objectContaining({ reason, message: expect.stringMatching(message) }),
    );

    expect(readFileSync(installed()).equals(before)).toBe(true);
  });

  it('of a file that is the store of another revision is an error, and leaves nothing', async () => {
    new Database(published()).exec(`update store set revision = '${'f'.repeat(16)}'`).close();
    const { computeSums, writeSums } = await import('./sums.js');
    writeSums(published(), [computeSums(published(), identity)]);

    await expect(install()).rejects.toThrow(/has revision f{16}, expected 0123456789abcdef/);

    expect(readdirSync(at('data'))).toEqual([]);
  });

  it('sends the credentials and the query of its address, and prints neither', async () => {
    let authorization: string | undefined;
    intercept = (request, response) => {
      authorization = request.headers.authorization;
      response.writeHead(403).end();
      return true;
    };
    const address = `${base().replace('//', '//user:a%20password@')}/stores?signature=secret`;

    const error = await install({ base: address }).catch((failure: Error) => failure);

    expect(authorization).toBe(`Basic ${btoa('user:a password')}`);
    expect(requests).toEqual([`${SQLITE}.sums?signature=secret`]);
    expect(String(error)).toContain('status 403');
    expect(String(error)).not.toMatch(/user|password|secret/);
  });

  it('from an address that is neither HTTP nor a folder with stores is an error that says what was expected', async () => {
    await expect(install({ base: 's3://bucket' })).rejects.toThrow(/expected an http or https URL, or a folder/);
    await expect(install({ base: at('nowhere') })).rejects.toThrow(/cannot be read \(ENOENT\)/);
  });
});
