import { GraphQLScalarType, Kind, print } from 'graphql';
import { isCalendarDay, spanOf } from './dates.js';
import { parseDecimal } from './decimal.js';
import { badUserInput } from './errors.js';

/** A scalar carried as a string: what is stored is served as it is, what comes in is checked. */
function textScalar(name: string, check: (text: string) => void): GraphQLScalarType {
  const noText = (given: string) => badUserInput(name, `${name} takes a string, not ${given}.`);
  const accept = (value: unknown): string => {
    if (typeof value !== 'string') throw noText(JSON.stringify(value));
    try {
      check(value);
    } catch (error) {
      throw badUserInput(name, (error as Error).message);
    }
    return value;
  };
  return new GraphQLScalarType({
    name,
    serialize: (value) => value,
    parseValue: accept,
    parseLiteral: (node) => {
      // A number has a text too: what a variable may not carry, the document may not either.
      if (node.kind !== Kind.STRING) throw noText(print(node));
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
    if (!isCalendarDay(text)) throw new RangeError(`"${text}" is not a day of the calendar; expected YYYY-MM-DD, e.g. 2022-08-19.`);
  }),
  Decimal: textScalar('Decimal', (text) => {
    parseDecimal(text);
  }),
};
