import { connect } from 'node:net';

/** Bytes to be sent, and pauses between them in milliseconds. */
export type Sent = readonly (Buffer | number)[];

export interface Answer {
  status: number;
  headers: Record<string, string>;
  text: string;
  milliseconds: number;
}

const PATIENCE_MS = 12_000;

/** Sends bytes as they are, and reads one answer, to the end of the connection or of the answer. Null where there is none. */
export function exchange(port: number, sent: Sent, patience = PATIENCE_MS): Promise<Answer | null> {
  const begun = performance.now();
  return new Promise((done) => {
    const chunks: Buffer[] = [];
    const socket = connect(port, '127.0.0.1');
    const finish = () => {
      clearTimeout(impatience);
      socket.destroy();
      done(read(Buffer.concat(chunks), performance.now() - begun));
    };
    const impatience = setTimeout(finish, patience);
    socket.on('connect', async () => {
      for (const part of sent) {
        if (typeof part === 'number') await new Promise((later) => setTimeout(later, part));
        else if (socket.writable) socket.write(part);
      }
    });
    socket.on('data', (chunk) => {
      chunks.push(chunk);
      if (isWhole(Buffer.concat(chunks))) finish();
    });
    socket.on('error', () => {});
    socket.on('close', finish);
  });
}

const HEAD_END = '\r\n\r\n';

function isWhole(bytes: Buffer): boolean {
  const end = bytes.indexOf(HEAD_END);
  if (end < 0) return false;
  const length = /\r\ncontent-length: *(\d+)/i.exec(bytes.toString('latin1', 0, end))?.[1];
  return length !== undefined && bytes.length >= end + HEAD_END.length + Number(length);
}

function read(bytes: Buffer, milliseconds: number): Answer | null {
  const end = bytes.indexOf(HEAD_END);
  if (end < 0) return null;
  const [first = '', ...rows] = bytes.toString('latin1', 0, end).split('\r\n');
  const headers = Object.fromEntries(
    rows.map((row) => [row.slice(0, row.indexOf(':')).toLowerCase(), row.slice(row.indexOf(':') + 1).trim()]),
  );
  const body = bytes.subarray(end + HEAD_END.length).toString();
  const text = headers['transfer-encoding'] === 'chunked' ? unchunked(body) : body;
  return { status: Number(first.split(' ')[1]), headers, text, milliseconds };
}

const unchunked = (body: string): string => {
  const [size = '', ...rest] = body.split('\r\n');
  const length = Number.parseInt(size, 16);
  return length > 0 ? rest.join('\r\n').slice(0, length) : '';
};

type Headers = Record<string, string | null>;

/** A request as it goes over the wire. A header that is null is left out. */
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
/** An operation, by POST. */
export const ask = (query: string, variables?: unknown): Buffer =>
  post({ query, ...(variables !== undefined && { variables }) });
