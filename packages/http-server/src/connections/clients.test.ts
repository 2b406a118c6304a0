import { afterEach, expect, it, vi } from 'vitest';
import type { RequestContext } from '../request/requestContext.js';
import { startTestServer, type TestServer, wait } from '../testing/testServer.js';

let server: TestServer | undefined;
afterEach(() => server?.close());

const query = 'query ($of: String) { castle(of: $of) }';
const WAIT = { timeout: 5_000 };
const cache = { maxBytes: 100_000, maxAgeMs: null, stateOf: () => () => 'one' };

/** A server whose engine records its executions, and completes "slow" ones when they are aborted or after a while. */
async function serve(options = {}) {
  const runs: { of: unknown; context: RequestContext }[] = [];
  server = await startTestServer(async ({ of = null }, request) => {
    const context = request as RequestContext;
    runs.push({ of, context });
    if (of === 'slow')
      await Promise.race([wait(1_500), new Promise((aborted) => context.signal.addEventListener('abort', aborted))]);
    return { data: { castle: of } };
  }, options);
  return { server, runs };
}

/** Number of requests in progress, except for the one that reads the metric. */
async function inProgress(): Promise<number> {
  const text = await (await fetch(`${server?.base}metrics`)).text();
  return Number(/dossier_http_requests_in_flight\{service="castles"\} (\d+)/.exec(text)?.[1]) - 1;
}

it('aborts the execution when its client disconnects', async () => {
  const { server, runs } = await serve();
  for (const time of [1, 2]) {
    const client = new AbortController();
    const disconnected = server
      .post({ query, variables: { of: 'slow' } }, {}, client.signal)
      .catch(() => 'disconnected');
    await vi.waitFor(() => expect(runs).toHaveLength(time), WAIT);
    client.abort();
    await disconnected;
    await vi.waitFor(() => expect(runs.at(-1)?.context.signal.aborted).toBe(true), WAIT);
  }
});

it('does not abort the execution while its client waits', async () => {
  const { server, runs } = await serve();

  for (const _time of [1, 2]) await (await server.post({ query, variables: { of: 'slow' } })).text();

  expect(runs.map(({ context }) => context.signal.aborted)).toEqual([false, false]);
});

it('aborts a shared execution only when all its clients have disconnected', async () => {
  const { server, runs } = await serve({ cache });
  await (await server.post({ query, variables: { of: 'a' } })).text();
  const clients = [new AbortController(), new AbortController()];
  const responses = clients.map(({ signal }) =>
    server
      .post({ query, variables: { of: 'slow' } }, {}, signal)
      .then((answer) => answer.text())
      .catch(() => 'disconnected'),
  );
  await vi.waitFor(async () => expect(await inProgress()).toBe(2), WAIT);

  clients[0]?.abort();
  await vi.waitFor(async () => expect(await inProgress()).toBe(1), WAIT);
  expect(runs.at(-1)?.context.signal.aborted).toBe(false);
  clients[1]?.abort();

  await vi.waitFor(() => expect(runs.at(-1)?.context.signal.aborted).toBe(true), WAIT);
  expect(runs.filter(({ of }) => of === 'slow')).toHaveLength(1);
  expect(await Promise.all(responses)).toEqual(['disconnected', 'disconnected']);
});

it('executes an aborted operation again for a later client', async () => {
  const { server, runs } = await serve({ cache });
  await (await server.post({ query, variables: { of: 'a' } })).text();
  const client = new AbortController();
  const disconnected = server.post({ query, variables: { of: 'slow' } }, {}, client.signal).catch(() => 'disconnected');
  await vi.waitFor(() => expect(runs).toHaveLength(2), WAIT);
  client.abort();
  await disconnected;

  expect(await (await server.post({ query, variables: { of: 'slow' } })).json()).toEqual({ data: { castle: 'slow' } });
});

it('logs a disconnected client once, and no longer counts it as in progress', async () => {
  const { server, runs } = await serve();
  const client = new AbortController();
  const disconnected = server
    .post({ query, variables: { of: 'slow' } }, { 'x-request-id': 'disconnecting' }, client.signal)
    .catch(() => 'disconnected');
  await vi.waitFor(() => expect(runs).toHaveLength(1), WAIT);
  client.abort();
  await disconnected;

  await vi.waitFor(async () => expect(await inProgress()).toBe(0), WAIT);
  expect(server.requests().filter(({ requestId }) => requestId === 'disconnecting')).toMatchObject([{ status: 499 }]);
});

it('rejects only the client above the rate limit, with the seconds to wait', async () => {
  const { server } = await serve({ rateLimit: { perMinute: 3, header: 'x-forwarded-for' } });
  const send = (client: string) => server.post({ query }, { 'x-forwarded-for': `10.0.0.1, ${client}` });

  const responses = [];
  for (const client of ['a', 'a', 'a', 'a', 'b']) responses.push(await send(client));

  expect(responses.map(({ status }) => status)).toEqual([200, 200, 200, 429, 200]);
  expect(Number(responses[3]?.headers.get('retry-after'))).toBeGreaterThan(0);
  expect(await responses[3]?.json()).toEqual({
    errors: [{ message: 'This client has sent too many requests.', extensions: { code: 'TOO_MANY_REQUESTS' } }],
  });
  expect((await fetch(`${server.base}health`, { headers: { 'x-forwarded-for': 'a' } })).status).toBe(200);
});
