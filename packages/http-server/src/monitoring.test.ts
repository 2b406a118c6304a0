import { connect } from 'node:net';
import { buildSchema } from 'graphql';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type RunningServer, startServer } from './server.js';
import { startTestServer } from './testing/testServer.js';

let running: RunningServer;
let base: string;
let lines: Record<string, unknown>[] = [];

beforeEach(async () => {
  lines = [];
  running = await startServer({
    port: 0,
    host: '127.0.0.1',
    execution: {
      engine: {
        schema: buildSchema('type Query { castle: String }'),
        prepare: () => ({
          planFor: () => ({
            sources: null,
            execute: () => ({
              data: { castle: null },
              errors: [{ message: 'No.', path: ['castle'], extensions: { code: 'LOST' } }],
            }),
          }),
        }),
      },
    },
    service: 'castles',
    info: { revision: 'r1' },
    log: pino({ level: 'info' }, { write: (line: string) => lines.push(JSON.parse(line)) }),
  });
  base = running.url.replace('localhost', '127.0.0.1');
});
afterEach(() => running.close());

const post = (body: string, headers: Record<string, string> = {}) =>
  fetch(`${base}graphql`, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body });

describe('for operators, a server', () => {
  it.each(['health', 'health?live', 'health?ready', 'healthz', 'readyz'])(
    'reports at /%s that it is up, and its revision',
    async (path) => {
      const response = await fetch(`${base}${path}`);
      expect([response.status, await response.json()]).toEqual([
        200,
        { status: 'UP', service: 'castles', revision: 'r1' },
      ]);
    },
  );

  it('exports metrics of requests, errors by code and properties of the process', async () => {
    for (let time = 0; time < 3; time++) await post('{"query":"{ castle }"}');
    const text = await (await fetch(`${base}metrics`)).text();
    expect(text).toMatch(/dossier_graphql_errors_total\{code="LOST",service="castles"\} 3/);
    expect(text).toContain(
      'dossier_http_request_duration_seconds_count{service="castles",method="POST",status="2xx"} 3',
    );
    expect(text).toContain('dossier_info{revision="r1",service="castles"} 1');
    expect(text).toContain('dossier_nodejs_eventloop_lag');
  });

  it('logs one line per request, with the id in the response and without variables', async () => {
    const response = await post(
      '{"query":"query Rooms { castle }","operationName":"Rooms","variables":{"of":"secret"}}',
      { 'x-request-id': 'abc-1' },
    );
    expect(response.headers.get('x-request-id')).toBe('abc-1');
    await response.text();
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(lines.filter(({ msg }) => msg === 'request')).toMatchObject([
      {
        requestId: 'abc-1',
        method: 'POST',
        status: 200,
        operation: 'Rooms',
        digest: expect.stringMatching(/^[0-9a-f]{16}$/),
      },
    ]);
    expect(JSON.stringify(lines)).not.toContain('secret');
  });

  it('generates a request id if the client sends no valid one', async () => {
    for (const id of [undefined, 'a b', 'x'.repeat(65), '{"a":1}']) {
      const { headers } = await post('{"query":"{ castle }"}', id ? { 'x-request-id': id } : {});
      expect(headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
    }
  });
});

describe('an invalid request', () => {
  it.each<[what: string, path: string, init: RequestInit, status: number, code: string]>([
    [
      'invalid JSON',
      'graphql',
      { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{' },
      400,
      'BAD_REQUEST',
    ],
    [
      'an empty body',
      'graphql',
      { method: 'POST', headers: { 'content-type': 'application/json' }, body: '' },
      400,
      'BAD_REQUEST',
    ],
    [
      'an unsupported content type',
      'graphql',
      { method: 'POST', headers: { 'content-type': 'text/xml' }, body: '<a/>' },
      415,
      'UNSUPPORTED_MEDIA_TYPE',
    ],
    [
      'a body that is too large',
      'graphql',
      {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query: 'x'.repeat(1_100_000) }),
      },
      413,
      'PAYLOAD_TOO_LARGE',
    ],
    ['an unsupported method', 'graphql', { method: 'DELETE' }, 405, 'METHOD_NOT_ALLOWED'],
    ['an unknown URL', 'nothing', {}, 404, 'NOT_FOUND'],
  ])('gets an error in JSON with a code: %s', async (_, path, init, status, code) => {
    const response = await fetch(`${base}${path}`, init);
    const answer = JSON.parse(await response.text());
    expect([response.status, answer.errors[0].extensions.code, 'data' in answer]).toEqual([status, code, false]);
    if (status === 405) expect(response.headers.get('allow')).toContain('POST');
  });

  it('gets an error with an id on the port of the probes, too, and is logged', async () => {
    const { probeUrl, requests, close } = await startTestServer(async () => ({ data: { castle: null } }), {
      probePort: 0,
    });
    const probes = probeUrl.replace('localhost', '127.0.0.1');

    const responses = await Promise.all([
      fetch(`${probes}nothing`),
      fetch(`${probes}%ff`),
      fetch(`${probes}graphql`),
      fetch(`${probes}metrics`, { method: 'POST' }),
    ]);
    const errors = await Promise.all(
      responses.map(async (response) => [
        response.status,
        ((await response.json()) as { errors: { extensions: object }[] }).errors[0]?.extensions,
      ]),
    );
    await close();

    expect(errors).toEqual(
      [404, 400, 404, 405].map((status) => [
        status,
        { code: { 404: 'NOT_FOUND', 400: 'BAD_REQUEST', 405: 'METHOD_NOT_ALLOWED' }[status] },
      ]),
    );
    expect(responses[3]?.headers.get('allow')).toBe('GET, HEAD');
    expect(
      requests()
        .map(({ requestId }) => requestId)
        .sort(),
    ).toEqual(responses.map(({ headers }) => headers.get('x-request-id')).sort());
  });

  it.each([
    [
      'headers that are too large',
      `GET /graphql HTTP/1.1\r\nhost: a\r\nx: ${'y'.repeat(40_000)}\r\n\r\n`,
      431,
      'HEADERS_TOO_LARGE',
    ],
    ['invalid HTTP', 'HELLO\r\n\r\n', 400, 'BAD_REQUEST'],
  ])('gets an error even with %s', async (_, text, status, code) => {
    const port = Number(new URL(base).port);
    const answer = await new Promise<string>((resolve) => {
      let received = '';
      const socket = connect(port, '127.0.0.1', () => socket.write(text));
      socket.on('data', (chunk) => {
        received += chunk;
      });
      socket.on('close', () => resolve(received));
    });
    expect(answer).toContain(`HTTP/1.1 ${status}`);
    expect(answer).toContain(code);
  });
});

describe('metrics', () => {
  it('that only grow are counters', async () => {
    const { base, close } = await startTestServer(() => ({ data: {} }), {
      cache: { maxBytes: 1000, maxAgeMs: null, stateOf: () => () => 1 },
    });
    const scrapes = [];
    for (const _time of [1, 2]) scrapes.push(await (await fetch(`${base}metrics`)).text());
    await close();

    for (const name of ['dossier_cache_hits', 'dossier_cache_misses'])
      for (const scrape of scrapes) {
        expect(scrape).toContain(`# TYPE ${name} counter\n`);
        expect(scrape).toContain(`\n${name}{service="castles"} 0\n`);
      }
    expect(scrapes[0]).toContain('# TYPE dossier_cache_bytes gauge\n');
  });
});
