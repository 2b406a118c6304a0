import {
  type FieldNode,
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
import { type Complete, completeOf } from './complete.js';
import { infoOf } from './info.js';
import type { SchemaRun } from './run.js';
import type { Slot } from './slot.js';

/** A field selected on a type, ready to be resolved and completed. */
export interface CompiledField {
  key: string;
  /** Resolves on a parent; it may throw, and may return a promise. */
  resolve: (source: unknown, run: SchemaRun, slot: Slot) => unknown;
  complete: Complete;
  nullable: boolean;
}

/** The fields selected on a type, in order. */
export function compileFields(schema: GraphQLSchema, type: GraphQLObjectType, sets: readonly SelectionSetNode[], selecting: Selecting): CompiledField[] {
  return [...collectFields(type.name, sets, selecting)].flatMap(([key, nodes]) => {
    const name = (nodes[0] as FieldNode).name.value;
    if (name === '__typename') return [{ key, resolve: () => type.name, complete: plain, nullable: false }];
    const field = fieldOf(schema, type, name);
    if (!field) return [];
    const { complete, nullable } = completeOf(schema, field.type, nodes, `${type.name}.${name}`, selecting);
    return [{ key, resolve: resolverOf(field, type, nodes), complete, nullable }];
  });
}

const plain: Complete = (value, slot) => {
  slot.container[slot.key] = value;
  return true;
};

function fieldOf(schema: GraphQLSchema, type: GraphQLObjectType, name: string): GraphQLField<unknown, unknown> | undefined {
  if (type === schema.getQueryType()) {
    if (name === SchemaMetaFieldDef.name) return SchemaMetaFieldDef;
    if (name === TypeMetaFieldDef.name) return TypeMetaFieldDef;
  }
  return type.getFields()[name];
}

function resolverOf(field: GraphQLField<unknown, unknown>, type: GraphQLObjectType, nodes: readonly FieldNode[]): CompiledField['resolve'] {
  const node = nodes[0] as FieldNode;
  const argsOf = argumentsOf(field, node);
  const { name } = field;
  const info = (run: SchemaRun, slot: Slot): GraphQLResolveInfo => infoOf(field, type, nodes, run, slot);
  const resolve = field.resolve as GraphQLFieldResolver<unknown, unknown> | undefined;
  if (resolve) return (source, run, slot) => resolve(source, argsOf(run.variables), run.context, info(run, slot));
  return (source, run, slot) => {
    if ((typeof source !== 'object' && typeof source !== 'function') || source === null) return undefined;
    const property = (source as Record<string, unknown>)[name];
    return typeof property === 'function' ? property.call(source, argsOf(run.variables), run.context, info(run, slot)) : property;
  };
}

/** Arguments: read once where no variable stands in them. Each call gets an object of its own. */
function argumentsOf(field: GraphQLField<unknown, unknown>, node: FieldNode): (variables: Record<string, unknown>) => Record<string, unknown> {
  if (field.args.length === 0) return () => ({});
  if (node.arguments?.some(({ value }) => holdsVariable(value))) return (variables) => getArgumentValues(field, node, variables);
  let read: Record<string, unknown> | undefined;
  return () => {
    read ??= getArgumentValues(field, node, {});
    return { ...read };
  };
}

function holdsVariable(value: ValueNode): boolean {
  if (value.kind === Kind.LIST) return value.values.some(holdsVariable);
  if (value.kind === Kind.OBJECT) return value.fields.some((field) => holdsVariable(field.value));
  return value.kind === Kind.VARIABLE;
}
