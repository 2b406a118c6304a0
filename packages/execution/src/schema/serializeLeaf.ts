import {
  GraphQLBoolean,
  GraphQLID,
  GraphQLInt,
  type GraphQLLeafType,
  type GraphQLOutputType,
  GraphQLString,
  isEnumType,
  isNonNullType,
} from 'graphql';
import { selfNamedValues } from '../response/leaf.js';

/** Serializes a resolved value. Throws if the result is null. */
export function serializeLeaf(type: GraphQLLeafType, value: unknown): unknown {
  const serialized = type.serialize(value);
  if (serialized === null || serialized === undefined)
    throw new Error(
      `Expected \`${type.name}.serialize\` to return non-nullable value, returned: ${String(serialized)}.`,
    );
  return serialized;
}

/** Approximate size of a serialized value in characters. */
export const leafSize = (value: unknown): number =>
  typeof value === 'string' ? value.length : typeof value === 'object' ? JSON.stringify(value).length : 6;

/** Whether serialization would return a value unchanged. False if in doubt. */
export type IsSerialized = (value: unknown) => boolean;

const isString: IsSerialized = (value) => typeof value === 'string';
const BUILT_IN = new Map<unknown, IsSerialized>([
  [GraphQLString, isString],
  [GraphQLID, isString],
  [GraphQLBoolean, (value) => typeof value === 'boolean'],
  [GraphQLInt, (value) => typeof value === 'number' && (value | 0) === value],
]);

/** The predicate for a field's type; always false for lists and objects. */
export function serializedPredicate(type: GraphQLOutputType): IsSerialized {
  if (isNonNullType(type)) return nonNullPredicate(type.ofType);
  const isSerialized = nonNullPredicate(type);
  return (value) => value === null || isSerialized(value);
}

function nonNullPredicate(type: GraphQLOutputType): IsSerialized {
  if (!isEnumType(type)) return BUILT_IN.get(type) ?? (() => false);
  const names = selfNamedValues(type);
  return (value) => names.has(value);
}
