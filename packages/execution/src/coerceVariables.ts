import { getOwn, setOwn } from '@dossier/graphql';
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
import { selfNamedValues } from './response/leaf.js';

/** Maximum number of errors for the variables of one request. */
const MAX_ERRORS = 50;

export type CoercedVariables =
  | { coerced: Record<string, unknown>; errors?: undefined }
  | { coerced?: undefined; errors: readonly GraphQLError[] };

/** Whether coercion would return the value unchanged. False if in doubt. */
type IsCoerced = (value: unknown) => boolean;

/**
 * Compiles the coercion of an operation's variables, with the results of graphql-js. Most values are valid as they are
 * and only checked; the others are coerced by graphql-js.
 * GraphQL specification, 6.1.2 Coercing Variable Values:
 * https://spec.graphql.org/October2021/#sec-Coercing-Variable-Values
 */
export function variableCoercer(
  schema: GraphQLSchema,
  definitions: readonly VariableDefinitionNode[],
): (variables: Readonly<Record<string, unknown>>) => CoercedVariables {
  if (definitions.length === 0) return () => ({ coerced: {} });
  const checks = definitions.map(({ variable, type, defaultValue }) => {
    const inputType = typeFromAST(schema, type as never) as GraphQLInputType | undefined;
    return {
      name: variable.name.value,
      isCoerced: inputType ? isCoercedFor(inputType) : NEVER,
      isOptional: defaultValue === undefined && inputType !== undefined && !isNonNullType(inputType),
    };
  });
  return (variables) => {
    const coerced: Record<string, unknown> = {};
    for (const { name, isCoerced, isOptional } of checks) {
      const isGiven = Object.hasOwn(variables, name);
      const value = getOwn(variables, name);
      if (isGiven ? !isCoerced(value) : !isOptional)
        return getVariableValues(schema, definitions, variables, { maxErrors: MAX_ERRORS }) as CoercedVariables;
      if (isGiven) setOwn(coerced, name, value);
    }
    return { coerced };
  };
}

const NEVER: IsCoerced = () => false;
const MAX_INT = 2 ** 31 - 1;

const BUILT_IN: Record<string, IsCoerced> = {
  Int: (value) => Number.isInteger(value) && Math.abs(value as number) <= MAX_INT,
  Float: Number.isFinite,
  String: (value) => typeof value === 'string',
  Boolean: (value) => typeof value === 'boolean',
  ID: (value) => typeof value === 'string',
};

function isCoercedFor(type: GraphQLInputType): IsCoerced {
  if (!isNonNullType(type)) {
    const isCoerced = isCoercedForNonNull(type);
    return (value) => value === null || isCoerced(value);
  }
  const isCoerced = isCoercedForNonNull(type.ofType);
  return (value) => value !== null && value !== undefined && isCoerced(value);
}

function isCoercedForNonNull(type: GraphQLInputType): IsCoerced {
  if (isListType(type)) {
    const isCoerced = isCoercedFor(type.ofType);
    return (value) => {
      if (!Array.isArray(value)) return false;
      for (let index = 0; index < value.length; index++) if (!isCoerced(value[index])) return false;
      return true;
    };
  }
  if (isEnumType(type)) {
    const names = selfNamedValues(type);
    return (value) => names.has(value);
  }
  if (isScalarType(type) && isSpecifiedScalarType(type)) return BUILT_IN[type.name] ?? NEVER;
  // Representations: the type `_Any` accepts any value.
  if (isScalarType(type) && type.name === '_Any') return (value) => value !== undefined;
  return NEVER;
}
