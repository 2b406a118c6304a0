import { getOwn } from '@dossier/graphql';
import {
  type GraphQLError,
  type GraphQLInputType,
  type GraphQLSchema,
  getVariableValues,
  isEnumType,
  isListType,
  isNonNullType,
  isScalarType,
  isSpecifiedScalarType,
  typeFromAST,
  type VariableDefinitionNode,
} from 'graphql';
import { plainNames } from './leaf.js';
import { set } from './tree.js';

/** Errors told of one request's variables at most. */
const ERRORS_TOLD = 50;

export type Coerced =
  | { coerced: Record<string, unknown>; errors?: undefined }
  | { coerced?: undefined; errors: readonly GraphQLError[] };

/** Whether a value is one of a type as it stands, so that reading it would give the same. In doubt it says no. */
type IsRead = (value: unknown) => boolean;

/**
 * Reads variables as graphql-js does, with what can be known of an operation's definitions found out once. Most values need
 * no reading: they are looked at, and taken as they are.
 */
export function variableReader(
  schema: GraphQLSchema,
  definitions: readonly VariableDefinitionNode[],
): (given: Readonly<Record<string, unknown>>) => Coerced {
  if (definitions.length === 0) return () => ({ coerced: {} });
  const looks = definitions.map(({ variable, type, defaultValue }) => {
    const input = typeFromAST(schema, type as never) as GraphQLInputType | undefined;
    return {
      name: variable.name.value,
      isRead: input ? isReadOf(input) : NO,
      mayBeLeftOut: defaultValue === undefined && input !== undefined && !isNonNullType(input),
    };
  });
  return (given) => {
    const coerced: Record<string, unknown> = {};
    for (const { name, isRead, mayBeLeftOut } of looks) {
      const isGiven = Object.hasOwn(given, name);
      const value = getOwn(given, name);
      if (isGiven ? !isRead(value) : !mayBeLeftOut)
        return getVariableValues(schema, definitions, given, { maxErrors: ERRORS_TOLD }) as Coerced;
      if (isGiven) set(coerced, name, value);
    }
    return { coerced };
  };
}

const NO: IsRead = () => false;
const MAX_INT = 2 ** 31 - 1;

const BUILT_IN: Record<string, IsRead> = {
  Int: (value) => Number.isInteger(value) && Math.abs(value as number) <= MAX_INT,
  Float: Number.isFinite,
  String: (value) => typeof value === 'string',
  Boolean: (value) => typeof value === 'boolean',
  ID: (value) => typeof value === 'string',
};

function isReadOf(type: GraphQLInputType): IsRead {
  if (!isNonNullType(type)) {
    const isRead = isPresentReadOf(type);
    return (value) => value === null || isRead(value);
  }
  const isRead = isPresentReadOf(type.ofType);
  return (value) => value !== null && value !== undefined && isRead(value);
}

function isPresentReadOf(type: GraphQLInputType): IsRead {
  if (isListType(type)) {
    const isRead = isReadOf(type.ofType);
    return (value) => {
      if (!Array.isArray(value)) return false;
      for (let index = 0; index < value.length; index++) if (!isRead(value[index])) return false;
      return true;
    };
  }
  if (isEnumType(type)) {
    const names = plainNames(type);
    return (value) => names.has(value);
  }
  if (isScalarType(type) && isSpecifiedScalarType(type)) return BUILT_IN[type.name] ?? NO;
  // Representations: federation reads them as they are.
  if (isScalarType(type) && type.name === '_Any') return (value) => value !== undefined;
  return NO;
}
