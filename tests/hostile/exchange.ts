import { connect } from 'node:net';

/** Bytes to be sent, and pauses between them in milliseconds. */
export type Sent = readonly (Buffer | number)[];

export interface RawResponse {
  status: number;
  headers: Record<string, string>;
  text: string;
  milliseconds: number;
}

const TIMEOUT_MS = 12_000;

/** Sends raw bytes and reads one response, until it or the connection ends. Null if there is none. */
export function exchange(port: number, sent: Sent, timeoutMs = TIMEOUT_MS): Promise<RawResponse | null> {
  const startedAt = performance.now();
  return new Promise((done) => {
    const chunks: Buffer[] = [];
    const socket = connect(port, '127.0.0.1');
    const finish = () => {
      clearTimeout(timer);
      socket.destroy();
      done(parseResponse(Buffer.concat(chunks), performance.now() - startedAt));
    };
    const timer = setTimeout(finish, timeoutMs);
    socket.on('connect', async () => {
      for (const part of sent) {
        if (typeof part === 'number') await new Promise((later) => setTimeout(later, part));
        else if (socket.writable) socket.write(part);
      }
    });
    socket.on('data', (chunk) => {
      chunks.push(chunk);
      if (isComplete(Buffer.concat(chunks))) finish();
    });
    socket.on('error', () => {});
    socket.on('close', finish);
  });
}

const HEAD_END = '\r\n\r\n';

function isComplete(bytes: Buffer): boolean {
  const end = bytes.indexOf(HEAD_END);
  if (end < 0) return false;
  const length = /\r\ncontent-length: *(\d+)/i.exec(bytes.toString('latin1', 0, end))?.[1];
  return length !== undefined && bytes.length >= end + HEAD_END.length + Number(length);
}

function parseResponse(bytes: Buffer, milliseconds: number): RawResponse | null {
  const end = bytes.indexOf(HEAD_END);
  if (end < 0) return null;
  const [first = '', ...rows] = bytes.toString('latin1', 0, end).split('\r\n');
  const headers = Object.fromEntries(
    rows.map((row) => [row.slice(0, row.indexOf(':')).toLowerCase(), row.slice(row.indexOf(':') + 1).trim()]),
  );
  const body = bytes.subarray(end + HEAD_END.length).toString();
  const text = headers['transfer-encoding'] === 'chunked' ? decodeChunked(body) : body;
  return { status: Number(first.split(' ')[1]), headers, text, milliseconds };
}

const decodeChunked = (body: string): string => {
  const [size = '', ...rest] = body.split('\r\n');
  const length = Number.parseInt(size, 16);
  return length > 0 ? rest.join('\r\n').slice(0, length) : '';
};

type Headers = Record<string, string | null>;

/** Formats an HTTP/1.1 request. A null header is omitted. */
export function request(method: string, path: string, headers: Headers = {}, body: Buffer | string = ''): Buffer {
  const all: Headers = {
    host: 'localhost',
    connection: 'close',
    ...(body.length > 0 && { 'content-length': String(Buffer.byteLength(body)) }),
    ...headers,
  };
  const rows = Object.entries(all).flatMap(([name, value]) => (value === null ? [] : [`${name}: ${value}`]));
  return Buffer.concat([
    Buffer.from([`${method} ${path} HTTP/1.1`, ...rows, '', ''].join('\r\n'), 'latin1'),
    Buffer.from(body),
  ]);
}

export const postRaw = (body: Buffer | string, headers: Headers = {}): Buffer =>
  request(
    'POST',
    '/graphql',
    { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(body)), ...headers },
    body,
  );
export const post = (body: unknown, headers: Headers = {}): Buffer => postRaw(JSON.stringify(body), headers);
export const get = (search: Record<string, string> | string, headers: Headers = {}): Buffer =>
  request('GET', `/graphql?${new URLSearchParams(search)}`, { 'apollo-require-preflight': '1', ...headers });
/** A POST request with an operation. */
export const postQuery = (query: string, variables?: unknown): Buffer =>
  post({ query, ...(variables !== undefined && { variables }) });
