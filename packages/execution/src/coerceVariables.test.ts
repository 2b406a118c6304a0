import fc from 'fast-check';
import { buildSchema, getVariableValues, Kind, type OperationDefinitionNode, parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { variableCoercer } from './coerceVariables.js';

const schema = buildSchema(`
  scalar _Any
  scalar Day
  enum Material { STONE WOOD }
  input Filter { material: Material, rooms: Int = 3 }
  type Query { house(id: ID, name: String, rooms: Int, size: Float, old: Boolean, of: Material, built: Day, filter: Filter, any: _Any): Int }
`);

const TYPES = ['ID', 'String', 'Int', 'Float', 'Boolean', 'Material', 'Day', 'Filter', '_Any'].flatMap((type) => [
  type,
  `${type}!`,
  `[${type}]`,
  `[${type}!]!`,
]);
const DEFAULTS: Record<string, string> = { Int: ' = 7', String: ' = "none"', '[Int]': ' = [1]' };

const value = fc.oneof(
  { depthSize: 'small' },
  fc.constantFrom(
    null,
    undefined,
    true,
    0,
    1,
    -1,
    1.5,
    2 ** 31,
    -(2 ** 31),
    'STONE',
    'BRICK',
    '1',
    '',
    [],
    [null],
    [undefined],
    [1],
    ['a'],
    [['a']],
    {},
    { rooms: 1 },
    { rooms: 'one' },
    Number.NaN,
  ),
  fc.array(fc.oneof(fc.integer(), fc.string(), fc.boolean(), fc.constant(null))),
);

describe('coercion of variables', () => {
  it('returns what graphql-js returns, for any value', () => {
    const variable = fc.record({ type: fc.constantFrom(...TYPES), given: value, isThere: fc.boolean() });
    fc.assert(
      fc.property(fc.array(variable, { minLength: 1, maxLength: 4 }), (variables) => {
        const definitions = variables.map(({ type }, index) => `$v${index}: ${type}${DEFAULTS[type] ?? ''}`).join(', ');
        const [operation] = parse(`query (${definitions}) { house }`, { noLocation: true }).definitions as [
          OperationDefinitionNode,
        ];
        const given = Object.fromEntries(
          variables.flatMap(({ given, isThere }, index) => (isThere ? [[`v${index}`, given]] : [])),
        );
        const expected = getVariableValues(schema, operation.variableDefinitions ?? [], given, { maxErrors: 50 });
        const read = variableCoercer(schema, operation.variableDefinitions ?? [])(given);
        expect(read.errors?.map(({ message }) => message)).toEqual(expected.errors?.map(({ message }) => message));
        expect(plain(read.coerced)).toEqual(plain(expected.coerced));
      }),
      { numRuns: 2000 },
    );
  });

  it.each(['toString', '__proto__'])('works for a variable named %s, which every object inherits', (name) => {
    const [operation] = parse(`query ($${name}: String) { house(name: $${name}) }`).definitions;
    if (operation?.kind !== Kind.OPERATION_DEFINITION) throw new Error('no operation');
    const read = variableCoercer(schema, operation.variableDefinitions ?? []);
    expect(Object.entries(read({}).coerced ?? {})).toEqual([]);
    expect(Object.entries(read(JSON.parse(`{ "${name}": "a" }`)).coerced ?? {})).toEqual([[name, 'a']]);
  });
});

/** graphql-js makes objects without a prototype. */
const plain = (coerced: unknown): unknown => (coerced === undefined ? undefined : JSON.parse(JSON.stringify(coerced)));
