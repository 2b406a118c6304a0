import { connect } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { type CodeMeaning, catalogue } from '../errors/catalogue.js';
import { startTestServer, type TestServer, wait } from '../testing/testServer.js';

let server: TestServer | undefined;
afterEach(() => server?.close());

const query = 'query ($of: String) { castle(of: $of) }';
const statusOf = async (url: string): Promise<number | string> =>
  fetch(url).then(
    ({ status }) => status,
    () => 'no response',
  );

it('reports why it is not ready, and that it is live', async () => {
  let reason: string | null = 'no store';
  server = await startTestServer(() => ({ data: {} }), { notReadyReason: () => reason });

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

it('is not ready after announceStop(), closes connections after drain(), and still handles requests', async () => {
  server = await startTestServer(() => ({ data: { castle: null } }));

  server.announceStop();
  expect(await statusOf(`${server.base}readyz`)).toBe(503);
  const beforeDrain = await server.post({ query });
  expect([beforeDrain.status, beforeDrain.headers.get('connection'), (await beforeDrain.json()) !== null]).toEqual([
    200,
    'keep-alive',
    true,
  ]);
  server.drain();

  const answer = await server.post({ query });
  expect([answer.status, answer.headers.get('connection')]).toEqual([200, 'close']);
});

it('completes requests in progress when it closes, and accepts no new ones', async () => {
  server = await startTestServer(
    async () => {
      await wait(300);
      return { data: { castle: 'done' } };
    },
    { probePort: 0 },
  );
  const inProgress = server.post({ query });
  await wait(100);

  const closed = server.close();
  await wait(20);
  const late = await server.post({ query }).then(
    async (answer) => [answer.status, answer.headers.get('retry-after'), await answer.text()],
    () => 'no response',
  );
  const ready = await statusOf(`${server.probeUrl.replace('localhost', '127.0.0.1')}readyz`);

  expect(await (await inProgress).json()).toEqual({ data: { castle: 'done' } });
  expect(ready).toBe(503);
  expect(late).toBe('no response');
  await closed;
});

it('responds to late requests with SHUTTING_DOWN and retry-after', async () => {
  server = await startTestServer(() => ({ data: { castle: null } }));
  const body = JSON.stringify({ query });
  const socket = connect(Number(new URL(server.base).port), '127.0.0.1');
  const received = new Promise<string>((resolve) => {
    let text = '';
    socket.on('data', (chunk) => {
      text += chunk;
    });
    socket.on('close', () => resolve(text));
  });
  socket.write('POST /graphql HTTP/1.1\r\nhost: a\r\n');
  await wait();

  const closed = server.close();
  await wait();
  socket.write(`content-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`);

  expect(await received).toMatch(/^HTTP\/1\.1 503 [\s\S]*retry-after: 1\r\n[\s\S]*"code":"SHUTTING_DOWN"/);
  await closed;
  expect(server.requests()).toMatchObject([{ status: 503 }]);
});

it('serves probes and metrics only on their separate port if there is one', async () => {
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
