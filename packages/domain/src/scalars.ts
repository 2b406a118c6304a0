import { GraphQLScalarType, Kind, print } from 'graphql';
import { isCalendarDay, spanOf } from './dates.js';
import { parseDecimal } from './decimal.js';

/** A scalar carried as a string: what is stored is served as it is, what comes in is checked. It throws plain errors, to which graphql-js adds the place. */
function textScalar(name: string, check: (text: string) => void): GraphQLScalarType {
  const accept = (value: unknown): string => {
    if (typeof value !== 'string') throw new TypeError(`${name} takes a string, not ${JSON.stringify(value)}.`);
    check(value);
    return value;
  };
  return new GraphQLScalarType({
    name,
    serialize: (value) => value,
    parseValue: accept,
    parseLiteral: (node) => {
      // A number has a text too: what a variable may not carry, the document may not either.
      if (node.kind !== Kind.STRING) throw new TypeError(`${name} takes a string, not ${print(node)}.`);
      return accept(node.value);
    },
  });
}

/** Resolvers of the scalars that every subgraph shares. */
export const scalarResolvers = {
  EDTF: textScalar('EDTF', (text) => {
    spanOf(text);
  }),
  Date: textScalar('Date', (text) => {
    if (!isCalendarDay(text))
      throw new RangeError(`"${text}" is not a day of the calendar; expected YYYY-MM-DD, e.g. 2022-08-19.`);
  }),
  Decimal: textScalar('Decimal', (text) => {
    parseDecimal(text);
  }),
};
