import { brotliCompress, constants, gzip } from 'node:zlib';
import type { DoneFuncWithErrOrRes, FastifyReply, FastifyRequest } from 'fastify';
import Negotiator from 'negotiator';

/** Below this, an answer fits a packet or two, and compressing it saves nothing. */
const WORTHWHILE = 1_400;
// Fast ones: what is slower saves little more on JSON.
const GZIP = { level: 4 };
const BROTLI = { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } };

interface Compressor {
  encoding: string;
  run: (text: string, done: (error: Error | null, compressed: Buffer) => void) => void;
}

const COMPRESSORS: Compressor[] = [
  { encoding: 'br', run: (text, done) => brotliCompress(text, BROTLI, done) },
  { encoding: 'gzip', run: (text, done) => gzip(text, GZIP, done) },
];

/** Compresses an answer where the client takes that and it is large enough. */
export function compressAnswer(
  request: FastifyRequest,
  reply: FastifyReply,
  payload: unknown,
  done: DoneFuncWithErrOrRes,
): void {
  const isLarge = typeof payload === 'string' && payload.length >= WORTHWHILE;
  const compress = isLarge && request.headers['accept-encoding'] !== undefined ? compressorFor(request) : undefined;
  if (!compress) {
    done(null, payload);
    return;
  }
  compress.run(payload as string, (error, compressed) => {
    reply.header('content-encoding', compress.encoding).removeHeader('content-length');
    if (error) done(error);
    else done(null, compressed);
  });
}

function compressorFor(request: FastifyRequest): Compressor | undefined {
  const encoding = new Negotiator(request.raw).encoding([
    ...COMPRESSORS.map((compressor) => compressor.encoding),
    'identity',
  ]);
  return COMPRESSORS.find((compressor) => compressor.encoding === encoding);
}
