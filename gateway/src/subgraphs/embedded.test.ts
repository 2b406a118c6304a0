import type { GraphQLDataSource } from '@apollo/gateway';
import { createExecutor, StoreHandle, type Subgraph } from '@dossier/subgraph-server';
import { buildSchema, GraphQLError, type GraphQLScalarType, type GraphQLSchema } from 'graphql';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { EmbeddedDataSource } from './embedded.js';

afterEach(() => vi.restoreAllMocks());

const wrongDay = () => {
  throw new GraphQLError('"soon" is not a day.', { extensions: { code: 'BAD_USER_INPUT' } });
};

/** A subgraph of one castle, whose rooms are what the case is about. */
function aSubgraph(
  rooms: (args: unknown, context: object) => unknown = () => 3,
): Subgraph & { createContext: ReturnType<typeof vi.fn> } {
  const schema: GraphQLSchema = buildSchema('scalar Day type Query { rooms(on: Day): Int doors: Int }');
  Object.assign(schema.getType('Day') as GraphQLScalarType, { parseValue: wrongDay, parseLiteral: wrongDay });
  const roots = schema.getQueryType()?.getFields() ?? {};
  Object.assign(roots['rooms'] ?? {}, {
    resolve: (_parent: unknown, args: unknown, context: object) => rooms(args, context),
  });
  const createContext = vi.fn(() => ({}));
  const storeHandle = new StoreHandle(
    { revision: 'r', close: () => {} } as ConstructorParameters<typeof StoreHandle>[0],
    '',
    createContext,
  );
  return {
    name: 'castles',
    schema,
    executable: createExecutor(schema),
    file: '',
    storeHandle,
    storeHandleOf: () => storeHandle,
    revision: 'r',
    builtAt: new Date(0),
    createContext,
    reload: async () => {},
    close: () => {},
  };
}

const fetchOf = (query: string, variables = {}, context = {}) =>
  ({ kind: 'incoming operation', request: { query, variables }, context }) as unknown as Parameters<
    GraphQLDataSource['process']
  >[0];
const sourceOf = (subgraph: Subgraph) => new EmbeddedDataSource(subgraph, { supertypes: new Map() });

describe('a subgraph in memory', () => {
  it('passes on the message of an error that is meant for clients, with code, path and service', async () => {
    const source = sourceOf(
      aSubgraph(() => {
        throw new GraphQLError('Too many.', { extensions: { code: 'BAD_USER_INPUT' } });
      }),
    );

    const { data, errors } = await source.process(fetchOf('{ many: rooms }'));

    expect(data).toEqual({ many: null });
    expect(errors).toEqual([
      { message: 'Too many.', path: ['many'], extensions: { code: 'BAD_USER_INPUT', service: 'castles' } },
    ]);
  });

  it('masks any other error', async () => {
    vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    const source = sourceOf(
      aSubgraph(() => {
        throw new Error('no such table: /srv/secret.sqlite');
      }),
    );

    const { errors } = await source.process(fetchOf('{ rooms }'));

    expect(errors).toEqual([
      {
        message: 'The "castles" subgraph failed to resolve this field.',
        path: ['rooms'],
        extensions: { code: 'INTERNAL_SERVER_ERROR', service: 'castles' },
      },
    ]);
  });

  it.each([
    ['in the document', '{ rooms(on: "soon") }', {}, '"soon" is not a day.', 'GRAPHQL_VALIDATION_FAILED'],
    [
      'among the variables',
      'query ($on: Day) { rooms(on: $on) }',
      { on: 'soon' },
      'Variable "$on" got invalid value "soon"; "soon" is not a day.',
      'BAD_USER_INPUT',
    ],
  ])('says at the field what is wrong with a value %s', async (_where, query, variables, message, code) => {
    const { data, errors } = await sourceOf(aSubgraph()).process(fetchOf(query, variables));

    expect(data).toEqual({ rooms: null });
    expect(errors).toEqual([{ message, path: ['rooms'], extensions: { code, service: 'castles' } }]);
  });

  it('shares one context between the fetches of a request, but not between requests', async () => {
    const seen: object[] = [];
    const subgraph = aSubgraph((_args, context) => seen.push(context));
    const source = sourceOf(subgraph);
    const request = {};

    await source.process(fetchOf('{ rooms }', {}, request));
    await source.process(fetchOf('{ again: rooms }', {}, request));
    await source.process(fetchOf('{ rooms }', {}, {}));

    expect(subgraph.createContext).toHaveBeenCalledTimes(2);
    expect(seen[1]).toBe(seen[0]);
    expect(seen[2]).not.toBe(seen[0]);
  });
});
