import {
  type FieldNode,
  type GraphQLAbstractType,
  GraphQLError,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  isAbstractType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  SchemaMetaFieldDef,
  type SelectionSetNode,
  TypeMetaFieldDef,
} from 'graphql';
import { type CollectContext, collectFields } from '../collectFields.js';
import type { ExecutionContext, Slot } from './executionContext.js';
import { fieldResolver, type ResolveField, resolveInfo } from './resolveField.js';
import { type IsSerialized, leafSize, serializedPredicate, serializeLeaf } from './serializeLeaf.js';

/**
 * Complete value: writes a resolved value into its slot. Returns false if null propagates out of the slot: its siblings need not be
 * completed.
 * GraphQL specification, 6.4.3 Value Completion, CompleteValue: https://spec.graphql.org/October2021/#CompleteValue()
 */
type CompleteValue = (value: unknown, slot: Slot, execution: ExecutionContext) => boolean;

interface Completer {
  complete: CompleteValue;
  nullable: boolean;
}

/** `__typename` of an object type. */
interface ConstantField {
  key: string;
  constant: string;
}

interface ResolvedField extends Completer {
  key: string;
  constant: null;
  resolve: ResolveField;
  /** The property of the parent that is its value; null if the field has a resolver. */
  property: string | null;
  /** Whether a value of that property is already serialized. Most are, and need neither a slot nor a call. */
  isSerialized: IsSerialized;
}

type CompiledField = ConstantField | ResolvedField;

/** The fields selected on an object type, in order. */
export interface CompiledFields {
  fields: readonly CompiledField[];
  /** Whether a response key is `__proto__`: the object must not have a prototype then. */
  hasProtoKey: boolean;
  /** Characters of the keys and of constant values, with punctuation. */
  size: number;
}

/** Approximate characters around a key and its value. */
const PUNCTUATION = 6;
const NEVER: IsSerialized = () => false;

/** Compiles the fields that selection sets select on an object type. */
export function compileFields(
  schema: GraphQLSchema,
  type: GraphQLObjectType,
  sets: readonly SelectionSetNode[],
  context: CollectContext,
): CompiledFields {
  const fields = [...collectFields(type.name, sets, context)].flatMap(([key, nodes]): CompiledField[] => {
    const name = (nodes[0] as FieldNode).name.value;
    if (name === '__typename') return [{ key, constant: type.name }];
    const field = fieldDefinition(schema, type, name);
    if (!field) return [];
    const property = field.resolve ? null : name;
    return [
      {
        key,
        resolve: fieldResolver(field, type, nodes),
        ...valueCompleter(schema, field.type, nodes, `${type.name}.${name}`, context),
        property,
        constant: null,
        isSerialized: property === null ? NEVER : serializedPredicate(field.type),
      },
    ];
  });
  return {
    fields,
    hasProtoKey: fields.some(({ key }) => key === '__proto__'),
    size: fields.reduce((size, { key, constant }) => size + key.length + (constant?.length ?? 0) + PUNCTUATION, 0),
  };
}

function fieldDefinition(
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

const NO_PROPERTIES: Record<string, unknown> = Object.create(null);

/**
 * Executes the fields of an object into a slot.
 * GraphQL specification, 6.3 Executing Selection Sets:
 * https://spec.graphql.org/October2021/#sec-Executing-Selection-Sets
 */
export function executeFields(
  { fields, hasProtoKey, size }: CompiledFields,
  source: unknown,
  slot: Slot,
  execution: ExecutionContext,
): boolean {
  if (!execution.checkLimits()) {
    slot.container[slot.key] = null;
    return slot.nullable;
  }
  execution.size += size;
  const container: Record<string, unknown> = hasProtoKey ? Object.create(null) : {};
  slot.container[slot.key] = container;
  const properties =
    typeof source === 'object' && source !== null ? (source as Record<string, unknown>) : NO_PROPERTIES;
  for (let index = 0; index < fields.length; index++) {
    const field = fields[index] as CompiledField;
    if (field.constant !== null) {
      container[field.key] = field.constant;
      continue;
    }
    const { key, resolve, complete, nullable, property, isSerialized } = field;
    if (property !== null) {
      // Read once: a getter may return a value the first time and a promise the next.
      const value = properties[property];
      if (isSerialized(value)) {
        container[key] = value;
        if (typeof value === 'string') execution.size += value.length;
        continue;
      }
    }
    const fieldSlot: Slot = { container, key, nullable, outer: slot };
    let isCompleted: boolean;
    try {
      isCompleted = complete(resolve(source, execution, fieldSlot), fieldSlot, execution);
    } catch (error) {
      isCompleted = execution.handleFieldError(error, fieldSlot);
    }
    // Null propagates to this slot. If the slot is non-null, it has propagated further.
    if (!isCompleted) return slot.nullable;
  }
  return true;
}

/**
 * Compiles the completion of a type: promises, errors and null, then the value itself.
 * GraphQL specification, 6.4.3 Value Completion: https://spec.graphql.org/October2021/#sec-Value-Completion
 */
function valueCompleter(
  schema: GraphQLSchema,
  type: GraphQLOutputType,
  nodes: readonly FieldNode[],
  coordinate: string,
  context: CollectContext,
): Completer {
  const nullable = !isNonNullType(type);
  const complete = nonNullCompleter(schema, isNonNullType(type) ? type.ofType : type, nodes, coordinate, context);
  const completeSettled: CompleteValue = (value, slot, execution) => {
    if (value instanceof Error) return execution.handleFieldError(value, slot);
    if (value === null || value === undefined) {
      if (!nullable)
        return execution.handleFieldError(new Error(`Cannot return null for non-nullable field ${coordinate}.`), slot);
      slot.container[slot.key] = null;
      return true;
    }
    try {
      return complete(value, slot, execution);
    } catch (error) {
      return execution.handleFieldError(error, slot);
    }
  };
  return {
    nullable,
    complete: (value, slot, execution) => {
      if (!isPromise(value)) return completeSettled(value, slot, execution);
      // Reserves the key, so that fields are in the order of the selection set.
      slot.container[slot.key] = undefined;
      execution.awaitValue(value, slot, (settled) => completeSettled(settled, slot, execution));
      return true;
    },
  };
}

const isPromise = (value: unknown): value is PromiseLike<unknown> =>
  typeof (value as PromiseLike<unknown> | null | undefined)?.then === 'function';

function nonNullCompleter(
  schema: GraphQLSchema,
  type: GraphQLOutputType,
  nodes: readonly FieldNode[],
  coordinate: string,
  context: CollectContext,
): CompleteValue {
  if (isListType(type))
    return listCompleter(valueCompleter(schema, type.ofType, nodes, coordinate, context), coordinate);
  if (isLeafType(type))
    return (value, slot, execution) => {
      const serialized = serializeLeaf(type, value);
      slot.container[slot.key] = serialized;
      execution.size += leafSize(serialized);
      return true;
    };
  const sets = nodes.flatMap(({ selectionSet }) => selectionSet ?? []);
  if (isAbstractType(type)) return abstractCompleter(schema, type, nodes, sets, coordinate, context);
  return objectCompleter(schema, type as GraphQLObjectType, sets, context);
}

function listCompleter({ complete, nullable }: Completer, coordinate: string): CompleteValue {
  return (value, slot, execution) => {
    if (typeof value !== 'object' || !(Symbol.iterator in (value as object)))
      throw new GraphQLError(`Expected Iterable, but did not find one for field "${coordinate}".`);
    const elements = Array.isArray(value) ? value : [...(value as Iterable<unknown>)];
    const list = new Array<unknown>(elements.length);
    slot.container[slot.key] = list;
    const container = list as unknown as Slot['container'];
    for (let index = 0; index < elements.length; index++) {
      if (!complete(elements[index], { container, key: index, nullable, outer: slot }, execution)) return slot.nullable;
    }
    return true;
  };
}

/** The fields are compiled when the first object is completed: a type can contain itself. */
function objectCompleter(
  schema: GraphQLSchema,
  type: GraphQLObjectType,
  sets: readonly SelectionSetNode[],
  context: CollectContext,
): CompleteValue {
  let fields: CompiledFields | undefined;
  return (source, slot, execution) => {
    fields ??= compileFields(schema, type, sets, context);
    return executeFields(fields, source, slot, execution);
  };
}

function abstractCompleter(
  schema: GraphQLSchema,
  type: GraphQLAbstractType,
  nodes: readonly FieldNode[],
  sets: readonly SelectionSetNode[],
  coordinate: string,
  context: CollectContext,
): CompleteValue {
  const byType = new Map<string, CompleteValue>();
  const completerFor = (name: unknown): CompleteValue => {
    let complete = byType.get(name as string);
    if (!complete) {
      const runtimeType = typeof name === 'string' ? schema.getType(name) : undefined;
      if (!isObjectType(runtimeType) || !schema.isSubType(type, runtimeType))
        throw new GraphQLError(
          `Abstract type "${type.name}" was resolved to a type that is not one of its possible types, for field "${coordinate}".`,
        );
      complete = objectCompleter(schema, runtimeType, sets, context);
      byType.set(runtimeType.name, complete);
    }
    return complete;
  };
  const fieldName = nodes[0]?.name.value ?? '';
  return (value, slot, execution) => {
    const name = type.resolveType
      ? type.resolveType(
          value,
          execution.contextValue,
          resolveInfo({ name: fieldName, type }, type as never, nodes, execution, slot),
          type,
        )
      : (value as { __typename?: unknown }).__typename;
    if (!isPromise(name)) return completerFor(name)(value, slot, execution);
    slot.container[slot.key] = undefined;
    execution.awaitValue(name, slot, (settled) => {
      try {
        completerFor(settled)(value, slot, execution);
      } catch (error) {
        execution.handleFieldError(error, slot);
      }
    });
    return true;
  };
}
