import { afterEach, expect, it, vi } from 'vitest';
import type { RequestContext } from '../request/requestContext.js';
import { soon, startTestServer, type TestServer } from '../testServer.js';

let server: TestServer | undefined;
afterEach(() => server?.close());

const query = 'query ($of: String) { castle(of: $of) }';
const WAIT = { timeout: 5_000 };
const cache = { bytes: 100_000, milliseconds: null, revision: () => 'one' };

/** A server whose engine notes each run, and answers for "slow" when it is aborted or after a while. */
async function serve(options = {}) {
  const runs: { of: unknown; context: RequestContext }[] = [];
  server = await startTestServer(async ({ of = null }, request) => {
    const context = request as RequestContext;
    runs.push({ of, context });
    if (of === 'slow')
      await Promise.race([soon(1_500), new Promise((aborted) => context.signal.addEventListener('abort', aborted))]);
    return { data: { castle: of } };
  }, options);
  return { server, runs };
}

/** Requests under way, this look at them left out. */
async function underWay(): Promise<number> {
  const text = await (await fetch(`${server?.base}metrics`)).text();
  return Number(/dossier_http_requests_in_flight\{service="castles"\} (\d+)/.exec(text)?.[1]) - 1;
}

it('aborts what was begun for a client that goes away, the first time and from then on', async () => {
  const { server, runs } = await serve();
  for (const time of [1, 2]) {
    const client = new AbortController();
    const gone = server.post({ query, variables: { of: 'slow' } }, {}, client.signal).catch(() => 'gone');
    await vi.waitFor(() => expect(runs).toHaveLength(time), WAIT);
    client.abort();
    await gone;
    await vi.waitFor(() => expect(runs.at(-1)?.context.signal.aborted).toBe(true), WAIT);
  }
});

it('aborts nothing of a client that waits', async () => {
  const { server, runs } = await serve();

  for (const _time of [1, 2]) await (await server.post({ query, variables: { of: 'slow' } })).text();

  expect(runs.map(({ context }) => context.signal.aborted)).toEqual([false, false]);
});

it('goes on for those who wait, when one of them goes away, and stops when all have', async () => {
  const { server, runs } = await serve({ cache });
  await (await server.post({ query, variables: { of: 'a' } })).text();
  const clients = [new AbortController(), new AbortController()];
  const answers = clients.map(({ signal }) =>
    server
      .post({ query, variables: { of: 'slow' } }, {}, signal)
      .then((answer) => answer.text())
      .catch(() => 'gone'),
  );
  await vi.waitFor(async () => expect(await underWay()).toBe(2), WAIT);

  clients[0]?.abort();
  await vi.waitFor(async () => expect(await underWay()).toBe(1), WAIT);
  expect(runs.at(-1)?.context.signal.aborted).toBe(false);
  clients[1]?.abort();

  await vi.waitFor(() => expect(runs.at(-1)?.context.signal.aborted).toBe(true), WAIT);
  expect(runs.filter(({ of }) => of === 'slow')).toHaveLength(1);
  expect(await Promise.all(answers)).toEqual(['gone', 'gone']);
});

it('runs anew what was aborted, for who comes later', async () => {
  const { server, runs } = await serve({ cache });
  await (await server.post({ query, variables: { of: 'a' } })).text();
  const client = new AbortController();
  const gone = server.post({ query, variables: { of: 'slow' } }, {}, client.signal).catch(() => 'gone');
  await vi.waitFor(() => expect(runs).toHaveLength(2), WAIT);
  client.abort();
  await gone;

  expect(await (await server.post({ query, variables: { of: 'slow' } })).json()).toEqual({ data: { castle: 'slow' } });
});

it('logs a client that went away once, and counts it as no longer under way', async () => {
  const { server, runs } = await serve();
  const client = new AbortController();
  const gone = server
    .post({ query, variables: { of: 'slow' } }, { 'x-request-id': 'leaver' }, client.signal)
    .catch(() => 'gone');
  await vi.waitFor(() => expect(runs).toHaveLength(1), WAIT);
  client.abort();
  await gone;

  await vi.waitFor(async () => expect(await underWay()).toBe(0), WAIT);
  expect(server.requests().filter(({ requestId }) => requestId === 'leaver')).toMatchObject([{ status: 499 }]);
});

it('refuses who asks too often, with the seconds to wait, and nobody else', async () => {
  const { server } = await serve({ rateLimit: { perMinute: 3, header: 'x-forwarded-for' } });
  const ask = (client: string) => server.post({ query }, { 'x-forwarded-for': `10.0.0.1, ${client}` });

  const answers = [];
  for (const client of ['a', 'a', 'a', 'a', 'b']) answers.push(await ask(client));

  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 429, 200]);
  expect(Number(answers[3]?.headers.get('retry-after'))).toBeGreaterThan(0);
  expect(await answers[3]?.json()).toEqual({
    errors: [{ message: 'This client has sent too many requests.', extensions: { code: 'TOO_MANY_REQUESTS' } }],
  });
  expect((await fetch(`${server.base}health`, { headers: { 'x-forwarded-for': 'a' } })).status).toBe(200);
});
