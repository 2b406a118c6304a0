import {
  buildSchema,
  type ExecutionResult,
  execute,
  GraphQLError,
  type GraphQLSchema,
  isObjectType,
  parse,
} from 'graphql';
import { describe, expect, it } from 'vitest';
import { compileDocument } from './compileDocument.js';

interface Castle {
  __typename: 'Castle';
  name: string;
}

function castles(): GraphQLSchema {
  const schema = buildSchema(`
    enum Material { STONE WOOD }
    interface Building { name: String! rooms: [Room] }
    type Castle implements Building { name: String! rooms: [Room] built(after: Int = 900, of: Material): String moat: Boolean! keep: Castle! }
    type Barn implements Building { name: String! rooms: [Room] }
    type Room { number: Int! doors: [Int!] strict: [Int!]! }
    union Found = Castle | Barn
    type Query { buildings: [Building!] found(name: String!): Found castle: Castle lost: Castle fails: Int failsLater: String wrongType: Building number(given: Int!): Int set: [Int] }
  `);
  const castle = (name: string): Castle => ({ __typename: 'Castle', name });
  const resolvers: Record<string, Record<string, (source: Castle, args: Record<string, unknown>) => unknown>> = {
    Query: {
      buildings: async () => [castle('Lindenburg'), Promise.resolve({ __typename: 'Barn', name: 'Oak' })],
      found: (_, { name }) => (name === 'none' ? null : castle(name as string)),
      castle: () => castle('Lindenburg'),
      lost: () => castle('lost'),
      fails: () => {
        throw new GraphQLError('No number.', { extensions: { code: 'BAD_USER_INPUT' } });
      },
      failsLater: async () => new Error('Not available.'),
      wrongType: () => ({ __typename: 'Ship', name: 'Anna' }),
      number: (_, { given }) => given,
      set: () => new Set([1, Promise.resolve(2), null]),
    },
    Castle: {
      rooms: async () => [
        { number: 1, doors: [1, 2], strict: [1] },
        null,
        { number: async () => 3, doors: [1, null], strict: [Promise.resolve(1), null] },
      ],
      built: (_, args) => JSON.stringify(args),
      moat: async ({ name }) => (name === 'lost' ? null : true),
      keep: ({ name }) => (name === 'lost' ? null : castle('lost')),
    },
    Barn: { rooms: () => 'none' },
  };
  for (const [type, fields] of Object.entries(resolvers)) {
    const objectType = schema.getType(type);
    if (isObjectType(objectType))
      for (const [field, resolve] of Object.entries(fields))
        Object.assign(objectType.getFields()[field] ?? {}, { resolve });
  }
  return schema;
}

const seen = ({ data, errors }: ExecutionResult) => ({
  data: JSON.parse(JSON.stringify(data ?? null)),
  hasData: data !== undefined,
  errors: (errors ?? []).map(({ message, path, extensions }) => JSON.stringify({ message, path, extensions })).sort(),
});

const QUERIES: [query: string, variables?: Record<string, unknown>][] = [
  ['{ castle { name again: name __typename } }'],
  ['{ buildings { __typename name ... on Castle { moat } rooms { number } } }'],
  ['{ castle { rooms { number doors } } }'],
  ['{ castle { rooms { strict } } }'],
  ['{ lost { moat } }'],
  ['{ lost { keep { name } } castle { keep { moat } name } }'],
  ['{ fails failsLater castle { name } }'],
  ['query ($name: String!) { found(name: $name) { ... on Castle { name } __typename } }', { name: 'none' }],
  ['query ($name: String!) { found(name: $name) { ... on Building { name } } }', { name: 'Lindenburg' }],
  ['query ($name: String!) { found(name: $name) { __typename } }', {}],
  ['query ($given: Int!) { number(given: $given) }', { given: 'one' }],
  ['query ($given: Int! = 4) { number(given: $given) }'],
  ['{ castle { built of: built(of: STONE) both: built(after: 1100, of: null) } }'],
  ['query ($of: Material, $after: Int) { castle { built(of: $of, after: $after) } }', { of: 'WOOD' }],
  ['query ($yes: Boolean!) { castle { name @include(if: $yes) rooms @skip(if: $yes) { number } } }', { yes: true }],
  [
    'query ($yes: Boolean!) { castle { name @include(if: $yes) ...F @skip(if: $yes) } } fragment F on Building { rooms { number } ...G } fragment G on Castle { moat }',
    { yes: false },
  ],
  ['{ castle { ...A ...B } } fragment A on Castle { rooms { number } } fragment B on Building { rooms { doors } }'],
  ['{ set }'],
  ['{ __schema { queryType { name } } __type(name: "Room") { fields { name } } __typename }'],
  ['{ toString: castle { constructor: name } }'],
  ['query ($toString: Int, $__proto__: Material) { castle { built(after: $toString, of: $__proto__) } }', {}],
];

describe('a compiled document', () => {
  const schema = castles();

  it.each(QUERIES)('returns what graphql-js returns: %s', async (query, variables = {}) => {
    const document = parse(query, { noLocation: true });
    const run = compileDocument(schema, document);
    const expected = seen(await execute({ schema, document, variableValues: variables }));
    expect(seen(await run(variables, {}))).toEqual(expected);
    // The second execution uses the compiled fields.
    expect(seen(await run(variables, {}))).toEqual(expected);
  });

  it('reads a property once, even if a getter returns a value first and a promise later', async () => {
    const withGetter = castles();
    let reads = 0;
    const counting = {
      get number() {
        return ++reads === 1 ? 1 : Promise.resolve(reads);
      },
    };
    Object.assign(
      (withGetter.getType('Castle') as unknown as { getFields: () => Record<string, object> }).getFields()['rooms'] ??
        {},
      { resolve: () => [counting] },
    );

    const { data, errors } = await compileDocument(withGetter, parse('{ castle { rooms { number } } }'))({}, {});

    expect([JSON.parse(JSON.stringify(data)), errors, reads]).toEqual([
      { castle: { rooms: [{ number: 1 }] } },
      undefined,
      1,
    ]);
  });

  it('rejects a result that is complete only after the deadline, even if it has few objects', async () => {
    const run = compileDocument(castles(), parse('{ buildings { name } }'));

    expect(await run({}, {}, { deadline: performance.now() - 1 })).toEqual({
      errors: [expect.objectContaining({ extensions: { code: 'OPERATION_TIMEOUT' } })],
    });
    expect(await run({}, {}, { deadline: performance.now() + 60_000 })).toMatchObject({
      data: { buildings: [{}, {}] },
    });
  });

  it('rejects a type that does not implement the interface', async () => {
    const { data, errors } = await compileDocument(schema, parse('{ wrongType { name } castle { name } }'))({}, {});
    expect(JSON.parse(JSON.stringify(data))).toEqual({ wrongType: null, castle: { name: 'Lindenburg' } });
    expect(errors).toMatchObject([{ path: ['wrongType'] }]);
  });

  it('passes info to resolvers', async () => {
    const infos: unknown[] = [];
    const withInfo = castles();
    Object.assign(
      (withInfo.getType('Castle') as unknown as { getFields: () => Record<string, object> }).getFields()['built'] ?? {},
      {
        resolve: (
          _: unknown,
          __: unknown,
          ___: unknown,
          info: { fieldName: string; parentType: unknown; path: unknown; variableValues: unknown },
        ) => {
          infos.push([info.fieldName, String(info.parentType), info.path, info.variableValues]);
          return '';
        },
      },
    );
    const document = parse('query ($of: Material) { here: castle { when: built(of: $of) } }', { noLocation: true });
    await compileDocument(withInfo, document)({ of: 'WOOD' }, {});
    expect(infos).toEqual([
      [
        'built',
        'Castle',
        { prev: { prev: undefined, key: 'here', typename: undefined }, key: 'when', typename: undefined },
        { of: 'WOOD' },
      ],
    ]);
  });
});
