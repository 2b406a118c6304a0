import { isUtf8 } from 'node:buffer';
import { brotliDecompress, gunzip, inflate, type ZlibOptions } from 'node:zlib';
import type { FastifyInstance } from 'fastify';
import { RequestFault } from './faults.js';
import { isNestedDeeper } from './nesting.js';

/** Objects and lists within each other at most: what walks them by recursion must not run out of stack. */
const NESTED_AT_MOST = 200;

type Inflate = (body: Buffer, options: ZlibOptions, done: (error: Error | null, inflated: Buffer) => void) => void;

const INFLATERS = new Map<string, Inflate>([
  ['gzip', gunzip],
  ['x-gzip', gunzip],
  ['deflate', inflate],
  ['br', brotliDecompress],
]);

/** Reads bodies that are JSON in UTF-8, plain or compressed; all else is refused. A compressed one is inflated to `limit` bytes at most. */
export function readJsonBodies(app: FastifyInstance, limit: number): void {
  const parseJson = app.getDefaultJsonParser('error', 'error');
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body: Buffer, done) => {
    const { 'content-type': type = '', 'content-encoding': encoding } = request.headers;
    const read = (bytes: Buffer): void => {
      const text = bytes.toString();
      // What is no UTF-8 is read as this character.
      if (text.includes('\uFFFD') && !isUtf8(bytes)) done(new RequestFault('BAD_REQUEST', 'The body of the request is not UTF-8.'));
      else if (isNestedDeeper(text, NESTED_AT_MOST)) done(new RequestFault('BAD_REQUEST', `The body of the request is nested too deeply; expected at most ${NESTED_AT_MOST} levels.`));
      else parseJson(request, text, done);
    };
    const isPlain = encoding === undefined || encoding === '' || encoding === 'identity';
    const inflater = isPlain ? null : INFLATERS.get(encoding.toLowerCase());
    if (!isOfUtf8(type) || inflater === undefined) done(new RequestFault('UNSUPPORTED_MEDIA_TYPE'));
    else if (inflater === null) read(body);
    else
      inflater(body, { maxOutputLength: limit }, (error, inflated) => {
        if (!error) read(inflated);
        else if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') done(new RequestFault('PAYLOAD_TOO_LARGE'));
        else done(new RequestFault('BAD_REQUEST', `The body of the request is no ${encoding}.`));
      });
  });
}

// JSON is UTF-8 unless it says otherwise.
function isOfUtf8(contentType: string): boolean {
  if (contentType === 'application/json') return true;
  const charset = /;\s*charset\s*=\s*("?)([^";]*)\1\s*(?:;|$)/i.exec(contentType);
  return charset ? /^utf-?8$/i.test(charset[2] ?? '') : !/charset/i.test(contentType);
}
