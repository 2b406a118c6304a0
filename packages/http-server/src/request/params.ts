import { type ObjMap, toObjMap } from '@dossier/graphql';
import type { FastifyRequest } from 'fastify';
import { HttpError } from '../errors/httpError.js';
import { parseJson } from './json.js';

/** The parameters of a GraphQL request (GraphQL over HTTP, 5.1), whether they came as a body or in the URL. */
export interface GraphQLParams {
  /** Text of the document; null if only its hash or id is given. */
  query: string | null;
  /** A GraphQL Name; null if none is given. */
  operationName: string | null;
  /** Without a prototype, so that only own properties are found. */
  variables: ObjMap;
  extensions: ObjMap;
}

const NAME = /^[_A-Za-z][_0-9A-Za-z]*$/;
const PARAMETERS = ['query', 'operationName', 'variables', 'extensions'] as const;
type Parameter = (typeof PARAMETERS)[number];

/**
 * Parses the parameters of a request, once: what is executed is what was read here. Throws a HttpError, status 400, that
 * names the parameter if one cannot be read or is of another type.
 */
export function parseParams(request: FastifyRequest): GraphQLParams {
  const params =
    request.method === 'GET' || request.method === 'HEAD'
      ? paramsOfUrl(request.raw.url ?? '')
      : paramsOfBody(request.body);
  parsed.set(request, params);
  return params;
}

const parsed = new WeakMap<FastifyRequest, GraphQLParams>();

/** The parameters of a request as they were parsed; undefined if they were not, or could not be. */
export const parsedParams = (request: FastifyRequest): GraphQLParams | undefined => parsed.get(request);

function paramsOfBody(body: unknown): GraphQLParams {
  if (Array.isArray(body))
    throw badRequest('The body of the request is a list; expected one JSON object, since requests are not batched.');
  if (!isObject(body)) throw badRequest('The body of the request is not a JSON object; expected one with "query".');
  return checked((name) => (Object.hasOwn(body, name) ? body[name] : undefined), 'body');
}

/** Stricter than `URLSearchParams`: what is not percent-encoded UTF-8 is rejected rather than replaced, and so is a parameter that is given twice. */
function paramsOfUrl(url: string): GraphQLParams {
  if (url.includes('#')) throw badRequest('The URL of the request has a fragment ("#"); expected none.');
  const start = url.indexOf('?');
  const given = new Map<string, string>();
  for (const pair of start < 0 ? [] : url.slice(start + 1).split('&')) {
    const [name, value] = decodePair(pair);
    if (!PARAMETERS.includes(name as Parameter)) continue;
    if (given.has(name))
      throw badRequest(`The URL of the request has the parameter "${name}" twice; expected it once.`);
    given.set(name, value);
  }
  return checked((name) => {
    const text = given.get(name);
    // An empty parameter counts as absent.
    if (text === undefined || text === '') return undefined;
    return name === 'variables' || name === 'extensions'
      ? parseJson(text, `"${name}" in the URL of the request`)
      : text;
  }, 'URL');
}

function decodePair(pair: string): [name: string, value: string] {
  const divide = pair.indexOf('=');
  const [name, value] = divide < 0 ? [pair, ''] : [pair.slice(0, divide), pair.slice(divide + 1)];
  try {
    return [decode(name), decode(value)];
  } catch {
    throw badRequest('The URL of the request has a parameter that is not percent-encoded UTF-8.');
  }
}

const decode = (text: string): string => decodeURIComponent(text.replaceAll('+', ' '));

function checked(read: (name: Parameter) => unknown, place: string): GraphQLParams {
  const query = read('query') ?? null;
  const operationName = read('operationName') ?? null;
  if (query !== null && typeof query !== 'string')
    throw badRequest(
      `"query" in the ${place} of the request is not a string; expected the text of a GraphQL document.`,
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
    operationName: operationName || null,
    variables: objectOf(read('variables'), 'variables', place),
    extensions: objectOf(read('extensions'), 'extensions', place),
  };
}

function objectOf(value: unknown, name: string, place: string): ObjMap {
  if (value === undefined || value === null) return Object.create(null);
  if (!isObject(value))
    throw badRequest(`"${name}" in the ${place} of the request is not an object; expected a JSON object.`);
  return toObjMap(value);
}

const badRequest = (message: string): HttpError => new HttpError('BAD_REQUEST', message);

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
