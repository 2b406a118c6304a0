import { connect } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { type CodeMeaning, catalogue } from '../errors/catalogue.js';
import { soon, startTestServer, type TestServer } from '../testServer.js';

let server: TestServer | undefined;
afterEach(() => server?.close());

const query = 'query ($of: String) { castle(of: $of) }';
const statusOf = async (url: string): Promise<number | string> =>
  fetch(url).then(
    ({ status }) => status,
    () => 'nobody',
  );

it('says why it is not ready, while it lives', async () => {
  let reason: string | null = 'no store';
  server = await startTestServer(() => ({ data: {} }), { readiness: () => reason });

  const response = await fetch(`${server.base}readyz`);

  expect([response.status, await response.json()]).toEqual([
    503,
    { status: 'DOWN', reason: 'no store', service: 'castles' },
  ]);
  expect(
    await Promise.all(
      ['health?ready', 'health', 'health?live', 'healthz'].map((path) => statusOf(`${server?.base}${path}`)),
    ),
  ).toEqual([503, 503, 200, 200]);
  reason = null;
  expect(await statusOf(`${server.base}readyz`)).toBe(200);
});

it('is not ready from the moment it announces to stop, and keeps no connection when it drains; it answers still', async () => {
  server = await startTestServer(() => ({ data: { castle: null } }));

  server.announceStop();
  expect(await statusOf(`${server.base}readyz`)).toBe(503);
  const kept = await server.post({ query });
  expect([kept.status, kept.headers.get('connection'), (await kept.json()) !== null]).toEqual([
    200,
    'keep-alive',
    true,
  ]);
  server.drain();

  const answer = await server.post({ query });
  expect([answer.status, answer.headers.get('connection')]).toEqual([200, 'close']);
});

it('finishes what is under way when it closes, and takes nothing new', async () => {
  server = await startTestServer(
    async () => {
      await soon(300);
      return { data: { castle: 'done' } };
    },
    { probePort: 0 },
  );
  const underWay = server.post({ query });
  await soon(100);

  const closed = server.close();
  await soon(20);
  const late = await server.post({ query }).then(
    async (answer) => [answer.status, answer.headers.get('retry-after'), await answer.text()],
    () => 'nobody',
  );
  const ready = await statusOf(`${server.probeUrl.replace('localhost', '127.0.0.1')}readyz`);

  expect(await (await underWay).json()).toEqual({ data: { castle: 'done' } });
  expect(ready).toBe(503);
  expect(late).toBe('nobody');
  await closed;
});

it('tells who comes too late that it is stopping, and when to come again', async () => {
  server = await startTestServer(() => ({ data: { castle: null } }));
  const body = JSON.stringify({ query });
  const socket = connect(Number(new URL(server.base).port), '127.0.0.1');
  const said = new Promise<string>((told) => {
    let text = '';
    socket.on('data', (chunk) => {
      text += chunk;
    });
    socket.on('close', () => told(text));
  });
  socket.write('POST /graphql HTTP/1.1\r\nhost: a\r\n');
  await soon();

  const closed = server.close();
  await soon();
  socket.write(`content-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`);

  expect(await said).toMatch(/^HTTP\/1\.1 503 [\s\S]*retry-after: 1\r\n[\s\S]*"code":"SHUTTING_DOWN"/);
  await closed;
  expect(server.requests()).toMatchObject([{ status: 503 }]);
});

it('has probes and metrics on a port of their own only, where it is given one', async () => {
  server = await startTestServer(() => ({ data: {} }), { probePort: 0 });
  const probes = server.probeUrl.replace('localhost', '127.0.0.1');

  expect(probes).not.toBe(server.base);
  expect(
    await Promise.all(['health', 'healthz', 'readyz', 'metrics'].map((path) => statusOf(`${probes}${path}`))),
  ).toEqual([200, 200, 200, 200]);
  expect(
    await Promise.all(['health', 'healthz', 'readyz', 'metrics'].map((path) => statusOf(`${server?.base}${path}`))),
  ).toEqual([404, 404, 404, 404]);
  expect(await statusOf(`${probes}graphql`)).toBe(404);
});

it('has a sentence and a remedy for every code', () => {
  for (const { sentence, remedy } of Object.values(catalogue) as CodeMeaning[])
    for (const text of [sentence, remedy]) expect(text).toMatch(/^[A-Z].*\.$/s);
});
