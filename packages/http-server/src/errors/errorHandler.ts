import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { endGracefullyAfterResponse } from '../connections/closing.js';
import { responseType } from '../request/contentNegotiation.js';
import { METHODS } from '../request/methods.js';
import { catalogue, type ServerCode } from './catalogue.js';
import { errorPage, type WayOut } from './errorPage.js';
import { GraphQLRequestError, HttpError } from './httpError.js';

/** Value of `retry-after`, in seconds, for responses with status 503. */
const RETRY_SECONDS = '1';

/** Codes for the errors of Fastify. */
const FASTIFY_ERRORS: Record<string, [code: ServerCode, message?: string]> = {
  FST_ERR_CTP_BODY_TOO_LARGE: ['PAYLOAD_TOO_LARGE'],
  FST_ERR_CTP_INVALID_MEDIA_TYPE: ['UNSUPPORTED_MEDIA_TYPE'],
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: [
    'BAD_REQUEST',
    'The length of the request body differs from the header "content-length".',
  ],
  FST_ERR_BAD_URL: ['BAD_REQUEST', 'The URL of the request is not valid.'],
};

/** Codes for other errors that have a status. */
const STATUS_ERRORS: Record<number, ServerCode> = {
  408: 'REQUEST_TIMEOUT',
  413: 'PAYLOAD_TOO_LARGE',
  415: 'UNSUPPORTED_MEDIA_TYPE',
  429: 'TOO_MANY_REQUESTS',
};

/** How errors are sent. */
export interface ErrorResponses {
  /** Called with the code of each error. */
  onError: (code: string) => void;
  /** Links of the page that a browser gets instead of JSON; none by default, so that it gets JSON, too. */
  waysOut?: readonly WayOut[];
  /** The format of the body; JSON as of GraphQL by default. */
  format?: ErrorFormat;
}

/** Formats every error outside of an execution as a GraphQL error with a code, or as a page for a browser. */
export function registerErrorHandlers(app: FastifyInstance, responses: ErrorResponses): void {
  app.setErrorHandler((error: FastifyError, request, reply) => sendError(error, request, reply, responses));
  app.setNotFoundHandler((request, reply) => {
    const url = request.url.split('?')[0] ?? '';
    // `hasRoute` takes a route pattern, so a URL with pattern syntax could match any route.
    const allowed = /[*:()]/.test(url) ? [] : METHODS.filter((method) => app.hasRoute({ url, method }));
    if (allowed.length > 0) reply.header('allow', allowed.join(', '));
    const error =
      allowed.length > 0
        ? new HttpError('METHOD_NOT_ALLOWED', `This URL accepts ${allowed.join(', ')}; GraphQL is at /graphql.`)
        : new HttpError('NOT_FOUND');
    sendError(error, request, reply, responses);
  });
}

/** The JSON body for an error. */
export type ErrorFormat = (code: ServerCode, message: string) => string;

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The format of errors of a route with a protocol of its own, also of those that are found before a request reaches it. */
    errorFormat?: (request: FastifyRequest) => ErrorFormat;
  }
}

/** The format of errors of the route of a request. */
export const errorFormatOf = (request: FastifyRequest): ErrorFormat =>
  request.routeOptions.config?.errorFormat?.(request) ?? errorBody;

/** Sends an error as the response. The cause of an internal error is only logged. */
export function sendError(
  error: Error & Partial<FastifyError>,
  request: FastifyRequest,
  reply: FastifyReply,
  { onError, waysOut = [], format = errorBody }: ErrorResponses,
): void {
  if (error instanceof GraphQLRequestError) {
    for (const { extensions } of error.errors) onError(String(extensions?.['code'] ?? 'NONE'));
    sendBody(request, reply, error.code, `${JSON.stringify({ errors: error.errors })}\n`);
    return;
  }
  const [code, message] = codeOf(error);
  if (code === 'INTERNAL_SERVER_ERROR') request.log.error({ requestId: request.id, err: error }, 'request failed');
  // A load balancer may choose another replica for the next connection.
  if (code === 'REVISION_MISMATCH') reply.header('connection', 'close');
  if (catalogue[code].status === 503) reply.header('retry-after', RETRY_SECONDS);
  onError(code);
  const sentence = message ?? catalogue[code].sentence;
  const page = errorPage(request, reply, catalogue[code].status ?? 400, sentence, waysOut);
  if (page === null) sendBody(request, reply, code, format(code, sentence));
  else sendBody(request, reply, code, page, 'text/html');
}

function sendBody(
  request: FastifyRequest,
  reply: FastifyReply,
  code: ServerCode,
  body: string,
  type: string = responseType(request),
): void {
  endGracefullyAfterResponse(request.raw.socket);
  void reply
    .code(catalogue[code]?.status ?? 400)
    .header('content-type', `${type}; charset=utf-8`)
    .header('cache-control', 'no-store')
    .send(body);
}

/** The body of a response that consists of one error. */
export const errorBody = (code: ServerCode, message: string = catalogue[code].sentence): string =>
  `${JSON.stringify({ errors: [{ message, extensions: { code } }] })}\n`;

function codeOf(error: Error & Partial<FastifyError>): [code: ServerCode, message?: string] {
  if (error instanceof HttpError) return [error.code, error.message];
  const status = error.statusCode ?? 500;
  return (
    FASTIFY_ERRORS[error.code ?? ''] ?? [
      STATUS_ERRORS[status] ?? (status >= 400 && status < 500 ? 'BAD_REQUEST' : 'INTERNAL_SERVER_ERROR'),
    ]
  );
}
