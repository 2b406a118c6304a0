import { isUtf8 } from 'node:buffer';
import { brotliDecompress, gunzip, inflate, type ZlibOptions } from 'node:zlib';
import type { FastifyInstance } from 'fastify';
import { HttpError } from '../errors/httpError.js';
import { parseJson } from './json.js';
import { Turns } from './turns.js';

type Inflate = (body: Buffer, options: ZlibOptions, done: (error: Error | null, inflated: Buffer) => void) => void;

const INFLATERS = new Map<string, Inflate>([
  ['gzip', gunzip],
  ['x-gzip', gunzip],
  ['deflate', inflate],
  ['br', brotliDecompress],
]);

/** Bodies inflated at once: each takes some megabytes beside what it becomes. */
const INFLATED_AT_ONCE = 2;

/** Reads bodies that are JSON in UTF-8, plain or compressed; all else is refused. A compressed one is inflated to `limit` bytes at most. */
export function readJsonBodies(app: FastifyInstance, limit: number): void {
  const inflating = new Turns(INFLATED_AT_ONCE);
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body: Buffer, done) => {
    const { 'content-type': type = '', 'content-encoding': encoding } = request.headers;
    const read = (bytes: Buffer): void => {
      const text = bytes.toString();
      // What is no UTF-8 is read as this character.
      if (text.includes('\uFFFD') && !isUtf8(bytes))
        done(new HttpError('BAD_REQUEST', 'The body of the request is not UTF-8.'));
      else parse(text, done);
    };
    const isPlain = encoding === undefined || encoding === '' || encoding === 'identity';
    const inflater = isPlain ? null : INFLATERS.get(encoding.toLowerCase());
    if (!isOfUtf8(type) || inflater === undefined) done(new HttpError('UNSUPPORTED_MEDIA_TYPE'));
    else if (inflater === null) read(body);
    else
      inflating.take((end) =>
        inflater(body, { maxOutputLength: limit }, (error, inflated) => {
          end();
          if (!error) read(inflated);
          else if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE')
            done(new HttpError('PAYLOAD_TOO_LARGE'));
          else done(new HttpError('BAD_REQUEST', `The body of the request is no ${encoding}.`));
        }),
      );
  });
}

function parse(text: string, done: (error: Error | null, body?: unknown) => void): void {
  if (text === '') return void done(new HttpError('BAD_REQUEST', 'The body of the request is empty; expected JSON.'));
  let body: unknown;
  try {
    body = parseJson(text, 'The body of the request');
  } catch (error) {
    done(error as Error);
    return;
  }
  done(null, body);
}

// JSON is UTF-8 unless it says otherwise, be it once or twice.
const isOfUtf8 = (contentType: string): boolean =>
  contentType === 'application/json' ||
  !/charset/i.test(contentType.replace(/;\s*charset\s*=\s*("?)utf-?8\1\s*(?=;|$)/gi, ''));
