import { connect } from 'node:net';
import { describe, expect, it } from 'vitest';
import { startTestServer, type TestServer, wait } from '../testing/testServer.js';
import type { OperationEndpoint } from './operationEndpoint.js';

const QUERY = { query: '{ castle }', operationName: null, variables: {} };
const HEADERS = { 'content-type': 'application/json' };

/** An endpoint that executes one operation for each request, and responds with its result. */
function castleEndpoint(onClose: () => void = () => {}): OperationEndpoint {
  return {
    path: '/castles',
    handle: async ({ body, execute }) => Response.json({ sent: body, result: await execute(QUERY) }),
    formatError: (code, message, isParsing) => JSON.stringify({ code, message, isParsing }),
    close: async () => onClose(),
  };
}

const post = (server: TestServer, body: string, headers: Record<string, string> = {}) =>
  fetch(`${server.base}castles`, { method: 'POST', headers: { ...HEADERS, ...headers }, body });

/** Sends the beginning of a request, waits, and sends the rest; resolves with everything that the server sends. */
function sendRaw(
  { base }: TestServer,
  header: string,
  body: string,
  between: () => Promise<void> | void = () => {},
): Promise<string> {
  const { hostname, port } = new URL(base);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname);
    let text = '';
    socket.on('data', (chunk) => {
      text += chunk.toString();
    });
    socket.once('close', () => resolve(text));
    socket.once('error', reject);
    socket.write(`POST /castles HTTP/1.1\r\nhost: ${hostname}\r\nconnection: close\r\n`);
    void (async () => {
      await wait();
      await between();
      socket.write(`content-type: application/json\r\n${header}\r\n\r\n${body}`);
    })();
  });
}

describe('an endpoint with a protocol of its own', () => {
  it('executes operations of its own, also where clients may only send trusted documents', async () => {
    const server = await startTestServer(() => ({ data: { castle: 'Zenda' } }), {
      endpoints: [castleEndpoint()],
      trustedOnly: true,
      trusted: { find: () => undefined, has: () => false },
    });

    const response = await post(server, '[1]');

    expect([response.status, await response.json()]).toEqual([
      200,
      { sent: [1], result: { data: { castle: 'Zenda' } } },
    ]);
    expect((await server.post(QUERY)).status).toBe(403);
    await server.close();
  });

  it('has errors in its own format', async () => {
    const server = await startTestServer(() => ({ data: {} }), { endpoints: [castleEndpoint()] });

    const invalid = await post(server, '{');
    const foreign = await post(server, '{}', { origin: 'https://other.invalid' });
    const own = await post(server, '{}', { origin: server.base.slice(0, -1) });

    expect([invalid.status, await invalid.json()]).toMatchObject([400, { code: 'BAD_REQUEST', isParsing: true }]);
    expect([foreign.status, await foreign.json()]).toMatchObject([
      403,
      { code: 'ORIGIN_NOT_ALLOWED', isParsing: false },
    ]);
    expect(own.status).toBe(200);
    await server.close();
  });

  it('rejects a body that does not arrive in time, in its own format', async () => {
    const server = await startTestServer(() => ({ data: {} }), {
      endpoints: [castleEndpoint()],
      timeouts: { headers: 100, request: 200 },
    });
    const { hostname, port } = new URL(server.base);

    const response = await new Promise<string>((resolve, reject) => {
      const socket = connect(Number(port), hostname);
      let text = '';
      socket.on('data', (chunk) => {
        text += chunk.toString();
      });
      socket.once('close', () => resolve(text));
      socket.once('error', reject);
      socket.write(
        `POST /castles HTTP/1.1\r\nhost: ${hostname}\r\ncontent-type: application/json\r\ncontent-length: 9\r\n\r\n{`,
      );
    });

    expect(response).toMatch(/^HTTP\/1\.1 408 /);
    expect(JSON.parse(response.slice(response.indexOf('{')))).toMatchObject({ code: 'REQUEST_TIMEOUT' });
    await server.close();
  });

  it.each<[string, string, RegExp]>([
    ['too large a body', `content-length: ${2 * 1024 * 1024}`, /^HTTP\/1\.1 413 /],
    ['an encoding that it does not know', 'content-length: 2\r\ncontent-encoding: zip', /^HTTP\/1\.1 415 /],
  ])('rejects %s in its own format, as JSON', async (_name, header, expected) => {
    const server = await startTestServer(() => ({ data: {} }), { endpoints: [castleEndpoint()] });

    const response = await sendRaw(server, header, '{}');

    expect(response).toMatch(expected);
    expect(response).toMatch(/content-type: application\/json/);
    expect(JSON.parse(response.slice(response.indexOf('{')))).toMatchObject({
      code: expect.any(String),
      isParsing: expect.any(Boolean),
    });
    await server.close();
  });

  it('rejects requests in its own format while the server closes, with retry-after', async () => {
    const server = await startTestServer(() => ({ data: {} }), { endpoints: [castleEndpoint()] });
    let closed: Promise<void> | undefined;

    const response = await sendRaw(server, 'content-length: 2', '{}', () => {
      closed = server.close();
      return wait();
    });

    expect(response).toMatch(/^HTTP\/1\.1 503 [\s\S]*retry-after: 1\r\n/);
    expect(JSON.parse(response.slice(response.indexOf('{')))).toMatchObject({ code: 'SHUTTING_DOWN' });
    await closed;
  });

  it('has its operations cancelled when the client disconnects', async () => {
    let started = (_signal: AbortSignal): void => {};
    const signal = new Promise<AbortSignal>((resolve) => {
      started = resolve;
    });
    const server = await startTestServer(
      (_variables, context) =>
        new Promise((resolve) => {
          started(context.signal);
          context.signal.addEventListener('abort', () => resolve({ data: {} }), { once: true });
        }),
      { endpoints: [castleEndpoint()] },
    );
    const controller = new AbortController();

    const sent = fetch(`${server.base}castles`, {
      method: 'POST',
      headers: HEADERS,
      body: '{}',
      signal: controller.signal,
    });
    const executing = await signal;
    const aborted = new Promise((resolve) => executing.addEventListener('abort', resolve, { once: true }));
    controller.abort();

    await expect(sent).rejects.toThrow();
    await aborted;
    await server.close();
  });

  it('completes requests in progress when the server closes, and is closed after them', async () => {
    const order: string[] = [];
    let finish = (): void => {};
    let started = (): void => {};
    const isStarted = new Promise<void>((resolve) => {
      started = resolve;
    });
    const server = await startTestServer(
      () =>
        new Promise((resolve) => {
          started();
          finish = () => {
            order.push('finished');
            resolve({ data: { castle: 'Zenda' } });
          };
        }),
      { endpoints: [castleEndpoint(() => order.push('closed'))] },
    );

    const response = post(server, '{}').then((result) => result.json());
    await isStarted;
    const closed = server.close();
    finish();

    expect(await response).toMatchObject({ result: { data: { castle: 'Zenda' } } });
    await closed;
    expect(order).toEqual(['finished', 'closed']);
  });
});
