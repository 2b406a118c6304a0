import { brotliCompress, constants, gzip } from 'node:zlib';
import type { DoneFuncWithErrOrRes, FastifyReply, FastifyRequest } from 'fastify';
import Negotiator from 'negotiator';

/** Responses below this size fit into one or two packets, which compression would not save. */
const MIN_LENGTH = 1_400;
// Fast levels: slower ones save little more on JSON.
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

/** An onSend hook that compresses a large response if the client accepts an encoding. */
export function compressResponse(
  request: FastifyRequest,
  reply: FastifyReply,
  payload: unknown,
  done: DoneFuncWithErrOrRes,
): void {
  const isLarge = typeof payload === 'string' && payload.length >= MIN_LENGTH;
  const compressor = isLarge && request.headers['accept-encoding'] !== undefined ? compressorFor(request) : undefined;
  if (!compressor) {
    done(null, payload);
    return;
  }
  compressor.run(payload as string, (error, compressed) => {
    reply.header('content-encoding', compressor.encoding).removeHeader('content-length');
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
