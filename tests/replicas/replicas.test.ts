import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, request as httpRequest } from 'node:http';
import { type AddressInfo, connect, createServer as createTcpServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { composeServices } from '@apollo/composition';
import { type HttpGatewayOptions, type RunningGateway, startGateway } from '@dossier/gateway';
import { serveSubgraph } from '@dossier/subgraph-server';
import { parse } from 'graphql';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { fixtureSubgraph } from '../support/fixtureSubgraph.js';

const LINK = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable"])';
const SDL = {
  land: `${LINK} type Query { castle: Castle } type Castle @key(fields: "id") { id: ID! built: String! }`,
  sea: `${LINK} type Query { ship: String } type Castle @key(fields: "id") { id: ID! sister: Castle! }`,
};
/** Its plan fetches from land, then from sea, then from land again. */
const TWO_FETCHES = '{ castle { built sister { built } } }';

const closers: (() => unknown)[] = [];
/** Ports of the two replicas of land, whose stores differ, and of sea. */
let landPorts: [number, number];
let seaUrl: string;
let supergraph: string;
let gateway: RunningGateway | undefined;

/** A replica of land. Each value says from which revision it is. */
const land = (revision: string) =>
  fixtureSubgraph(
    'land',
    SDL.land,
    {
      Query: { castle: () => ({ id: 'a' }) },
      Castle: { __resolveReference: ({ id }: { id: string }) => ({ id }), built: () => revision },
    },
    revision,
  );

const sea = fixtureSubgraph('sea', SDL.sea, {
  Castle: { __resolveReference: ({ id }: { id: string }) => ({ id }), sister: () => ({ id: 'b' }) },
});

beforeAll(async () => {
  const serve = async (subgraph: Parameters<typeof serveSubgraph>[0]) => {
    const { url, close } = await serveSubgraph(subgraph, { port: 0, host: '127.0.0.1' });
    closers.push(close);
    return url;
  };
  const portOf = (url: string) => Number(new URL(url).port);
  landPorts = [portOf(await serve(land('one'))), portOf(await serve(land('two')))];
  seaUrl = await serve(sea);
  const folder = mkdtempSync(join(tmpdir(), 'dossier-replicas-'));
  closers.push(() => rmSync(folder, { recursive: true, force: true }));
  const { supergraphSdl, errors } = composeServices(
    Object.entries(SDL).map(([name, sdl]) => ({ name, url: `http://${name}.invalid`, typeDefs: parse(sdl) })),
  );
  expect(errors).toBeUndefined();
  supergraph = join(folder, 'supergraph.graphql');
  writeFileSync(supergraph, supergraphSdl ?? '');
});
afterEach(async () => {
  await gateway?.close();
  gateway = undefined;
});
afterAll(async () => {
  for (const close of closers.reverse()) await close();
});

const listen = async (server: Server): Promise<string> => {
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`;
};

/** A load balancer that sends each request to the port that `choose` returns for its number. */
async function balanceRequests(choose: (count: number) => number): Promise<string> {
  let count = 0;
  const balancer = createServer((incoming, outgoing) => {
    const { method, headers, url } = incoming;
    const forward = httpRequest(
      { port: choose(count++), host: '127.0.0.1', method, headers, path: url },
      (response) => {
        outgoing.writeHead(response.statusCode ?? 502, response.headers);
        response.pipe(outgoing);
      },
    );
    incoming.pipe(forward);
  });
  closers.push(() => {
    balancer.closeAllConnections();
    balancer.close();
  });
  return listen(balancer);
}

/** A load balancer that sends all requests of a connection to one replica, and the next connection to the other one. */
async function balanceConnections(): Promise<string> {
  let count = 0;
  const sockets = new Set<Socket>();
  const balancer = createTcpServer((socket) => {
    const target = connect(landPorts[count++ % 2] as number, '127.0.0.1');
    for (const end of [socket, target]) {
      sockets.add(end);
      end.on('error', () => {}).on('close', () => sockets.delete(end));
    }
    socket.pipe(target).pipe(socket);
  });
  closers.push(() => {
    for (const socket of sockets) socket.destroy();
    balancer.close();
  });
  return listen(balancer);
}

const gatewayOver = async (landUrl: string, options: Partial<HttpGatewayOptions> = {}): Promise<void> => {
  gateway = await startGateway({
    port: 0,
    host: '127.0.0.1',
    corsOrigins: [],
    supergraph,
    urls: { land: landUrl, sea: seaUrl },
    ...options,
  });
};

async function ask(query: string) {
  const response = await fetch(`${gateway?.url}graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  });
  const { data, errors } = (await response.json()) as {
    data?: { castle: { built: string; sister: { built: string | null } | null } };
    errors?: { path?: string[]; extensions: { code: string; service: string } }[];
  };
  return { status: response.status, revisions: response.headers.get('x-dossier-revision'), data, errors };
}

describe('a gateway in front of replicas with different stores', () => {
  it.each([
    ['request', () => balanceRequests((count) => landPorts[count % 2] as number)],
    ['connection', balanceConnections],
  ])('combines no two revisions in a response if a load balancer alternates with each %s', async (_, balance) => {
    await gatewayOver(await balance());

    const responses = [];
    for (let round = 0; round < 10; round++)
      responses.push(...(await Promise.all(Array.from({ length: 10 }, () => ask(TWO_FETCHES)))));

    const complete = responses.filter(({ errors }) => errors === undefined);
    expect(complete.length).toBeGreaterThan(90);
    for (const { data, revisions } of complete) {
      expect(data?.castle.sister?.built).toBe(data?.castle.built);
      expect(revisions).toBe(`land=${data?.castle.built}, sea=fixture`);
    }
    const codes = responses.flatMap(({ errors = [] }) => errors.map(({ extensions }) => extensions.code));
    expect(new Set([...codes, 'SUBGRAPH_REVISION_MISMATCH']).size).toBe(1);
  });

  // Only the first request reaches a replica with the first revision.
  const onlyFirst = () => balanceRequests((count) => landPorts[count === 0 ? 0 : 1]);

  it('nulls the fields of a service that does not answer with the revision again', async () => {
    await gatewayOver(await onlyFirst());

    const { status, data, errors } = await ask(TWO_FETCHES);

    expect(status).toBe(200);
    expect(data).toEqual({ castle: null });
    expect(errors).toMatchObject([
      {
        path: ['castle', 'sister', 'built'],
        extensions: { code: 'SUBGRAPH_REVISION_MISMATCH', service: 'land' },
      },
    ]);
  });

  it.each(['own', 'stock'] as const)(
    'fails the request instead if it is to refuse mixed revisions (%s)',
    async (execution) => {
      await gatewayOver(await onlyFirst(), { execution, subgraphs: { refusesMixedRevisions: true } });

      const { status, data, errors } = await ask(TWO_FETCHES);

      expect({ status, data, errors }).toMatchObject({
        status: 503,
        data: undefined,
        errors: [{ extensions: { code: 'MIXED_REVISIONS' } }],
      });
    },
  );

  it('still uses its cache', async () => {
    await gatewayOver(await balanceRequests((count) => landPorts[count % 2] as number), { cacheBytes: 100_000 });
    // Alternately a response from the cache, and one that is not.
    for (let round = 0; round < 4; round++) await ask(`{ castle { built } ship round${round}: __typename }`);
    const first = await ask('{ castle { built } }');
    for (let round = 4; round < 8; round++) await ask(`{ castle { built } ship round${round}: __typename }`);

    expect(await ask('{ castle { built } }')).toEqual(first);
    expect(await (await fetch(`${gateway?.url}metrics`)).text()).toMatch(/^dossier_cache_hits\{.*\} 1$/m);
  });
});
