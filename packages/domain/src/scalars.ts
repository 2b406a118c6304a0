import { GraphQLScalarType, Kind, print } from 'graphql';
import { isCalendarDay, spanOf } from './dates.js';
import { parseDecimal } from './decimal.js';

/**
 * A scalar that is a string in JSON. Input is validated; stored values are returned unchanged. It throws plain errors, to which
 * graphql-js adds locations and paths. GraphQL specification, 3.5 Scalars: https://spec.graphql.org/October2021/#sec-Scalars
 */
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
      // Number literals also have a `value` of type string, but numbers are rejected in variables, and so here.
      if (node.kind !== Kind.STRING) throw new TypeError(`${name} takes a string, not ${print(node)}.`);
      return accept(node.value);
    },
  });
}

/** Resolvers of the scalars in common.graphql. */
export const scalarResolvers = {
  EDTF: textScalar('EDTF', (text) => {
    spanOf(text);
  }),
  Date: textScalar('Date', (text) => {
    if (!isCalendarDay(text))
      throw new RangeError(`"${text}" is not a valid date; expected YYYY-MM-DD, e.g. 2022-08-19.`);
  }),
  Decimal: textScalar('Decimal', (text) => {
    parseDecimal(text);
  }),
};
