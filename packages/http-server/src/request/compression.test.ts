import { type IncomingMessage, request } from 'node:http';
import { gunzipSync } from 'node:zlib';
import { afterEach, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../testing/testServer.js';

let server: TestServer | undefined;
afterEach(() => server?.close());

const LONG = 'a'.repeat(20_000);

/** Sends a GET and returns the raw bytes of the response. */
async function get(of: string, headers: Record<string, string>) {
  const url = `${server?.base}graphql?query=${encodeURIComponent(`{ castle(of: "${of}") }`)}`;
  const response = await new Promise<IncomingMessage>((resolve) =>
    request(url, { headers: { 'apollo-require-preflight': '1', ...headers }, agent: false }, resolve).end(),
  );
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk as Buffer);
  return { status: response.statusCode, headers: response.headers, bytes: Buffer.concat(chunks) };
}

const serve = async (compress = true) => {
  server = await startTestServer(() => ({ data: { castle: LONG } }), { compress });
};

it('compresses a large response if the client accepts it, and adds vary', async () => {
  await serve();

  const { headers, bytes } = await get('long', { 'accept-encoding': 'gzip, deflate, br' });

  expect([headers['content-encoding'], headers.vary, Number(headers['content-length'])]).toEqual([
    'gzip',
    'accept, accept-encoding',
    bytes.length,
  ]);
  expect(JSON.parse(gunzipSync(bytes).toString())).toEqual({ data: { castle: LONG } });
});

it('does not compress if the client does not accept it, or if compression is off', async () => {
  await serve();
  for (const headers of [
    {},
    { 'accept-encoding': 'identity' },
    { 'accept-encoding': 'gzip;q=0' },
    { 'accept-encoding': 'zstd' },
  ]) {
    const answer = await get('long', headers);
    expect([answer.headers['content-encoding'], answer.bytes.length > 20_000]).toEqual([undefined, true]);
  }
  await server?.close();
  await serve(false);
  expect((await get('long', { 'accept-encoding': 'gzip' })).headers['content-encoding']).toBeUndefined();
});

it('responds with 304 to the entity tag of either encoding', async () => {
  await serve();
  const plain = String((await get('long', {})).headers.etag);
  const compressed = String((await get('long', { 'accept-encoding': 'gzip' })).headers.etag);

  expect([compressed, plain]).toEqual([plain, expect.stringMatching(/^W\/"/)]);
  for (const tag of [plain, compressed]) {
    const { status, bytes } = await get('long', { 'accept-encoding': 'gzip', 'if-none-match': tag });
    expect([status, bytes.length]).toEqual([304, 0]);
  }
});
