import type { FieldNode, GraphQLField, GraphQLObjectType, GraphQLResolveInfo } from 'graphql';
import type { SchemaRun } from './run.js';
import type { Slot } from './slot.js';

/** What a resolver is told of its place; put together only as far as it is looked at. */
export const infoOf = (
  field: GraphQLField<unknown, unknown>,
  type: GraphQLObjectType,
  nodes: readonly FieldNode[],
  run: SchemaRun,
  slot: Slot,
): GraphQLResolveInfo => new ResolveInfo(field, type, nodes, run, slot) as unknown as GraphQLResolveInfo;

class ResolveInfo {
  readonly parentType: GraphQLObjectType;
  readonly fieldNodes: readonly FieldNode[];
  readonly #field: GraphQLField<unknown, unknown>;
  readonly #run: SchemaRun;
  readonly #slot: Slot;

  constructor(
    field: GraphQLField<unknown, unknown>,
    type: GraphQLObjectType,
    nodes: readonly FieldNode[],
    run: SchemaRun,
    slot: Slot,
  ) {
    this.#field = field;
    this.parentType = type;
    this.fieldNodes = nodes;
    this.#run = run;
    this.#slot = slot;
  }

  get fieldName() {
    return this.#field.name;
  }
  get returnType() {
    return this.#field.type;
  }
  get path() {
    return pathOf(this.#slot);
  }
  get schema() {
    return this.#run.compiled.schema;
  }
  get fragments() {
    return Object.fromEntries(this.#run.compiled.selecting.fragments);
  }
  get rootValue() {
    return undefined;
  }
  get operation() {
    return this.#run.compiled.operation;
  }
  get variableValues() {
    return this.#run.variables;
  }
}

const pathOf = (slot: Slot): GraphQLResolveInfo['path'] => ({
  prev: slot.outer?.outer ? pathOf(slot.outer) : undefined,
  key: slot.key,
  typename: undefined,
});
