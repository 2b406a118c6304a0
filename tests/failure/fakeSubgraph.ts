import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { gzipSync } from 'node:zlib';

type Tree = Record<string, unknown>;

/** Computes the correct response of a subgraph. */
export type CorrectResponder = (request: {
  query: string;
  variables?: Tree;
}) => Promise<{ data?: Tree | null; errors?: unknown[] }>;

/** Texts that no client may ever see. */
export const SECRETS = ['hush-hush', '10.0.0.7', '/srv/', 'SQLITE', 'at Object.', '127.0.0.1'];
const SECRET =
  'SQLITE_ERROR: no such table hush-hush at Object.query (/srv/dossier/db.js:7:1) via http://10.0.0.7:4001/graphql';
const PAGE = `<!doctype html><title>${SECRET}</title>`;
const JSON_TYPE = { 'content-type': 'application/json; charset=utf-8' };

const send = (response: ServerResponse, body: string, status = 200, headers: Record<string, string> = JSON_TYPE) =>
  void response.writeHead(status, headers).end(body);

interface FakeRequest {
  response: ServerResponse;
  socket: Socket;
  /** The correct response. */
  correct: Tree;
  /** A URL that must not be requested. */
  canary: string;
}

type Respond = (request: FakeRequest) => void;

/** The ways in which a response can fail; `ok`, `slow` and `proto` are valid responses. */
export const MODES = {
  ok: ({ response, correct }) => send(response, JSON.stringify(correct)),
  slow: ({ response, correct }) => void setTimeout(() => send(response, JSON.stringify(correct)), 200),
  /** Keys that could pollute prototypes, and fields that were not selected. */
  proto: ({ response, correct }) =>
    send(
      response,
      JSON.stringify(correct).replaceAll(
        '{"',
        `{"__proto__":{"polluted":"${SECRET}"},"constructor":{"prototype":{"polluted":1}},"extra":"${SECRET}","`,
      ),
    ),

  html500: ({ response }) => send(response, PAGE, 500, { 'content-type': 'text/html' }),
  html200: ({ response }) => send(response, PAGE, 200, { 'content-type': 'text/html' }),
  htmlAsJson: ({ response }) => send(response, PAGE),
  jsonAsHtml: ({ response, correct }) => send(response, JSON.stringify(correct), 200, { 'content-type': 'text/html' }),
  untyped: ({ response, correct }) => send(response, JSON.stringify(correct), 200, {}),
  half: ({ response, correct }) => send(response, JSON.stringify(correct).slice(0, -9)),
  cutOff: ({ response, correct }) => {
    response
      .writeHead(200, { ...JSON_TYPE, 'content-length': '100000' })
      .write(JSON.stringify(correct), () => response.destroy());
  },
  empty: ({ response }) => send(response, ''),
  nothing: ({ response }) => send(response, 'null'),
  list: ({ response }) => send(response, '[{"data":{}}]'),
  dataIsText: ({ response }) => send(response, JSON.stringify({ data: SECRET })),
  noData: ({ response }) => send(response, '{}'),
  otherEntities: ({ response, correct }) =>
    send(
      response,
      JSON.stringify({
        data: { ...(correct['data'] as Tree), _entities: [{}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}] },
      }),
    ),
  errorsIsText: ({ response, correct }) => send(response, JSON.stringify({ ...correct, errors: SECRET })),

  wrongType: ({ response, correct }) =>
    send(
      response,
      JSON.stringify(
        changeFields(correct, (value) => (typeof value === 'object' && value !== null ? SECRET : { secret: SECRET })),
      ),
    ),
  nulls: ({ response, correct }) =>
    send(response, JSON.stringify(changeDeep(correct, (key, value) => (NEVER_NULL.has(key) ? null : value)))),
  missing: ({ response, correct }) => send(response, JSON.stringify(changeFields(correct, () => undefined))),
  wrongTypename: ({ response, correct }) =>
    send(response, JSON.stringify(changeDeep(correct, (key, value) => (key === '__typename' ? 'PageInfo' : value)))),

  failed: ({ response }) => send(response, JSON.stringify({ data: null, errors: [anError(['hush-hush'])] })),
  failedFields: ({ response, correct }) =>
    send(response, JSON.stringify({ ...changeFields(correct, () => null), errors: [anError(undefined)] })),
  rejectedRequest: ({ response }) => send(response, JSON.stringify({ errors: [anError(undefined)] }), 400),

  unauthorized: ({ response }) => send(response, JSON.stringify({ errors: [anError(undefined)] }), 401),
  forbidden: ({ response }) => send(response, PAGE, 403),
  tooMany: ({ response }) => send(response, PAGE, 429, { 'retry-after': '60' }),
  unavailable: ({ response }) => send(response, PAGE, 503),
  redirect: ({ response, canary }) => send(response, PAGE, 307, { location: canary }),
  redirectForGood: ({ response, canary }) => send(response, PAGE, 301, { location: canary }),

  reset: ({ socket }) => void socket.resetAndDestroy(),
  hang: () => {},
  headersOnly: ({ response }) => void response.writeHead(200, JSON_TYPE).flushHeaders(),
  trickle: ({ response, correct }) => {
    const text = JSON.stringify(correct);
    response.writeHead(200, JSON_TYPE);
    let sent = 0;
    const timer = setInterval(() => response.write(text[sent++] ?? ' '), 20);
    response.once('close', () => clearInterval(timer));
  },
  huge: ({ response }) => {
    response.writeHead(200, JSON_TYPE).write('{"data":{"secret":"');
    const more = () => {
      while (!response.destroyed && response.write('hush-hush'.repeat(7000)));
      if (!response.destroyed) response.once('drain', more);
    };
    more();
  },
  hugeByLength: ({ response }) =>
    void response.writeHead(200, { ...JSON_TYPE, 'content-length': '99999999999' }).write('{'),
  gzipBomb: ({ response }) => void response.writeHead(200, { ...JSON_TYPE, 'content-encoding': 'gzip' }).end(BOMB),
  manyHeaders: ({ response }) => send(response, '{}', 200, { ...JSON_TYPE, 'x-secret': 'hush-hush'.repeat(10_000) }),
  noHttp: ({ socket }) => void socket.end(`220 ${SECRET}\r\n\r\n`),
  otherCharset: ({ response, correct }) =>
    void response
      .writeHead(200, { 'content-type': 'application/json; charset=utf-16le' })
      .end(Buffer.from(JSON.stringify(correct), 'utf16le')),
} as const satisfies Record<string, Respond>;

export type Mode = keyof typeof MODES;

const BOMB = gzipSync(Buffer.alloc(64 * 1024 * 1024, ' '));

/** Names of fields that are non-null in every type. */
const NEVER_NULL = new Set(['id', 'summary', 'nodes', 'status', 'relation']);

const anError = (path: string[] | undefined) => ({
  message: SECRET,
  ...(path && { path }),
  locations: [{ line: 1, column: 1 }],
  extensions: { code: 'DATABASE_DOWN', query: 'SELECT hush-hush', stacktrace: [SECRET] },
});

/** Changes the top-level fields of a response: those of the root, or of each entity. */
function changeFields(whole: Tree, change: (value: unknown) => unknown): Tree {
  const fields = (tree: unknown) =>
    typeof tree === 'object' && tree !== null
      ? Object.fromEntries(
          Object.entries(tree).map(([key, value]) => [key, key === '__typename' ? value : change(value)]),
        )
      : tree;
  const data = whole['data'] as Tree;
  return { data: Array.isArray(data['_entities']) ? { _entities: data['_entities'].map(fields) } : fields(data) };
}

function changeDeep(value: unknown, change: (key: string, value: unknown) => unknown): unknown {
  if (Array.isArray(value)) return value.map((element) => changeDeep(element, change));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, changeDeep(change(key, inner), change)]));
}

export interface FakeSubgraph {
  url: string;
  mode: Mode;
  /** Modes for the next requests, one each; afterwards `mode` applies. */
  nextModes: Mode[];
  /** Number of requests so far. */
  requestCount: number;
  close: () => Promise<void>;
}

/** Starts a subgraph that responds according to its mode. */
export async function fakeSubgraph(
  respondCorrectly: CorrectResponder,
  canary = 'http://127.0.0.1:9/',
): Promise<FakeSubgraph> {
  const server = createServer((request, response) => {
    fake.requestCount++;
    const mode = fake.nextModes.shift() ?? fake.mode;
    let body = '';
    request.setEncoding('utf8').on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', async () => {
      const correct = body.startsWith('{') ? ((await respondCorrectly(JSON.parse(body))) as Tree) : {};
      const respond: Respond = MODES[mode];
      respond({ response, socket: request.socket, correct, canary });
    });
  });
  server.on('connection', (socket) => socket.on('error', () => {}));
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const fake: FakeSubgraph = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`,
    mode: 'ok',
    nextModes: [],
    requestCount: 0,
    close: () => {
      server.closeAllConnections();
      return new Promise((closed) => void server.close(() => closed()));
    },
  };
  return fake;
}
