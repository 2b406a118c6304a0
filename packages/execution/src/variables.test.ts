import fc from 'fast-check';
import { buildSchema, getVariableValues, Kind, type OperationDefinitionNode, parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { variableReader } from './variables.js';

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

describe('variables', () => {
  it('are read as graphql-js reads them, whatever is given', () => {
    const variable = fc.record({ type: fc.constantFrom(...TYPES), given: value, isThere: fc.boolean() });
    fc.assert(
      fc.property(fc.array(variable, { minLength: 1, maxLength: 4 }), (asked) => {
        const definitions = asked.map(({ type }, index) => `$v${index}: ${type}${DEFAULTS[type] ?? ''}`).join(', ');
        const [operation] = parse(`query (${definitions}) { house }`, { noLocation: true }).definitions as [
          OperationDefinitionNode,
        ];
        const given = Object.fromEntries(
          asked.flatMap(({ given: own, isThere }, index) => (isThere ? [[`v${index}`, own]] : [])),
        );
        const expected = getVariableValues(schema, operation.variableDefinitions ?? [], given, { maxErrors: 50 });
        const read = variableReader(schema, operation.variableDefinitions ?? [])(given);
        expect(read.errors?.map(({ message }) => message)).toEqual(expected.errors?.map(({ message }) => message));
        expect(plain(read.coerced)).toEqual(plain(expected.coerced));
      }),
      { numRuns: 2000 },
    );
  });

  it.each(['toString', '__proto__'])('named as what every object has are read as any other: %s', (name) => {
    const [operation] = parse(`query ($${name}: String) { house(name: $${name}) }`).definitions;
    if (operation?.kind !== Kind.OPERATION_DEFINITION) throw new Error('no operation');
    const read = variableReader(schema, operation.variableDefinitions ?? []);
    expect(Object.entries(read({}).coerced ?? {})).toEqual([]);
    expect(Object.entries(read(JSON.parse(`{ "${name}": "a" }`)).coerced ?? {})).toEqual([[name, 'a']]);
  });
});

/** graphql-js makes objects without a prototype. */
const plain = (coerced: unknown): unknown => (coerced === undefined ? undefined : JSON.parse(JSON.stringify(coerced)));
