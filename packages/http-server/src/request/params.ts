import { isObjectLike, type ObjMap, toObjMap } from '@dossier/graphql';
import type { FastifyRequest } from 'fastify';
import { HttpError } from '../errors/httpError.js';
import { parseJson } from './json.js';
import { isSafe } from './methods.js';

/**
 * The parameters of a GraphQL request, from the body or the URL. GraphQL over HTTP, 5.1 "Request Parameters":
 * https://graphql.github.io/graphql-over-http/draft/#sec-Request-Parameters
 */
export interface GraphQLParams {
  /** The document; null if the request has only its hash or id. */
  query: string | null;
  /** Id of a persisted document; null if absent. */
  documentId: string | null;
  /** A GraphQL name; null if absent. */
  operationName: string | null;
  /** Without a prototype, so that it has no inherited properties. */
  variables: ObjMap;
  extensions: ObjMap;
}

const NAME = /^[_A-Za-z][_0-9A-Za-z]*$/;
const PARAMETERS = ['query', 'documentId', 'operationName', 'variables', 'extensions'] as const;
type Parameter = (typeof PARAMETERS)[number];

/**
 * Parses the parameters of a request. They are parsed once, so that all checks see what is executed. Throws an HttpError,
 * status 400, that names the invalid parameter.
 */
export function parseParams(request: FastifyRequest): GraphQLParams {
  const params = isSafe(request) ? paramsOfUrl(request.raw.url ?? '') : paramsOfBody(request.body);
  recordParams(request, params);
  return params;
}

const parsed = new WeakMap<FastifyRequest, GraphQLParams>();

/** Records the operation that a request executes, for the log. */
export const recordParams = (request: FastifyRequest, params: GraphQLParams): void => void parsed.set(request, params);

/** The parameters of a request; undefined before `parseParams`, or if they are invalid. */
export const parsedParams = (request: FastifyRequest): GraphQLParams | undefined => parsed.get(request);

function paramsOfBody(body: unknown): GraphQLParams {
  if (Array.isArray(body))
    throw badRequest('The body of the request is a list; expected one JSON object, since requests are not batched.');
  if (!isObjectLike(body)) throw badRequest('The body of the request is not a JSON object; expected one with "query".');
  return parseEach((name) => (Object.hasOwn(body, name) ? body[name] : undefined), 'body');
}

/** Stricter than `URLSearchParams`: rejects invalid percent-encoding, which that replaces, and repeated parameters. */
function paramsOfUrl(url: string): GraphQLParams {
  if (url.includes('#')) throw badRequest('The URL of the request has a fragment ("#"); expected none.');
  const start = url.indexOf('?');
  const texts = new Map<string, string>();
  for (const pair of start < 0 ? [] : url.slice(start + 1).split('&')) {
    const [name, value] = decodePair(pair);
    if (!PARAMETERS.includes(name as Parameter)) continue;
    if (texts.has(name))
      throw badRequest(`The URL of the request has the parameter "${name}" twice; expected it once.`);
    texts.set(name, value);
  }
  return parseEach((name) => {
    const text = texts.get(name);
    // An empty parameter counts as absent.
    if (text === undefined || text === '') return undefined;
    return name === 'variables' || name === 'extensions'
      ? parseJson(text, `"${name}" in the URL of the request`)
      : text;
  }, 'URL');
}

function decodePair(pair: string): [name: string, value: string] {
  const separator = pair.indexOf('=');
  const [name, value] = separator < 0 ? [pair, ''] : [pair.slice(0, separator), pair.slice(separator + 1)];
  try {
    return [decode(name), decode(value)];
  } catch {
    throw badRequest('The URL of the request has a parameter that is not percent-encoded UTF-8.');
  }
}

const decode = (text: string): string => decodeURIComponent(text.replaceAll('+', ' '));

function parseEach(read: (name: Parameter) => unknown, place: string): GraphQLParams {
  const query = read('query') ?? null;
  const documentId = read('documentId') ?? null;
  const operationName = read('operationName') ?? null;
  if (query !== null && typeof query !== 'string')
    throw badRequest(
      `"query" in the ${place} of the request is not a string; expected the text of a GraphQL document.`,
    );
  if (documentId !== null && typeof documentId !== 'string')
    throw badRequest(
      `"documentId" in the ${place} of the request is not a string; expected the id of a persisted document.`,
    );
  if (operationName !== null && typeof operationName !== 'string')
    throw badRequest(
      `"operationName" in the ${place} of the request is not a string; expected the name of an operation.`,
    );
  if (operationName && !NAME.test(operationName))
    throw badRequest(
      `"operationName" in the ${place} of the request is not a GraphQL name; expected letters, digits and "_".`,
    );
  return {
    query: query || null,
    documentId: documentId || null,
    operationName: operationName || null,
    variables: objectOf(read('variables'), 'variables', place),
    extensions: objectOf(read('extensions'), 'extensions', place),
  };
}

function objectOf(value: unknown, name: string, place: string): ObjMap {
  if (value === undefined || value === null) return Object.create(null);
  if (!isObjectLike(value))
    throw badRequest(`"${name}" in the ${place} of the request is not an object; expected a JSON object.`);
  return toObjMap(value);
}

const badRequest = (message: string): HttpError => new HttpError('BAD_REQUEST', message);
