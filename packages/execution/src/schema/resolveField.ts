import { getOwn } from '@dossier/graphql';
import {
  type FieldNode,
  GraphQLError,
  type GraphQLField,
  type GraphQLFieldResolver,
  type GraphQLObjectType,
  type GraphQLResolveInfo,
  getArgumentValues,
  Kind,
  type ValueNode,
} from 'graphql';
import type { ExecutionContext, Slot } from './executionContext.js';

/** Resolves a field of a parent value. May throw, and may return a promise. */
export type ResolveField = (source: unknown, execution: ExecutionContext, slot: Slot) => unknown;

/**
 * Compiles the resolver of a field: its own, or the property of its name, which is called if it is a function.
 * GraphQL specification, 6.4.2 Value Resolution: https://spec.graphql.org/October2021/#sec-Value-Resolution
 */
export function fieldResolver(
  field: GraphQLField<unknown, unknown>,
  type: GraphQLObjectType,
  nodes: readonly FieldNode[],
): ResolveField {
  const argumentsFor = argumentCoercer(field, nodes[0] as FieldNode);
  const { name } = field;
  const info = (execution: ExecutionContext, slot: Slot) => resolveInfo(field, type, nodes, execution, slot);
  const resolve = field.resolve as GraphQLFieldResolver<unknown, unknown> | undefined;
  if (resolve)
    return (source, execution, slot) =>
      resolve(source, argumentsFor(execution.variables), execution.contextValue, info(execution, slot));
  return (source, execution, slot) => {
    if ((typeof source !== 'object' && typeof source !== 'function') || source === null) return undefined;
    const property = (source as Record<string, unknown>)[name];
    return typeof property === 'function'
      ? property.call(source, argumentsFor(execution.variables), execution.contextValue, info(execution, slot))
      : property;
  };
}

/** Compiles the coercion of a field's arguments: literals are coerced once. Each call returns a new object. */
function argumentCoercer(
  field: GraphQLField<unknown, unknown>,
  node: FieldNode,
): (variables: Record<string, unknown>) => Record<string, unknown> {
  if (field.args.length === 0) return () => ({});
  const args = node.arguments ?? [];
  const coerceAll = (variables: Record<string, unknown>) => coerceArguments(field, node, variables);
  if (args.some(({ value }) => value.kind !== Kind.VARIABLE && containsVariable(value))) return coerceAll;
  const variableOf = args.flatMap(({ name, value }) =>
    value.kind === Kind.VARIABLE ? [[name.value, value.name.value] as const] : [],
  );
  const names = new Set(variableOf.map(([name]) => name));
  const withLiterals = { ...field, args: field.args.filter(({ name }) => !names.has(name)) };
  let literals: Record<string, unknown> | undefined;
  return (variables) => {
    literals ??= coerceArguments(withLiterals, node, {});
    const values = { ...literals };
    for (const [name, variable] of variableOf) {
      const value = getOwn(variables, variable);
      // A missing variable means the argument's default; null may be invalid.
      if (value === undefined || value === null) return coerceAll(variables);
      values[name] = value;
    }
    return values;
  };
}

/**
 * Coerces the arguments of a field. An invalid argument is a client error with the name of the argument.
 * GraphQL specification, 6.4.1 Coercing Field Arguments:
 * https://spec.graphql.org/October2021/#sec-Coercing-Field-Arguments
 */
function coerceArguments(
  field: GraphQLField<unknown, unknown>,
  node: FieldNode,
  variables: Record<string, unknown>,
): Record<string, unknown> {
  try {
    return getArgumentValues(field, node, variables);
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    const argument = node.arguments?.find(
      ({ name, value }) => error.message.includes(`"${name.value}"`) || error.nodes?.includes(value),
    )?.name.value;
    throw new GraphQLError(error.message, {
      nodes: error.nodes ?? null,
      extensions: { code: 'BAD_USER_INPUT', ...(argument && { argument }) },
    });
  }
}

function containsVariable(value: ValueNode): boolean {
  if (value.kind === Kind.LIST) return value.values.some(containsVariable);
  if (value.kind === Kind.OBJECT) return value.fields.some((field) => containsVariable(field.value));
  return value.kind === Kind.VARIABLE;
}

/** The `info` argument of a resolver. Computed on access, since most resolvers do not use it. */
export const resolveInfo = (
  field: Pick<GraphQLField<unknown, unknown>, 'name' | 'type'>,
  type: GraphQLObjectType,
  nodes: readonly FieldNode[],
  execution: ExecutionContext,
  slot: Slot,
): GraphQLResolveInfo => new ResolveInfo(field, type, nodes, execution, slot) as unknown as GraphQLResolveInfo;

class ResolveInfo {
  readonly parentType: GraphQLObjectType;
  readonly fieldNodes: readonly FieldNode[];
  readonly #field: Pick<GraphQLField<unknown, unknown>, 'name' | 'type'>;
  readonly #execution: ExecutionContext;
  readonly #slot: Slot;

  constructor(
    field: Pick<GraphQLField<unknown, unknown>, 'name' | 'type'>,
    type: GraphQLObjectType,
    nodes: readonly FieldNode[],
    execution: ExecutionContext,
    slot: Slot,
  ) {
    this.#field = field;
    this.parentType = type;
    this.fieldNodes = nodes;
    this.#execution = execution;
    this.#slot = slot;
  }

  get fieldName() {
    return this.#field.name;
  }
  get returnType() {
    return this.#field.type;
  }
  get path() {
    return infoPath(this.#slot);
  }
  get schema() {
    return this.#execution.compiled.schema;
  }
  get fragments() {
    return Object.fromEntries(this.#execution.compiled.collectContext.fragments);
  }
  get rootValue() {
    return undefined;
  }
  get operation() {
    return this.#execution.compiled.operation;
  }
  get variableValues() {
    return this.#execution.variables;
  }
}

const infoPath = (slot: Slot): GraphQLResolveInfo['path'] => ({
  prev: slot.outer?.outer ? infoPath(slot.outer) : undefined,
  key: slot.key,
  typename: undefined,
});
