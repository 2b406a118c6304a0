import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { type HttpGatewayOptions, type RunningGateway, startGateway } from '@dossier/gateway';
import type { Subgraph } from '@dossier/subgraph-server';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { waitFor } from '../support/processes.js';
import { openServices, type TestServices } from '../support/services.js';
import { type FakeSubgraph, fakeSubgraph } from './fakeSubgraph.js';

const QUERY = '{ tradeFigures(first: 1) { nodes { id } } }';
const TWO_STEPS =
  '{ tradeFigures(first: 1) { nodes { id reporter { id name statements(first: 1) { nodes { id } } } } } }';
/** A port on which nothing listens. */
const NOWHERE = 'http://127.0.0.1:9/graphql';

let services: TestServices;
let fake: FakeSubgraph;
const closers: (() => unknown)[] = [];

beforeAll(() => {
  services = openServices();
});
afterAll(() => services.close());
beforeEach(async () => {
  const trade = services.subgraphs.find(({ name }) => name === 'trade') as Subgraph;
  fake = await fakeSubgraph(async ({ query, variables = {} }) =>
    JSON.parse(JSON.stringify(await trade.executable(query).run(variables, trade.createContext()))),
  );
  closers.push(() => fake.close());
});
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

/** A listening process that is stopped and whose connection queue is full, so that the system accepts no more connections. */
async function takesNoConnections(): Promise<string> {
  const script =
    "require('node:net').createServer().listen({ port: 0, host: '127.0.0.1', backlog: 1 }, function () { console.log(this.address().port); })";
  const child = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
  closers.push(() => child.kill('SIGKILL'));
  const port = Number(String((await once(child.stdout, 'data'))[0]));
  child.kill('SIGSTOP');
  const waiting = Array.from({ length: 8 }, () => connect(port, '127.0.0.1').on('error', () => {}));
  closers.push(() => waiting.map((socket) => socket.destroy()));
  await once(waiting[0] as Socket, 'connect');
  return `http://127.0.0.1:${port}/graphql`;
}

async function gatewayOver(
  subgraphs: HttpGatewayOptions['subgraphs'],
  urls: Record<string, string> = {},
): Promise<RunningGateway> {
  const gateway = await startGateway({
    port: 0,
    host: '127.0.0.1',
    corsOrigins: [],
    urls: { actors: NOWHERE, statements: NOWHERE, sanctions: NOWHERE, trade: fake.url, ...urls },
    subgraphs: subgraphs ?? {},
  });
  closers.push(gateway.close);
  return gateway;
}

const at = (gateway: RunningGateway, path: string) => `${gateway.url.replace('localhost', '127.0.0.1')}${path}`;

async function ask(gateway: RunningGateway, query = QUERY, signal?: AbortSignal) {
  const startedAt = performance.now();
  const response = await fetch(at(gateway, 'graphql'), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
    ...(signal && { signal }),
  });
  const { data, errors = [] } = (await response.json()) as {
    data: unknown;
    errors?: { path: unknown[]; extensions: { code: string; service: string } }[];
  };
  return {
    data,
    codes: errors.map(({ extensions: { code, service } }) => `${service} ${code}`),
    milliseconds: performance.now() - startedAt,
  };
}

async function metric(gateway: RunningGateway, line: RegExp): Promise<number | undefined> {
  const text = await (await fetch(at(gateway, 'metrics'))).text();
  const found = text.split('\n').find((candidate) => line.test(candidate));
  return found === undefined ? undefined : Number(found.split(' ').at(-1));
}

const breaker = (gateway: RunningGateway) => metric(gateway, /^dossier_subgraph_breaker_state\{.*subgraph="trade"/);
const counted = (gateway: RunningGateway, outcome: string) =>
  metric(
    gateway,
    new RegExp(`^dossier_subgraph_request_duration_seconds_count\\{.*subgraph="trade",outcome="${outcome}"`),
  );

describe('a circuit breaker', () => {
  it('opens for a subgraph that keeps failing, lets one probe through, and closes on recovery', async () => {
    const gateway = await gatewayOver({ timeoutMs: 100, breaker: { failures: 3, openMs: 300 } });
    expect(await breaker(gateway)).toBe(0);
    fake.mode = 'hang';

    for (let failure = 0; failure < 3; failure++)
      expect((await ask(gateway)).codes).toEqual(['trade SUBGRAPH_TIMEOUT']);
    const alone = await ask(gateway);

    expect(alone.codes).toEqual(['trade SUBGRAPH_CIRCUIT_OPEN']);
    expect(alone.data).toEqual({ tradeFigures: null });
    expect(fake.requestCount).toBe(3);
    expect(await breaker(gateway)).toBe(2);
    await waitFor(
      'the subgraph is tried again',
      async () => (await ask(gateway)).codes[0] === 'trade SUBGRAPH_TIMEOUT',
    );
    expect(fake.requestCount).toBe(4);
    fake.mode = 'ok';
    await waitFor('the subgraph receives requests again', async () => (await ask(gateway)).codes.length === 0, 5);
    expect(await breaker(gateway)).toBe(0);
    expect(await counted(gateway, 'SUBGRAPH_TIMEOUT')).toBe(4);
    expect(await counted(gateway, 'SUBGRAPH_CIRCUIT_OPEN')).toBeGreaterThan(0);
    expect(await counted(gateway, 'OK')).toBeGreaterThan(0);
  });

  it('rejects other requests at once while a probe is running', async () => {
    const gateway = await gatewayOver({ timeoutMs: 1_000, breaker: { failures: 1, openMs: 100 } });
    fake.mode = 'reset';
    await ask(gateway);
    fake.mode = 'hang';
    await waitFor('one tries', async () => {
      void ask(gateway).catch(() => {});
      return (await breaker(gateway)) === 1;
    });

    // Another operation, because equal ones share a response.
    const other = await ask(gateway, QUERY.replace('1', '2'));

    expect(other.codes).toEqual(['trade SUBGRAPH_CIRCUIT_OPEN']);
    expect(other.milliseconds).toBeLessThan(1_000);
  });

  it('stays closed if the subgraph rejects the gateway or returns invalid values', async () => {
    const gateway = await gatewayOver({ breaker: { failures: 2, openMs: 10_000 } });
    for (const mode of ['unauthorized', 'missing'] as const) {
      fake.mode = mode;
      for (let failure = 0; failure < 4; failure++) await ask(gateway);
    }
    fake.mode = 'ok';

    expect((await ask(gateway)).codes).toEqual([]);
  });
});

describe('a fetch', () => {
  it.each([
    ['reset', 2],
    ['unavailable', 2],
    ['html500', 1],
    ['tooMany', 1],
    ['cutOff', 1],
    ['hang', 1],
    ['redirect', 1],
    ['wrongType', 1],
  ] as const)('is retried only if the subgraph cannot have responded: %s, sent %i times', async (mode, times) => {
    const gateway = await gatewayOver({ timeoutMs: 300 });
    fake.mode = mode;

    await ask(gateway);

    expect(fake.requestCount).toBe(times);
  });

  it('returns the complete response if its retry succeeds', async () => {
    const gateway = await gatewayOver({});
    fake.nextModes = ['unavailable'];

    expect((await ask(gateway)).codes).toEqual([]);
    expect(fake.requestCount).toBe(2);
  });

  it('fails if no connection is made within the connect timeout', async () => {
    const url = await takesNoConnections();
    const gateway = await gatewayOver({ connectMs: 200, timeoutMs: 20_000, requestMs: 20_000 }, { trade: url });

    const { codes, milliseconds } = await ask(gateway);

    expect(codes).toEqual(['trade SUBGRAPH_UNAVAILABLE']);
    expect(milliseconds).toBeLessThan(10_000);
  });

  it('uses the timeout that is set for its subgraph', async () => {
    const gateway = await gatewayOver({ timeoutMs: 10_000, requestMs: 10_000, timeoutMsByService: { trade: 100 } });
    fake.mode = 'hang';

    const { codes, milliseconds } = await ask(gateway);

    expect(codes).toEqual(['trade SUBGRAPH_TIMEOUT']);
    expect(milliseconds).toBeLessThan(5_000);
  });

  it('has no more time than the deadline of the request leaves', async () => {
    const slow = await fakeSubgraph(async () => ({}));
    closers.push(() => slow.close());
    slow.mode = 'hang';
    fake.mode = 'slow';
    const gateway = await gatewayOver({ timeoutMs: 10_000, requestMs: 500 }, { actors: slow.url });

    const { codes, milliseconds, data } = await ask(gateway, TWO_STEPS);

    expect(data).toMatchObject({ tradeFigures: { nodes: [{ id: expect.any(String), reporter: null }] } });
    expect(codes).toContain('actors GATEWAY_TIMEOUT');
    expect(milliseconds).toBeLessThan(5_000);
  });

  it('is aborted when the client disconnects, which does not count as a failure of the subgraph', async () => {
    const gateway = await gatewayOver({
      timeoutMs: 30_000,
      requestMs: 30_000,
      breaker: { failures: 1, openMs: 60_000 },
    });
    const sockets: Socket[] = [];
    const silent = createServer((socket) => sockets.push(socket.resume().on('error', () => {}))).listen(0, '127.0.0.1');
    await once(silent, 'listening');
    closers.push(() => silent.close());
    const slowGateway = await gatewayOver(
      { timeoutMs: 30_000, requestMs: 30_000, breaker: { failures: 1, openMs: 60_000 } },
      { trade: `http://127.0.0.1:${(silent.address() as { port: number }).port}/` },
    );
    const client = new AbortController();

    const response = ask(slowGateway, QUERY, client.signal).catch(() => 'gone');
    await waitFor('the subgraph received the request', () => sockets.length === 1);
    client.abort();

    expect(await response).toBe('gone');
    await waitFor('the gateway gave up', () => sockets[0]?.closed === true, 5);
    expect(await breaker(slowGateway)).toBe(0);
    expect((await ask(gateway)).codes).toEqual([]);
  });
});
