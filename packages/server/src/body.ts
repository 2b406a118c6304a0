import { isUtf8 } from 'node:buffer';
import { brotliDecompress, gunzip, inflate, type ZlibOptions } from 'node:zlib';
import type { FastifyInstance } from 'fastify';
import { RequestFault } from './faults.js';
import { isNestedDeeper } from './nesting.js';

/** Objects and lists within each other at most: what walks them by recursion must not run out of stack. */
const NESTED_AT_MOST = 200;

type Inflate = (body: Buffer, options: ZlibOptions, done: (error: Error | null, inflated: Buffer) => void) => void;

const INFLATERS: Record<string, Inflate> = { gzip: gunzip, 'x-gzip': gunzip, deflate: inflate, br: brotliDecompress };

/** Reads bodies that are JSON in UTF-8, plain or compressed; all else is refused. A compressed one is inflated to `limit` bytes at most. */
export function readJsonBodies(app: FastifyInstance, limit: number): void {
  const parseJson = app.getDefaultJsonParser('error', 'error');
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body: Buffer, done) => {
    const { 'content-type': type = '', 'content-encoding': encoding } = request.headers;
    const read = (bytes: Buffer): void => {
      if (!isUtf8(bytes)) return done(new RequestFault('BAD_REQUEST', 'The body of the request is not UTF-8.'));
      const text = bytes.toString();
      if (isNestedDeeper(text, NESTED_AT_MOST)) return done(new RequestFault('BAD_REQUEST', `The body of the request is nested too deeply; expected at most ${NESTED_AT_MOST} levels.`));
      parseJson(request, text, done);
    };
    if (!isOfUtf8(type)) return done(new RequestFault('UNSUPPORTED_MEDIA_TYPE'));
    if (encoding === undefined || encoding === '' || encoding === 'identity') return read(body);
    const inflater = INFLATERS[encoding.toLowerCase()];
    if (!inflater) return done(new RequestFault('UNSUPPORTED_MEDIA_TYPE'));
    inflater(body, { maxOutputLength: limit }, (error, inflated) => {
      if (!error) return read(inflated);
      const isTooLarge = (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE';
      done(isTooLarge ? new RequestFault('PAYLOAD_TOO_LARGE') : new RequestFault('BAD_REQUEST', `The body of the request is no ${encoding}.`));
    });
  });
}

// JSON is UTF-8 unless it says otherwise.
function isOfUtf8(contentType: string): boolean {
  const charset = /;\s*charset\s*=\s*("?)([^";]*)\1\s*(?:;|$)/i.exec(contentType);
  return charset ? /^utf-?8$/i.test(charset[2] ?? '') : !/charset/i.test(contentType);
}
