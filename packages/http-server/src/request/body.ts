import { isUtf8 } from 'node:buffer';
import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate, type ZlibOptions } from 'node:zlib';
import { Semaphore } from 'async-mutex';
import type { FastifyInstance } from 'fastify';
import { HttpError } from '../errors/httpError.js';
import { parseJson } from './json.js';

type Decompress = (body: Buffer, options: ZlibOptions) => Promise<Buffer>;

/** By `content-encoding` (RFC 9110, 8.4.1): https://www.rfc-editor.org/rfc/rfc9110#section-8.4.1 */
const DECOMPRESS = new Map<string, Decompress>([
  ['gzip', promisify<Buffer, ZlibOptions, Buffer>(gunzip)],
  ['x-gzip', promisify<Buffer, ZlibOptions, Buffer>(gunzip)],
  ['deflate', promisify<Buffer, ZlibOptions, Buffer>(inflate)],
  ['br', promisify<Buffer, ZlibOptions, Buffer>(brotliDecompress)],
]);

/** Bodies decompressed at the same time: each needs several megabytes of memory besides its result. */
const MAX_CONCURRENT = 2;

/** Parses bodies of JSON in UTF-8, compressed or not, and rejects all others. `maxBytes` limits the decompressed body. */
export function registerJsonParser(app: FastifyInstance, maxBytes: number): void {
  const decompressing = new Semaphore(MAX_CONCURRENT);

  const decompress = (body: Buffer, encoding: string, run: Decompress): Promise<Buffer> =>
    decompressing.runExclusive(() =>
      run(body, { maxOutputLength: maxBytes }).catch((error: NodeJS.ErrnoException) => {
        throw error.code === 'ERR_BUFFER_TOO_LARGE'
          ? new HttpError('PAYLOAD_TOO_LARGE')
          : new HttpError('BAD_REQUEST', `The body of the request is not valid ${encoding}.`);
      }),
    );

  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body: Buffer, done) => {
    const { 'content-type': type = '', 'content-encoding': encoding = 'identity' } = request.headers;
    const isCompressed = encoding !== '' && encoding !== 'identity';
    const run = isCompressed ? DECOMPRESS.get(encoding.toLowerCase()) : undefined;
    if (!isUtf8Type(type) || (isCompressed && !run)) return done(new HttpError('UNSUPPORTED_MEDIA_TYPE'));
    if (!run) return parseBody(body, done);
    decompress(body, encoding, run).then(
      (decompressed) => parseBody(decompressed, done),
      (error: Error) => done(error),
    );
  });
}

function parseBody(bytes: Buffer, done: (error: Error | null, body?: unknown) => void): void {
  const text = bytes.toString();
  let body: unknown;
  try {
    if (text === '') throw new HttpError('BAD_REQUEST', 'The body of the request is empty; expected JSON.');
    // `toString` replaces invalid bytes with this character, which valid text may contain, too.
    if (text.includes('\uFFFD') && !isUtf8(bytes))
      throw new HttpError('BAD_REQUEST', 'The body of the request is not UTF-8.');
    body = parseJson(text, 'The body of the request');
  } catch (error) {
    done(error as Error);
    return;
  }
  done(null, body);
}

/** Whether a content type has no charset but UTF-8; the parameter may be repeated. */
const isUtf8Type = (contentType: string): boolean =>
  contentType === 'application/json' ||
  !/charset/i.test(contentType.replace(/;\s*charset\s*=\s*("?)utf-?8\1\s*(?=;|$)/gi, ''));
