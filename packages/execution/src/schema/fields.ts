import {
  type FieldNode,
  GraphQLError,
  type GraphQLField,
  type GraphQLFieldResolver,
  type GraphQLObjectType,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  getArgumentValues,
  Kind,
  SchemaMetaFieldDef,
  type SelectionSetNode,
  TypeMetaFieldDef,
  type ValueNode,
} from 'graphql';
import { collectFields, type Selecting } from '../collect.js';
import { own } from '../tree.js';
import { type Complete, completeOf, type IsComplete, isCompleteOf } from './complete.js';
import { infoOf } from './info.js';
import type { SchemaRun } from './run.js';
import type { Slot } from './slot.js';

/** The name of a type: the same whatever the parent. */
interface ConstantField {
  key: string;
  constant: string;
}

/** A field selected on a type, ready to be resolved and completed. */
interface ResolvedField {
  key: string;
  constant: null;
  /** Resolves on a parent; it may throw, and may return a promise. */
  resolve: (source: unknown, run: SchemaRun, slot: Slot) => unknown;
  complete: Complete;
  nullable: boolean;
  /** The parent's property that it is, where no resolver is to be called. */
  property: string | null;
  /** Whether a value of that property is the answer as it stands: most are, and need neither a slot nor a call. */
  isComplete: IsComplete;
}

export type CompiledField = ConstantField | ResolvedField;

/** The fields selected on a type, in order. */
export interface CompiledFields {
  fields: readonly CompiledField[];
  /** Whether one is under the key by which other objects hold their prototype: theirs must be without. */
  isBare: boolean;
  /** Characters of their keys, and of values that are not text. */
  size: number;
}

export function compileFields(
  schema: GraphQLSchema,
  type: GraphQLObjectType,
  sets: readonly SelectionSetNode[],
  selecting: Selecting,
): CompiledFields {
  const fields = [...collectFields(type.name, sets, selecting)].flatMap(([key, nodes]): CompiledField[] => {
    const name = (nodes[0] as FieldNode).name.value;
    if (name === '__typename') return [{ key, constant: type.name }];
    const field = fieldOf(schema, type, name);
    if (!field) return [];
    const { complete, nullable } = completeOf(schema, field.type, nodes, `${type.name}.${name}`, selecting);
    const property = field.resolve ? null : name;
    return [
      {
        key,
        resolve: resolverOf(field, type, nodes),
        complete,
        nullable,
        property,
        constant: null,
        isComplete: property === null ? NEVER : isCompleteOf(field.type),
      },
    ];
  });
  return {
    fields,
    isBare: fields.some(({ key }) => key === '__proto__'),
    size: fields.reduce((size, { key, constant }) => size + key.length + (constant?.length ?? 0) + OVERHEAD, 0),
  };
}

const NEVER: IsComplete = () => false;
/** Characters around a key and its value. */
const OVERHEAD = 6;

function fieldOf(
  schema: GraphQLSchema,
  type: GraphQLObjectType,
  name: string,
): GraphQLField<unknown, unknown> | undefined {
  if (type === schema.getQueryType()) {
    if (name === SchemaMetaFieldDef.name) return SchemaMetaFieldDef;
    if (name === TypeMetaFieldDef.name) return TypeMetaFieldDef;
  }
  return type.getFields()[name];
}

function resolverOf(
  field: GraphQLField<unknown, unknown>,
  type: GraphQLObjectType,
  nodes: readonly FieldNode[],
): ResolvedField['resolve'] {
  const node = nodes[0] as FieldNode;
  const argsOf = argumentsOf(field, node);
  const { name } = field;
  const info = (run: SchemaRun, slot: Slot): GraphQLResolveInfo => infoOf(field, type, nodes, run, slot);
  const resolve = field.resolve as GraphQLFieldResolver<unknown, unknown> | undefined;
  if (resolve) return (source, run, slot) => resolve(source, argsOf(run.variables), run.context, info(run, slot));
  return (source, run, slot) => {
    if ((typeof source !== 'object' && typeof source !== 'function') || source === null) return undefined;
    const property = (source as Record<string, unknown>)[name];
    return typeof property === 'function'
      ? property.call(source, argsOf(run.variables), run.context, info(run, slot))
      : property;
  };
}

/** Arguments: what no variable stands in is read once, and what is a variable is taken from it. Each call gets an object of its own. */
function argumentsOf(
  field: GraphQLField<unknown, unknown>,
  node: FieldNode,
): (variables: Record<string, unknown>) => Record<string, unknown> {
  if (field.args.length === 0) return () => ({});
  const given = node.arguments ?? [];
  const variableOf = given.flatMap(({ name, value }) =>
    value.kind === Kind.VARIABLE ? [[name.value, value.name.value] as const] : [],
  );
  const readAll = (variables: Record<string, unknown>) => coerceArguments(field, node, variables);
  if (given.some(({ value }) => value.kind !== Kind.VARIABLE && holdsVariable(value))) return readAll;
  const names = new Set(variableOf.map(([name]) => name));
  const rest = { ...field, args: field.args.filter(({ name }) => !names.has(name)) };
  let read: Record<string, unknown> | undefined;
  return (variables) => {
    read ??= coerceArguments(rest, node, {});
    const values = { ...read };
    for (const [name, variable] of variableOf) {
      const value = own(variables, variable);
      // Not given, it stands for the argument's default or its absence; as null it may not be allowed.
      if (value === undefined || value === null) return readAll(variables);
      values[name] = value;
    }
    return values;
  };
}

/** GraphQL, 6.4.1 CoerceArgumentValues. What is wrong with an argument is the client's fault. */
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

function holdsVariable(value: ValueNode): boolean {
  if (value.kind === Kind.LIST) return value.values.some(holdsVariable);
  if (value.kind === Kind.OBJECT) return value.fields.some((field) => holdsVariable(field.value));
  return value.kind === Kind.VARIABLE;
}
