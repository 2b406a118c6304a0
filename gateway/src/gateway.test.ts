import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { composeServices } from '@apollo/composition';
import { parse } from 'graphql';
import { afterEach, expect, it, vi } from 'vitest';
import type { RunningGateway } from './server.js';
import { startGateway } from './start.js';

const link = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])';
const SDL = {
  lands: `${link} scalar Day type Query { lands: [Sight] land(id: ID!): Land founded(on: Day): Land } union Sight = Land | Sea type Land @key(fields: "id") { id: ID! name: String! } type Sea @key(fields: "id") { id: ID! }`,
  rulers: `${link} type Query { crowns: Int } type Land @key(fields: "id") { id: ID! ruler(rank: Int): String motto: String } type Sea @key(fields: "id") { id: ID! depth: Int }`,
};

type Reply = (response: ServerResponse, request: { query: string; variables: { representations?: unknown[] } }) => void;
const closers: (() => Promise<unknown> | unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
  vi.restoreAllMocks();
});

const json =
  (answer: object, status = 200): Reply =>
  (response) =>
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(answer));

/** A subgraph with the given reply that records its requests. */
async function aSubgraph(reply: Reply): Promise<{ url: string; requests: IncomingMessage[] }> {
  const requests: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    requests.push(request);
    let body = '';
    request.on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', () => reply(response, body ? JSON.parse(body) : {}));
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  closers.push(() => {
    server.closeAllConnections();
    return new Promise((closed) => server.close(closed));
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`, requests };
}

const NOBODY = 'http://127.0.0.1:1/graphql';

/** A gateway over the two subgraphs. */
async function aGateway(urls: { lands: string; rulers: string }): Promise<RunningGateway> {
  const folder = mkdtempSync(join(tmpdir(), 'gateway-'));
  closers.push(() => rmSync(folder, { recursive: true }));
  const composed = composeServices(
    Object.entries(SDL).map(([name, sdl]) => ({ name, url: `http://${name}.invalid`, typeDefs: parse(sdl) })),
  );
  writeFileSync(join(folder, 'supergraph.graphql'), composed.supergraphSdl ?? '');
  const gateway = await startGateway({
    port: 0,
    host: '127.0.0.1',
    corsOrigins: [],
    supergraph: join(folder, 'supergraph.graphql'),
    urls,
  });
  closers.push(gateway.close);
  return gateway;
}

/** The answer of a gateway over the two subgraphs, as a client gets it. */
async function ask(urls: { lands: string; rulers: string }, query: string, variables?: Record<string, unknown>) {
  vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  const gateway = await aGateway(urls);
  const response = await fetch(`${gateway.url}graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  });
  return JSON.parse(await response.text());
}

const twoLands = json({
  data: {
    lands: [
      { __typename: 'Sea', id: 'sea:1' },
      { __typename: 'Land', id: 'land:ruritania' },
    ],
  },
});
const lost = (path: (string | number)[]) => ({
  message: 'The "rulers" subgraph could not be reached.',
  path,
  extensions: { code: 'SUBGRAPH_UNAVAILABLE', service: 'rulers' },
});
const unusable = (path: (string | number)[]) => ({
  message: 'The "rulers" subgraph returned an invalid response.',
  path,
  extensions: { code: 'SUBGRAPH_BAD_ANSWER', service: 'rulers' },
});

it('returns null for the fields of an unreachable subgraph only, each with an error at its path', async () => {
  const lands = await aSubgraph(twoLands);

  const answer = await ask(
    { lands: lands.url, rulers: NOBODY },
    '{ lands { ... on Land { id king: ruler motto } } crowns }',
  );

  expect(answer.data).toEqual({ lands: [{}, { id: 'land:ruritania', king: null, motto: null }], crowns: null });
  expect(answer.errors).toHaveLength(3);
  expect(answer.errors).toEqual(
    expect.arrayContaining([lost(['lands', 1, 'king']), lost(['lands', 1, 'motto']), lost(['crowns'])]),
  );
});

const JSON_TYPE = { 'content-type': 'application/json' };

it.each<[string, Reply, typeof lost]>([
  ['an HTML page', (response) => response.end('<html>http://10.0.0.7/secret</html>'), unusable],
  ['a status of 500', (response) => response.writeHead(500).end('SQLITE_ERROR at /srv/secret'), unusable],
  ['nothing, because the connection breaks', (response) => response.destroy(), lost],
  [
    'a truncated body',
    (response) =>
      response.writeHead(200, { ...JSON_TYPE, 'content-length': '900' }).write('{"data":', () => response.destroy()),
    lost,
  ],
  ['truncated JSON', (response) => response.writeHead(200, JSON_TYPE).end('{"data":"'), unusable],
  ['fewer entities than requested', json({ data: { _entities: [] } }), unusable],
  ['data that is a string', json({ data: 'secret' }), unusable],
])(
  'nulls only the field of a subgraph that returns %s, and does not repeat its content',
  async (_what, reply, expected) => {
    const [lands, rulers] = await Promise.all([aSubgraph(twoLands), aSubgraph(reply)]);

    const answer = await ask({ lands: lands.url, rulers: rulers.url }, '{ lands { ... on Land { ruler } } }');

    expect(answer).toEqual({ data: { lands: [{}, { ruler: null }] }, errors: [expected(['lands', 1, 'ruler'])] });
  },
);

it('does not follow a redirect', async () => {
  const elsewhere = await aSubgraph(json({ data: { crowns: 7 } }));
  const rulers = await aSubgraph((response) => response.writeHead(307, { location: elsewhere.url }).end());

  const answer = await ask({ lands: NOBODY, rulers: rulers.url }, '{ crowns }');

  expect(answer).toEqual({ data: { crowns: null }, errors: [unusable(['crowns'])] });
  expect(elsewhere.requests).toEqual([]);
});

it('passes on an error that is meant for clients, with its code and path', async () => {
  const extensions = { code: 'BAD_USER_INPUT', argument: 'rank', stacktrace: ['at secret'] };
  const lands = await aSubgraph(twoLands);
  const rulers = await aSubgraph(
    json({
      data: { _entities: [{ ruler: null }] },
      errors: [{ message: 'Argument "rank" is -1.', path: ['_entities', 0, 'ruler'], extensions }],
    }),
  );

  const answer = await ask({ lands: lands.url, rulers: rulers.url }, '{ lands { ... on Land { ruler(rank: -1) } } }');

  expect(answer.errors).toEqual([
    {
      message: 'Argument "rank" is -1.',
      path: ['lands', 1, 'ruler'],
      extensions: { code: 'BAD_USER_INPUT', argument: 'rank', service: 'rulers' },
    },
  ]);
});

it('reports why a subgraph rejected a request as a whole', async () => {
  const lands = await aSubgraph(
    json({ errors: [{ message: '"soon" is not a day.', extensions: { code: 'BAD_USER_INPUT' } }] }, 400),
  );

  const answer = await ask({ lands: lands.url, rulers: NOBODY }, 'query ($on: Day) { founded(on: $on) { name } }', {
    on: 'soon',
  });

  expect(answer).toEqual({
    data: { founded: null },
    errors: [
      { message: '"soon" is not a day.', path: ['founded'], extensions: { code: 'BAD_USER_INPUT', service: 'lands' } },
    ],
  });
});

it.each([[{ code: 'INTERNAL_SERVER_ERROR', serviceName: 'x' }], [undefined]])(
  'masks an error that is not marked as meant for clients: %o',
  async (extensions) => {
    const lands = await aSubgraph(
      json({ data: { land: null }, errors: [{ message: 'no such table: secret', path: ['land'], extensions }] }),
    );

    const answer = await ask({ lands: lands.url, rulers: NOBODY }, '{ land(id: "land:ruritania") { name } }');

    expect(answer.errors).toEqual([
      {
        message: 'The "lands" subgraph failed to resolve this field.',
        path: ['land'],
        extensions: { code: 'INTERNAL_SERVER_ERROR', service: 'lands' },
      },
    ]);
  },
);

it('reports a null field once, even if several fetches failed for it', async () => {
  const error = { message: 'No.', path: ['land'], extensions: { code: 'BAD_USER_INPUT' } };
  const lands = await aSubgraph(json({ data: { land: null }, errors: [error, error] }));

  const answer = await ask({ lands: lands.url, rulers: NOBODY }, '{ land(id: "land:ruritania") { name } }');

  expect(answer.errors).toHaveLength(1);
});

it('sends subgraphs content-type and accept, and no header of the client', async () => {
  const lands = await aSubgraph(json({ data: { land: null } }));

  await ask({ lands: lands.url, rulers: NOBODY }, '{ land(id: "land:ruritania") { name } }');

  expect(Object.keys(lands.requests[0]?.headers ?? {}).sort()).toEqual([
    'accept',
    'connection',
    'content-length',
    'content-type',
    'host',
    'x-request-id',
  ]);
});

it('can be closed twice', async () => {
  const lands = await aSubgraph(json({ data: { lands: [] } }));
  const gateway = await aGateway({ lands: lands.url, rulers: NOBODY });

  await gateway.close();

  await expect(gateway.close()).resolves.toBeUndefined();
});
