import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { FastifyReply, FastifyRequest } from 'fastify';
import Negotiator from 'negotiator';

/** Below this, an answer fits a packet or two, and compressing it saves nothing. */
const WORTHWHILE = 1_400;
// Fast ones: what is slower saves little more on JSON.
const GZIP = { level: 4 };
const BROTLI = { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } };

const compressors = {
  br: (text: string) => promisify(brotliCompress)(text, BROTLI),
  gzip: (text: string) => promisify(gzip)(text, GZIP),
};

/** Compresses an answer where the client takes that and it is large enough. */
export async function compressAnswer(request: FastifyRequest, reply: FastifyReply, payload: unknown): Promise<unknown> {
  if (typeof payload !== 'string' || payload.length < WORTHWHILE) return payload;
  reply.header('vary', varyWith(reply.getHeader('vary')));
  if (request.headers['accept-encoding'] === undefined) return payload;
  const encoding = new Negotiator(request.raw).encoding(['br', 'gzip', 'identity']) as keyof typeof compressors | 'identity' | undefined;
  if (encoding === undefined || encoding === 'identity') return payload;
  const compressed = await compressors[encoding](payload);
  // The same answer in other bytes.
  const tag = reply.getHeader('etag');
  if (typeof tag === 'string' && !tag.startsWith('W/')) reply.header('etag', `W/${tag}`);
  reply.header('content-encoding', encoding).removeHeader('content-length');
  return compressed;
}

const varyWith = (vary: unknown): string => (vary ? `${String(vary)}, accept-encoding` : 'accept-encoding');
