import { connect, type Socket } from 'node:net';
import { catalogue as ofGateway } from '@dossier/gateway';
import { catalogue as everywhere } from '@dossier/http-server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { waitFor } from '../support/processes.js';
import { exchange, get, postQuery, postRaw, type RawResponse, request } from './exchange.js';
import { checkErrorPage, checkLogged, checkResponse, checkResponsive, codesSeen } from './invariants.js';
import { federation, operations, size } from './operations.js';
import { startTargets, type Target } from './processes.js';
import { type Case, requests, slow } from './requests.js';
import { readMetrics } from './scrape.js';

// A busy machine may cause one late response; a real defect fails again on retry.
const AGAIN = { retry: 2 };
const GROWTH_MB = 100;
/** The processes with statements, which most operations select. */
const TARGETS = ['embedded', 'gateway', 'statements'];
const NAMES = [...TARGETS, 'actors', 'sanctions', 'trade'];
/** The processes with pages for browsers. */
const PAGE_SERVERS = ['embedded', 'gateway'];
/** For each process, a lookup by id and a large operation that is allowed; the default is that of statements. */
const ROOT: Record<string, string> = { actors: 'actor', sanctions: 'instrument', trade: 'tradeFigure' };
const LARGE: Record<string, string> = {
  statements:
    'statements(first: 100) { totalCount nodes { id summary attribution { status speakers { id } relayChain { carrier { id } medium } } citations { id paragraph } } }',
  actors:
    'actors(first: 100) { totalCount nodes { id name aliases { text } citations { id } } } events(first: 100) { nodes { id label } }',
  sanctions:
    'provisions(first: 100) { totalCount nodes { id paragraph instrument { id symbol } } } provisionLinks(first: 100) { nodes { id relation } }',
  trade: 'tradeFigures(first: 100) { totalCount nodes { id statedAs value period { edtf } citations { id } } }',
};

const EVERYWHERE = [
  'dossier_http_request_duration_seconds',
  'dossier_http_requests_in_flight',
  'dossier_graphql_errors_total',
  'dossier_nodejs_eventloop_lag_seconds',
  'dossier_info',
];
const STORES = [
  'dossier_store_info',
  'dossier_store_age_seconds',
  'dossier_store_available',
  'dossier_sqlite_statement_duration_seconds',
];
const GRAPH = [
  'dossier_graphql_planning_duration_seconds',
  'dossier_cache_hits',
  'dossier_cache_misses',
  'dossier_cache_bytes',
];
const WANTED: Record<string, string[]> = {
  embedded: [...EVERYWHERE, ...STORES, ...GRAPH],
  gateway: [...EVERYWHERE, ...GRAPH],
  statements: [...EVERYWHERE, ...STORES],
  actors: [...EVERYWHERE, ...STORES],
  sanctions: [...EVERYWHERE, ...STORES],
  trade: [...EVERYWHERE, ...STORES],
};

let targets: Target[];
let close: () => Promise<void>;
const before = new Map<string, number>();

beforeAll(async () => {
  codesSeen.clear();
  ({ targets, close } = await startTargets({ REQUEST_TIMEOUT_SECONDS: '3' }));
  for (const target of targets) {
    for (let time = 0; time < 20; time++) await checkResponsive(target);
    before.set(target.name, target.memory());
  }
});
afterAll(() => close?.());

const named = (name: string): Target => targets.find((target) => target.name === name) as Target;

/** The headers of a response without those that differ in every response. */
const sameForEvery = (answer: RawResponse | null): Record<string, string> => {
  const { date: _date, 'x-request-id': _id, ...headers } = answer?.headers ?? {};
  return headers;
};

async function hold(target: Target, [, sent, status, code]: Case, slack = 0): Promise<void> {
  const answer = await exchange(target.port, sent);

  if (!answer) throw new Error('There was no answer.');
  const isPage = status === 'refused as a page' && PAGE_SERVERS.includes(target.name);
  if (isPage) checkErrorPage(answer, slack);
  else checkResponse(answer, slack);
  if (typeof status === 'number') expect(answer.status, answer.text.slice(0, 300)).toBe(status);
  if (String(status).startsWith('refused'))
    expect(answer.status, answer.text.slice(0, 300)).toBeGreaterThanOrEqual(400);
  if (code) expect(answer.text).toContain(`"code":"${code}"`);
  if (answer.status === 405) expect(answer.headers['allow']).toMatch(/GET|POST/);
  await Promise.all([checkLogged(target, answer), checkResponsive(target)]);
}

describe.each(NAMES)('%s meets the invariants for a request:', (name) => {
  it.each(requests)('%s', AGAIN, async (...hostile) => hold(named(name), hostile));
  it.each(federation)('%s', AGAIN, async (...hostile) => hold(named(name), hostile));
});

describe.each(TARGETS)('%s meets the invariants for an operation:', (name) => {
  it.each(operations)('%s', AGAIN, async (...hostile) => hold(named(name), hostile));
  it.each(size)('%s', AGAIN, async (...hostile) => hold(named(name), hostile));
});

// At the same time, since each waits for the timeouts of its process.
describe.concurrent('slow clients', () => {
  it.each(NAMES)('are disconnected by %s', async (name) => {
    await Promise.all(slow.map((hostile) => hold(named(name), hostile, 5_000)));
  });
});

describe.each(NAMES)('%s', (name) => {
  it.each([
    ['a valid query', '/graphql?query=%7B__typename%7D', 200],
    ['no query', '/graphql', 400],
    ['an unknown path', '/graphq', 404],
  ])('responds to HEAD with the status and headers of the GET and without a body: %s', async (_, path, status) => {
    const send = (method: string) =>
      exchange(named(name).port, [request(method, path, { 'apollo-require-preflight': '1' })]);
    const [head, whole] = [await send('HEAD'), await send('GET')];

    expect([head?.status, head?.text, whole?.status]).toEqual([status, '', status]);
    expect(whole?.text).not.toBe('');
    expect(sameForEvery(head)).toEqual(sameForEvery(whole));
  });

  it('rejects PUT with 405 and the allowed methods', async () => {
    const answer = await exchange(named(name).port, [request('PUT', '/graphql')]);

    expect([answer?.status, answer?.headers['allow']]).toEqual([405, 'GET, HEAD, POST, OPTIONS']);
    expect(answer?.text).toContain('"code":"METHOD_NOT_ALLOWED"');
  });

  it('continues to serve after clients disconnect at any point', async () => {
    const whole = postRaw(JSON.stringify({ query: '{ statements(first: 100) { nodes { id summary } } }' }));
    const cut = Array.from({ length: 40 }, (_, at) => whole.subarray(0, Math.ceil((whole.length * (at + 1)) / 40)));
    await Promise.all(cut.map((bytes) => leave(named(name).port, bytes)));
    await checkResponsive(named(name));
  });

  it('responds to a small request at once while 64 large unknown ones are waiting', AGAIN, async () => {
    const target = named(name);
    const large = Array.from({ length: 64 }, (_, at) =>
      exchange(
        target.port,
        [postQuery(`query Large${at}_${Date.now()} { ${LARGE[name] ?? LARGE['statements']} }`)],
        30_000,
      ),
    );
    for (let time = 0; time < 5; time++) await checkResponsive(target);

    const statuses = (await Promise.all(large)).map((answer) => answer?.status);
    expect(new Set(statuses)).toEqual(new Set([200]));
  });

  it('uses little memory for 30 concurrent bodies of 50 MB each', async () => {
    const target = named(name);
    const bombs = requests.flatMap(([title, sent]) => (title.startsWith('50 MB compressed') ? [sent] : []));
    expect(bombs.length).toBeGreaterThan(0);
    const held = target.memory();
    const statuses = await Promise.all(
      Array.from({ length: 30 }, (_, at) =>
        exchange(target.port, bombs[at % bombs.length] ?? []).then((answer) => answer?.status),
      ),
    );

    expect(new Set(statuses)).toEqual(new Set([413]));
    expect(target.memory() - held).toBeLessThan(GROWTH_MB);
    await checkResponsive(target);
  });

  it('continues to serve with 300 idle connections', async () => {
    const { port } = named(name);
    const idle = await Promise.all(Array.from({ length: 300 }, () => open(port)));
    await checkResponsive(named(name));
    for (const socket of idle) socket.destroy();
  });

  it('logs the operation, but neither credentials nor variables', async () => {
    const secrets = { authorization: 'Bearer s3cret', cookie: 'session=s3cret' };
    const body = {
      query: `query Named($id: ID!) { ${ROOT[name] ?? 'statement'}(id: $id) { id } }`,
      variables: { id: 's3cret' },
    };
    for (const sent of [
      postRaw(JSON.stringify(body), secrets),
      get({ query: body.query, variables: JSON.stringify(body.variables) }, secrets),
    ]) {
      await checkLogged(named(name), (await exchange(named(name).port, [sent])) as RawResponse);
    }

    expect(named(name).hasLogged('s3cret')).toBe(false);
    expect(named(name).hasLogged('"method":"GET","status":200') && named(name).hasLogged('"operation":"Named"')).toBe(
      true,
    );
  });

  it('serves valid Prometheus metrics, whose number does not grow with hostile requests', async () => {
    const { text } = (await exchange(named(name).port, [request('GET', '/metrics')])) as RawResponse;
    const metrics = readMetrics(text);
    const series = [...metrics.values()].flatMap((family) => family.series);

    for (const [metric, { type, help }] of metrics)
      expect([metric, type, help]).toEqual([
        expect.stringMatching(/^dossier_/),
        expect.stringMatching(/^(counter|gauge|histogram|summary)$/),
        expect.stringMatching(/\w/),
      ]);
    for (const wanted of WANTED[name] ?? []) expect([...metrics.keys()]).toContain(wanted);
    expect(series.length).toBeLessThan(600);
    expect(metrics.get('dossier_http_requests_in_flight')?.series[0]?.value).toBe(1);
    const codes = metrics.get('dossier_graphql_errors_total')?.series.map(({ labels }) => labels['code']);
    expect(codes).toEqual(
      expect.arrayContaining(['BAD_REQUEST', 'GRAPHQL_PARSE_FAILED', 'PAYLOAD_TOO_LARGE', 'REQUEST_TIMEOUT']),
    );
  });

  it('is still the same process, and has not grown', async () => {
    expect(named(name).isRunning()).toBe(true);
    // Memory that is no longer referenced is released with some delay.
    await waitFor(`${name} holds no more than it did`, async () => {
      await checkResponsive(named(name));
      return named(name).memory() - (before.get(name) ?? 0) < GROWTH_MB;
    });
  });
});

it('every code that was sent is in a catalogue', () => {
  const known = new Set([...Object.keys(everywhere), ...Object.keys(ofGateway)]);

  expect([...codesSeen].filter((code) => !known.has(code))).toEqual([]);
  expect(codesSeen.size).toBeGreaterThan(10);
});

async function open(port: number): Promise<Socket> {
  const socket = connect(port, '127.0.0.1').on('error', () => {});
  await new Promise((opened) => socket.once('connect', opened));
  return socket;
}

async function leave(port: number, bytes: Buffer): Promise<void> {
  const socket = await open(port);
  await new Promise((sent) => socket.write(bytes, sent));
  socket.resetAndDestroy();
}
