import { buildSchema, type GraphQLError, type GraphQLScalarType, parse, parseValue, validate } from 'graphql';
import { describe, expect, it } from 'vitest';
import { scalarResolvers } from './scalars.js';

const cases: [name: keyof typeof scalarResolvers, good: string, bad: unknown[]][] = [
  ['EDTF', '2022-08-15/..', ['2021-02-29', 'soon', '', 2022, null, ['2022']]],
  ['Date', '2022-08-15', ['2022-08', '2021-02-29', '15.08.2022', 20220815, true]],
  ['Decimal', '-10.77', ['1e3', '1,5', 10.77, {}]],
];

const REJECTED = /expected|takes a string/;

describe.each(cases)('the scalar %s', (name, good, bad) => {
  const scalar: GraphQLScalarType = scalarResolvers[name];

  it('accepts valid input, as a variable or a literal, and returns it unchanged', () => {
    expect(scalar.parseValue(good)).toBe(good);
    expect(scalar.parseLiteral(parseValue(JSON.stringify(good)))).toBe(good);
    expect(scalar.serialize(good)).toBe(good);
  });

  it('rejects anything else, and says what was expected', () => {
    for (const value of bad) {
      expect(() => scalar.parseValue(value), JSON.stringify(value)).toThrow(REJECTED);
      expect(() => scalar.parseLiteral(parseValue(JSON.stringify(value))), JSON.stringify(value)).toThrow(REJECTED);
    }
  });
});

describe('a number in the document', () => {
  it('is rejected as a Decimal or EDTF, as it is in a variable', () => {
    expect(() => scalarResolvers.Decimal.parseLiteral(parseValue('42740000'))).toThrow(/takes a string, not 42740000/);
    expect(() => scalarResolvers.EDTF.parseLiteral(parseValue('2022'))).toThrow(/takes a string, not 2022/);
  });
});

describe('a document with an invalid date', () => {
  it('is rejected with the message of the scalar and the location', () => {
    const schema = buildSchema('scalar Date type Query { day(of: Date): Int }');
    Object.assign(schema.getType('Date') as GraphQLScalarType, { parseLiteral: scalarResolvers.Date.parseLiteral });
    const [error] = validate(schema, parse('{ day(of: "2021-02-29") }')) as GraphQLError[];
    expect(error?.message).toContain('"2021-02-29" is not a valid date; expected YYYY-MM-DD, e.g. 2022-08-19.');
    expect(error?.locations).toEqual([{ line: 1, column: 11 }]);
  });
});
