import type { FastifyRequest } from 'fastify';
import Negotiator from 'negotiator';

/** Where GraphQL is served. */
const GRAPHQL_PATH = '/graphql';

const JSON_TYPE = 'application/json';
/** The media type of GraphQL over HTTP, 6.1. */
const GRAPHQL_RESPONSE = 'application/graphql-response+json';

type ResponseType = typeof JSON_TYPE | typeof GRAPHQL_RESPONSE;

/** What most clients send. */
const COMMON = new Map<string | undefined, ResponseType>([
  [undefined, JSON_TYPE],
  ['*/*', JSON_TYPE],
  [JSON_TYPE, JSON_TYPE],
  ['application/json, */*', JSON_TYPE],
  [GRAPHQL_RESPONSE, GRAPHQL_RESPONSE],
]);

const types = new WeakMap<FastifyRequest, ResponseType>();

/** The media type of the response to a request, rejected or not. */
export const responseType = (request: FastifyRequest): ResponseType =>
  request.url.startsWith(GRAPHQL_PATH) ? (acceptedType(request) ?? JSON_TYPE) : JSON_TYPE;

/** The type that a client prefers (RFC 9110, 12.5.1); null if it accepts neither. */
export function acceptedType(request: FastifyRequest): ResponseType | null {
  const { accept } = request.headers;
  const common = COMMON.get(accept);
  if (common) return common;
  const known = types.get(request);
  if (known) return known;
  const chosen = new Negotiator({ headers: { accept: withoutCharset(accept ?? '') } }).mediaType([
    JSON_TYPE,
    GRAPHQL_RESPONSE,
  ]) as ResponseType | undefined;
  if (chosen) types.set(request, chosen);
  return chosen ?? null;
}

/** Types without a charset that is the one of every response. */
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
