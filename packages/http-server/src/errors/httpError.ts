import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { lingerAtEnd } from '../connections/lingering.js';
import { responseType } from '../request/mediaTypes.js';
import { OperationRejected } from '../request/operationRejected.js';
import { catalogue, type ServerCode } from './catalogue.js';

/** Seconds after which another process will have taken over from one that stops. */
const RETRY_SECONDS = '1';

/** A fault of a request, by its code. */
export class HttpError extends Error {
  readonly fault: ServerCode;
  readonly statusCode: number;

  constructor(fault: ServerCode, message: string = catalogue[fault].sentence) {
    super(message);
    this.name = 'HttpError';
    this.fault = fault;
    this.statusCode = catalogue[fault].status ?? 400;
  }
}

const BY_FASTIFY: Record<string, [fault: ServerCode, message?: string]> = {
  FST_ERR_CTP_BODY_TOO_LARGE: ['PAYLOAD_TOO_LARGE'],
  FST_ERR_CTP_INVALID_MEDIA_TYPE: ['UNSUPPORTED_MEDIA_TYPE'],
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: ['BAD_REQUEST', 'The body of the request is of another length than it says.'],
  FST_ERR_BAD_URL: ['BAD_REQUEST', 'The address of the request could not be read.'],
};

const BY_STATUS: Record<number, ServerCode> = {
  408: 'REQUEST_TIMEOUT',
  413: 'PAYLOAD_TOO_LARGE',
  415: 'UNSUPPORTED_MEDIA_TYPE',
  429: 'TOO_MANY_REQUESTS',
};

const METHODS = ['GET', 'HEAD', 'POST', 'OPTIONS'] as const;

/** Whatever goes wrong around GraphQL is told as by GraphQL: JSON with a code, and nothing of what happened inside. `told` hears of each code. */
export function tellFaults(app: FastifyInstance, told: (code: string) => void): void {
  app.setErrorHandler((error: FastifyError, request, reply) => tellFault(error, request, reply, told));
  app.setNotFoundHandler((request, reply) => {
    const url = request.url.split('?')[0] ?? '';
    // Signs of a route's pattern are none in an address.
    const allowed = /[*:()]/.test(url) ? [] : METHODS.filter((method) => app.hasRoute({ url, method }));
    if (allowed.length > 0) reply.header('allow', allowed.join(', '));
    tellFault(
      allowed.length > 0
        ? new HttpError('METHOD_NOT_ALLOWED', `This address takes ${allowed.join(', ')}; GraphQL is at /graphql.`)
        : new HttpError('NOT_FOUND'),
      request,
      reply,
      told,
    );
  });
}

export function tellFault(
  error: Error & Partial<FastifyError>,
  request: FastifyRequest,
  reply: FastifyReply,
  told: (code: string) => void,
): void {
  if (error instanceof OperationRejected) {
    for (const { extensions } of error.errors) told(String(extensions?.['code'] ?? 'NONE'));
    sendFault(request, reply, error.code, `${JSON.stringify({ errors: error.errors })}\n`);
    return;
  }
  const [code, message] = codeOf(error);
  if (code === 'INTERNAL_SERVER_ERROR') request.log.error({ requestId: request.id, err: error }, 'failed to answer');
  if (catalogue[code].status === 503) reply.header('retry-after', RETRY_SECONDS);
  told(code);
  sendFault(request, reply, code, faultBody(code, message));
}

function sendFault(request: FastifyRequest, reply: FastifyReply, code: ServerCode, body: string): void {
  lingerAtEnd(request.raw.socket);
  void reply
    .code(catalogue[code]?.status ?? 400)
    .header('content-type', `${responseType(request)}; charset=utf-8`)
    .header('cache-control', 'no-store')
    .send(body);
}

/** The body of an answer that only says what is wrong. */
export const faultBody = (code: ServerCode, message: string = catalogue[code].sentence): string =>
  `${JSON.stringify({ errors: [{ message, extensions: { code } }] })}\n`;

function codeOf(error: Error & Partial<FastifyError>): [code: ServerCode, message?: string] {
  if (error instanceof HttpError) return [error.fault, error.message];
  const status = error.statusCode ?? 500;
  return (
    BY_FASTIFY[error.code ?? ''] ?? [
      BY_STATUS[status] ?? (status >= 400 && status < 500 ? 'BAD_REQUEST' : 'INTERNAL_SERVER_ERROR'),
    ]
  );
}
