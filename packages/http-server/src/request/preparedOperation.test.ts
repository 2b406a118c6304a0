import { buildSchema } from 'graphql';
import { describe, expect, it } from 'vitest';
import type { Engine, ParsedOperation } from './engine.js';
import { OperationCache } from './preparedOperation.js';

const LIMITS = { tokens: 100, depth: 5, aliases: 5, rootFields: 5, directives: 5, selections: 20, cost: 10, page: 10 };
const schema = buildSchema(
  'type Query { castle(of: String): String castles(first: Int, last: Int): [Castle] castlesOf(ids: [ID!]!): [Castle] } type Castle { name: String } type Mutation { build: String }',
);

function aCache(options: ConstructorParameters<typeof OperationCache>[1] = { limits: LIMITS }) {
  const prepared: ParsedOperation[] = [];
  const engine: Engine = {
    schema,
    prepare: (operation) => {
      prepared.push(operation);
      return { planFor: () => ({ sources: [], execute: () => ({ data: {} }) }) };
    },
  };
  return { cache: new OperationCache(engine, options), engine, prepared };
}

function rejected(run: () => unknown): { code: string; message: string } {
  try {
    run();
  } catch (error) {
    return error as { code: string; message: string };
  }
  throw new Error('The operation was not rejected.');
}

describe('preparing an operation', () => {
  it('selects the operation by name, with the fragments that it uses and no others', () => {
    const { cache, prepared } = aCache();

    cache.prepare('query A { ...F } query B { castle } fragment F on Query { castle }', 'B');

    expect(prepared[0]?.operation.name?.value).toBe('B');
    expect(prepared[0]?.document.definitions).toHaveLength(1);
  });

  it('distinguishes operations whose concatenated name and text are the same', () => {
    const { cache } = aCache();
    const [head, tail] = ['query HEAD { a: castle b: castle c: castle }', 'query TAIL { castle }'];

    const first = cache.prepare(`${head}\n${tail}`, 'HEAD');
    cache.prepare(tail, 'TAIL');

    expect(cache.peek(tail, null)).toBeUndefined();
    expect(cache.peek(`${head}\n${tail}`, 'HEAD')).toBe(first);
    expect(cache.peek(`${head}\n${tail}`, null)).toBeUndefined();
  });

  it('prepares it again after the engine was replaced', () => {
    const { cache, engine } = aCache();
    const first = cache.prepare('{ castle }', null);

    cache.replaceEngine(engine);

    expect(cache.peek('{ castle }', null)).toBeUndefined();
    expect(cache.prepare('{ castle }', null).id).not.toBe(first.id);
  });

  it('computes its cost from the variables of each request', () => {
    const { cache } = aCache();
    const { costOf } = cache.prepare('query ($ids: [ID!]!) { castlesOf(ids: $ids) { name } }', null);
    const { costOf: costOfPage } = cache.prepare('query ($first: Int) { castles(first: $first) { __typename } }', null);

    expect(costOf({ ids: ['a', 'b', 'c', 'd', 'e'] })).toBe(10);
    expect(rejected(() => costOf({ ids: ['a', 'b', 'c', 'd', 'e', 'f'] }))).toMatchObject({
      code: 'OPERATION_TOO_COSTLY',
    });
    expect(rejected(() => costOfPage({ first: 11 }))).toMatchObject({
      code: 'BAD_USER_INPUT',
      errors: [
        {
          path: ['castles'],
          locations: [{ line: 1, column: 23 }],
          extensions: { field: 'castles', argument: 'first' },
        },
      ],
    });
  });
});

describe('a rejected operation', () => {
  it.each<[what: string, source: string, code: string]>([
    ['not GraphQL', '{', 'GRAPHQL_PARSE_FAILED'],
    ['not valid', '{ tower }', 'GRAPHQL_VALIDATION_FAILED'],
    ['a subscription', 'subscription { castle }', 'SUBSCRIPTION_NOT_SUPPORTED'],
    ['a document without an operation', 'fragment F on Query { castle }', 'GRAPHQL_VALIDATION_FAILED'],
    ['several operations without a name', 'query A { castle } query B { castle }', 'OPERATION_RESOLUTION_FAILURE'],
    ['too large', `{ ${'castle '.repeat(30)} }`, 'OPERATION_TOO_MANY_ROOT_FIELDS'],
  ])('is cached, so that it is not checked again: %s', (_, source, code) => {
    const { cache, prepared } = aCache();

    const first = rejected(() => cache.prepare(source, null));
    const second = rejected(() => cache.peek(source, null));

    expect(first.code).toBe(code);
    expect(second).toBe(first);
    expect(prepared).toEqual([]);
  });

  it('has the location of the error and suggests a name', () => {
    const { errors } = rejected(() => aCache().cache.prepare('{\n castl }', null)) as unknown as {
      errors: { message: string; locations: unknown }[];
    };

    expect(errors).toMatchObject([
      { locations: [{ line: 2, column: 2 }], message: expect.stringContaining('Did you mean "castle"') },
    ]);
  });

  it('names no part of the schema without introspection', () => {
    const { cache } = aCache({ introspection: false });

    for (const source of [
      '{ castl }',
      '{ castle { name } }',
      '{ castles(first: "a") { name } }',
      'query ($a: Castle) { castle }',
      '{ __type(name: "Castle") { name } }',
    ]) {
      const { errors, code } = rejected(() => cache.prepare(source, null)) as unknown as {
        errors: { message: string; locations: unknown }[];
        code: string;
      };
      expect([code, JSON.stringify(errors)]).toEqual([
        'GRAPHQL_VALIDATION_FAILED',
        expect.not.stringMatching(/Castle|"castle|name|String|Int/),
      ]);
      expect(errors[0]?.locations).toHaveLength(1);
    }
  });

  it('includes the field that returns the SDL of a subgraph, without introspection', () => {
    const subgraph = buildSchema('type Query { castle: String _service: _Service! } type _Service { sdl: String }');
    const engine: Engine = {
      schema: subgraph,
      prepare: () => ({ planFor: () => ({ sources: [], execute: () => ({ data: {} }) }) }),
    };

    expect(
      rejected(() => new OperationCache(engine, { introspection: false }).prepare('{ _service { sdl } }', null)).code,
    ).toBe('GRAPHQL_VALIDATION_FAILED');
    expect(new OperationCache(engine, {}).prepare('{ _service { sdl } }', null).type).toBe('query');
  });
});
