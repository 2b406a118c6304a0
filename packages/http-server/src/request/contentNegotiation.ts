import type { FastifyReply, FastifyRequest } from 'fastify';
import Negotiator from 'negotiator';
import { HttpError } from '../errors/httpError.js';
import { GRAPHQL_PATH } from './methods.js';

const JSON_TYPE = 'application/json';
/** GraphQL over HTTP, 6.1 "Media types": https://graphql.github.io/graphql-over-http/draft/#sec-Media-Types */
const GRAPHQL_RESPONSE = 'application/graphql-response+json';

type ResponseType = typeof JSON_TYPE | typeof GRAPHQL_RESPONSE;

/** The most common values of `accept`, which need no parsing. */
const COMMON = new Map<string | undefined, ResponseType>([
  [undefined, JSON_TYPE],
  ['*/*', JSON_TYPE],
  [JSON_TYPE, JSON_TYPE],
  ['application/json, */*', JSON_TYPE],
  [GRAPHQL_RESPONSE, GRAPHQL_RESPONSE],
]);

const negotiated = new WeakMap<FastifyRequest, ResponseType>();

/** The media type of the response to a request; also defined for requests that are rejected. */
export const responseType = (request: FastifyRequest): ResponseType =>
  request.url.startsWith(GRAPHQL_PATH) ? (acceptedType(request) ?? JSON_TYPE) : JSON_TYPE;

/** The supported media type that the client prefers (RFC 9110, 12.5.1); null if it accepts neither. */
function acceptedType(request: FastifyRequest): ResponseType | null {
  const { accept } = request.headers;
  const common = COMMON.get(accept);
  if (common) return common;
  const cached = negotiated.get(request);
  if (cached) return cached;
  const preferred = new Negotiator({ headers: { accept: withoutCharset(accept ?? '') } }).mediaType([
    JSON_TYPE,
    GRAPHQL_RESPONSE,
  ]) as ResponseType | undefined;
  if (preferred) negotiated.set(request, preferred);
  return preferred ?? null;
}

/** Removes `charset=utf-8`, which every response has. */
const withoutCharset = (accept: string): string =>
  accept
    .split(',')
    .map((type) =>
      type
        .split(';')
        .filter((parameter) => !/^charset="?utf-?8"?$/i.test(parameter.trim()))
        .join(';'),
    )
    .join(',');

/** Rejects requests to `/graphql` with an unsupported `accept` or `content-type`, before anything is parsed or executed. */
export function negotiate(request: FastifyRequest, _reply: FastifyReply, done: (error?: Error) => void): void {
  const { headers, method } = request;
  // Some browsers send a GET with an unusual content-type without the required preflight.
  const type = headers['content-type'];
  const isUnsupported = method !== 'POST' && type !== undefined && !/^application\/json\s*(;|$)/i.test(type);
  if (!acceptedType(request)) done(new HttpError('NOT_ACCEPTABLE'));
  else done(isUnsupported ? new HttpError('UNSUPPORTED_MEDIA_TYPE') : undefined);
}

/** Adds names of request headers to `vary` (RFC 9110, 12.5.5) unless it has them. */
export function addVary(reply: FastifyReply, names: readonly string[]): void {
  if (reply.getHeader('vary') === undefined) return void reply.header('vary', names.join(', '));
  const present = String(reply.getHeader('vary') ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter(Boolean);
  const missing = names.filter((name) => !present.some((other) => other.toLowerCase() === name.toLowerCase()));
  if (missing.length > 0) void reply.header('vary', [...present, ...missing].join(', '));
}
