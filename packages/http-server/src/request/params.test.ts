import type { FastifyRequest } from 'fastify';
import { describe, expect, it } from 'vitest';
import { parseParams } from './params.js';

const get = (search: string) => parseParams({ method: 'GET', raw: { url: `/graphql?${search}` } } as FastifyRequest);
const post = (body: unknown) =>
  parseParams({ method: 'POST', body, raw: { url: '/graphql?query={ignored}' } } as FastifyRequest);
const plain = ({ variables, extensions, ...rest }: ReturnType<typeof get>) => ({
  ...rest,
  variables: { ...variables },
  extensions: { ...extensions },
});

const NOTHING = { query: null, documentId: null, operationName: null, variables: {}, extensions: {} };

describe('the parameters of a GET', () => {
  it.each<[what: string, search: string, params: object]>([
    ['a query', 'query=%7Bcastle%7D', { query: '{castle}' }],
    ['spaces as plus signs and as %20', 'query=%7B+a%20b+%7D', { query: '{ a b }' }],
    [
      'variables and extensions as JSON',
      'query={a}&variables={"of":"ü"}&extensions={"x":1}',
      { query: '{a}', variables: { of: 'ü' }, extensions: { x: 1 } },
    ],
    ['the id of a document', 'documentId=sha256%3Aabc', { documentId: 'sha256:abc' }],
    ['empty ones as absent', 'query={a}&documentId=&operationName=&variables=&extensions=', { query: '{a}' }],
    ['names without a value as absent', 'query={a}&operationName&variables', { query: '{a}' }],
    ['null as absent', 'query={a}&variables=null&extensions=null', { query: '{a}' }],
    ['no other parameters', 'query={a}&variablesx={"a":1}&Query={b}&__proto__=1', { query: '{a}' }],
    ['an escaped name as that name', 'qu%65ry={a}', { query: '{a}' }],
    ['no parameters at all', '', {}],
  ])('are read: %s', (_, search, params) => {
    expect(plain(get(search))).toEqual({ ...NOTHING, ...params });
  });

  it.each<[what: string, search: string, message: string]>([
    ['bytes that are not UTF-8', 'query={a}&variables={"x":"%FF"}', 'not percent-encoded UTF-8'],
    ['half an escape', 'query={a}&x=%z', 'not percent-encoded UTF-8'],
    ['a parameter twice', 'query={a}&query={a}', '"query" twice'],
    ['a parameter twice, once escaped', 'variables={}&query={a}&v%61riables={}', '"variables" twice'],
    ['a fragment', 'query={a}#', 'fragment'],
    ['variables that are not JSON', 'query={a}&variables={', '"variables" in the URL of the request is not valid JSON'],
    ['variables that are a list', 'query={a}&variables=[]', '"variables" in the URL of the request is not an object'],
    [
      'extensions that are a string',
      'query={a}&extensions="a"',
      '"extensions" in the URL of the request is not an object',
    ],
    [
      'a member __proto__',
      'query={a}&variables={"__proto__":{"a":1}}',
      '"variables" in the URL of the request is not valid JSON, or has a member "__proto__"',
    ],
    ['an operation name that is not a name', 'query={a}&operationName=a+b', 'not a GraphQL name'],
  ])('are rejected: %s', (_, search, message) => {
    expect(() => get(search)).toThrow(message);
  });
});

describe('the parameters of a POST', () => {
  it('are read from the body alone, whatever the URL says', () => {
    expect(plain(post({ query: '{a}', variables: { of: 1 }, operationName: null, more: 2 }))).toEqual({
      ...NOTHING,
      query: '{a}',
      variables: { of: 1 },
    });
  });

  it.each<[what: string, body: unknown, message: string]>([
    ['a list', [{ query: '{a}' }], 'requests are not batched'],
    ['null', null, 'not a JSON object'],
    ['a document id that is a number', { documentId: 1 }, '"documentId" in the body of the request is not a string'],
    ['a query that is not a string', { query: 1 }, '"query" in the body of the request is not a string'],
    ['an operation name with a line break', { query: '{a}', operationName: 'A\n{b}' }, 'not a GraphQL name'],
    [
      'variables that are a string',
      { query: '{a}', variables: '{}' },
      '"variables" in the body of the request is not an object',
    ],
  ])('are rejected: %s', (_, body, message) => {
    expect(() => post(body)).toThrow(message);
  });

  it('have own variables only, whatever every object has', () => {
    const { variables } = post({ query: '{a}', variables: { a: 1 } });

    expect([variables['constructor'], variables['toString'], variables['a']]).toEqual([undefined, undefined, 1]);
  });
});
