import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { composeServices } from '@apollo/composition';
import { type RunningGateway, startGateway } from '@dossier/gateway';
import { Kind, parse } from 'graphql';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { SERVICES } from '../support/services.js';

const LINKS = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@composeDirective"]) @link(url: "https://castles.invalid/cacheControl/v0.1", import: ["@cacheControl"]) @composeDirective(name: "@cacheControl")
  directive @cacheControl(maxAge: Int, scope: cacheControl__Scope) on OBJECT | FIELD_DEFINITION enum cacheControl__Scope { PUBLIC PRIVATE }`;
const SDL: Record<string, string> = {
  land: `${LINKS} type Query @cacheControl(maxAge: 100) { castle: String mine: String @cacheControl(scope: PRIVATE) now: String @cacheControl(maxAge: 0) }`,
  sea: `${LINKS} type Query @cacheControl(maxAge: 100) { ship: String harbour: String }`,
};

/** Number of requests that each subgraph received, and the revision it reports. */
const requestCounts: Record<string, number> = {};
const revisions: Record<string, string> = { land: 'one', sea: 'one' };
const closers: (() => unknown)[] = [];
let gateway: RunningGateway;

async function aSubgraph(name: string): Promise<string> {
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', () => {
      requestCounts[name] = (requestCounts[name] ?? 0) + 1;
      const fields = [...JSON.parse(body).query.matchAll(/castle|mine|now|ship|harbour/g)].map(([field]) => [
        field,
        `${field} ${requestCounts[name]}`,
      ]);
      response
        .writeHead(200, { 'content-type': 'application/json', 'x-dossier-revision': revisions[name] })
        .end(JSON.stringify({ data: Object.fromEntries(fields) }));
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  closers.push(() => server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`;
}

beforeAll(async () => {
  const folder = mkdtempSync(join(tmpdir(), 'dossier-hints-'));
  closers.push(() => rmSync(folder, { recursive: true, force: true }));
  const urls = Object.fromEntries(
    await Promise.all(Object.keys(SDL).map(async (name) => [name, await aSubgraph(name)])),
  );
  const { supergraphSdl, errors } = composeServices(
    Object.entries(SDL).map(([name, sdl]) => ({ name, url: urls[name], typeDefs: parse(sdl) })),
  );
  expect(errors).toBeUndefined();
  writeFileSync(join(folder, 'supergraph.graphql'), supergraphSdl ?? '');
  gateway = await startGateway({
    port: 0,
    host: '127.0.0.1',
    corsOrigins: [],
    supergraph: join(folder, 'supergraph.graphql'),
    urls: {},
    cacheBytes: 100_000,
  });
  closers.push(gateway.close);
});
afterAll(async () => {
  for (const close of closers.reverse()) await close();
});
beforeEach(() => {
  for (const name of Object.keys(SDL)) requestCounts[name] = 0;
});

const ask = async (query: string): Promise<string> =>
  (
    await fetch(`${gateway.url}graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query }),
    })
  ).text();
const get = (query: string) =>
  fetch(`${gateway.url}graphql?query=${encodeURIComponent(query)}`, { headers: { 'apollo-require-preflight': '1' } });

describe('the response cache', () => {
  it('stores a public response', async () => {
    for (let time = 0; time < 5; time++) await ask('{ castle }');
    // Twice: the gateway learns the subgraph's revision from the first response, and so does not cache it.
    expect(requestCounts['land']).toBe(2);
  });

  it.each([
    ['that is private', '{ castle mine }'],
    ['with a max-age of 0', '{ castle now }'],
  ])('neither stores nor shares a response %s', async (_, query) => {
    await ask(query);
    const together = await Promise.all(Array.from({ length: 4 }, () => ask(query)));
    expect(requestCounts['land']).toBe(5);
    expect(new Set(together).size).toBe(4);
  });

  it('sets cache-control from the hints of the schema', async () => {
    const headers = await Promise.all(
      ['{ castle }', '{ castle mine }', '{ castle now }'].map(async (query) => (await get(query)).headers),
    );
    expect(headers.map((header) => [header.get('cache-control'), header.has('etag')])).toEqual([
      ['public, max-age=100', true],
      ['private, max-age=100', true],
      ['no-store', false],
    ]);
  });

  it('evicts the responses of a subgraph whose revision changes, and no others', async () => {
    for (const query of ['{ castle }', '{ ship }', '{ castle ship }'])
      for (let time = 0; time < 2; time++) await ask(query);
    const [castle, ship, both] = [await ask('{ castle }'), await ask('{ ship }'), await ask('{ castle ship }')];

    revisions['sea'] = 'two';
    await ask('{ harbour }');

    expect(await ask('{ castle }')).toBe(castle);
    expect(await ask('{ ship }')).not.toBe(ship);
    expect(await ask('{ castle ship }')).not.toBe(both);
  });
});

describe('the cache policy of every type', () => {
  it.each(Object.entries(SERVICES))('is declared in the SDL of %s', (_, { definition }) => {
    const types = definition.typeDefs
      .flatMap(({ definitions }) => definitions)
      .filter(
        (type) =>
          type.kind === Kind.OBJECT_TYPE_DEFINITION ||
          type.kind === Kind.INTERFACE_TYPE_DEFINITION ||
          type.kind === Kind.UNION_TYPE_DEFINITION,
      );
    expect(types.length).toBeGreaterThan(10);
    expect(
      types
        .filter(({ directives }) => !directives?.some(({ name }) => name.value === 'cacheControl'))
        .map(({ name }) => name.value),
    ).toEqual([]);
  });
});
