import {
  type FieldNode,
  type GraphQLAbstractType,
  GraphQLBoolean,
  GraphQLError,
  GraphQLID,
  GraphQLInt,
  type GraphQLLeafType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  GraphQLString,
  isAbstractType,
  isEnumType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  type SelectionSetNode,
} from 'graphql';
import type { Selecting } from '../collect.js';
import { plainNames } from '../leaf.js';
import { type CompiledField, type CompiledFields, compileFields } from './fields.js';
import { infoOf } from './info.js';
import type { SchemaRun } from './run.js';
import type { Slot } from './slot.js';

/**
 * Completes a resolved value into its slot. False where a null came up that the slot does not allow: what stands beside
 * it need not be made any more.
 */
export type Complete = (value: unknown, slot: Slot, run: SchemaRun) => boolean;

interface Completing {
  complete: Complete;
  nullable: boolean;
}

const isPromise = (value: unknown): value is PromiseLike<unknown> =>
  typeof (value as PromiseLike<unknown> | null | undefined)?.then === 'function';

export function completeOf(
  schema: GraphQLSchema,
  type: GraphQLOutputType,
  nodes: readonly FieldNode[],
  coordinate: string,
  selecting: Selecting,
): Completing {
  const nullable = !isNonNullType(type);
  const complete = completeValue(schema, isNonNullType(type) ? type.ofType : type, nodes, coordinate, selecting);
  return {
    nullable,
    complete: (value, slot, run) => {
      if (isPromise(value)) {
        slot.container[slot.key] = undefined;
        run.await(value, slot, (settled) => finish(settled, slot, run));
        return true;
      }
      return finish(value, slot, run);
    },
  };

  function finish(value: unknown, slot: Slot, run: SchemaRun): boolean {
    if (value instanceof Error) return run.fail(value, slot);
    if (value === null || value === undefined) {
      if (!nullable) return run.fail(new Error(`Cannot return null for non-nullable field ${coordinate}.`), slot);
      slot.container[slot.key] = null;
      return true;
    }
    try {
      return complete(value, slot, run);
    } catch (error) {
      return run.fail(error, slot);
    }
  }
}

function completeValue(
  schema: GraphQLSchema,
  type: GraphQLOutputType,
  nodes: readonly FieldNode[],
  coordinate: string,
  selecting: Selecting,
): Complete {
  if (isListType(type)) return completeList(completeOf(schema, type.ofType, nodes, coordinate, selecting), coordinate);
  if (isLeafType(type)) return completeLeaf(type);
  const sets = nodes.flatMap(({ selectionSet }) => selectionSet ?? []);
  if (isAbstractType(type)) return completeAbstract(schema, type, nodes, sets, coordinate, selecting);
  return completeObject(schema, type as GraphQLObjectType, sets, selecting);
}

function completeLeaf(type: GraphQLLeafType): Complete {
  return (value, slot, run) => {
    const serialized = type.serialize(value);
    if (serialized === null || serialized === undefined)
      throw new Error(
        `Expected \`${type.name}.serialize\` to return non-nullable value, returned: ${String(serialized)}.`,
      );
    slot.container[slot.key] = serialized;
    run.size += sizeOf(serialized);
    return true;
  };
}

/** Characters of a leaf, about. */
const sizeOf = (value: unknown): number =>
  typeof value === 'string' ? value.length : typeof value === 'object' ? JSON.stringify(value).length : 6;

/** Whether a resolved value is complete as it stands. In doubt it says no. */
export type IsComplete = (value: unknown) => boolean;

const isText: IsComplete = (value) => typeof value === 'string';
const AS_THEY_STAND = new Map<unknown, IsComplete>([
  [GraphQLString, isText],
  [GraphQLID, isText],
  [GraphQLBoolean, (value) => typeof value === 'boolean'],
  [GraphQLInt, (value) => typeof value === 'number' && (value | 0) === value],
]);

export function isCompleteOf(type: GraphQLOutputType): IsComplete {
  if (!isNonNullType(type)) {
    const isComplete = presentOf(type);
    return (value) => value === null || isComplete(value);
  }
  return presentOf(type.ofType);
}

function presentOf(type: GraphQLOutputType): IsComplete {
  if (!isEnumType(type)) return AS_THEY_STAND.get(type) ?? (() => false);
  const names = plainNames(type);
  return (value) => names.has(value);
}

function completeList({ complete, nullable }: Completing, coordinate: string): Complete {
  return (value, slot, run) => {
    if (typeof value !== 'object' || !(Symbol.iterator in (value as object)))
      throw new GraphQLError(`Expected Iterable, but did not find one for field "${coordinate}".`);
    const elements = Array.isArray(value) ? value : [...(value as Iterable<unknown>)];
    const list = new Array<unknown>(elements.length);
    slot.container[slot.key] = list;
    const container = list as unknown as Slot['container'];
    for (let index = 0; index < elements.length; index++) {
      if (!complete(elements[index], { container, key: index, nullable, outer: slot }, run)) return passedOn(slot);
    }
    return true;
  };
}

function completeObject(
  schema: GraphQLSchema,
  type: GraphQLObjectType,
  sets: readonly SelectionSetNode[],
  selecting: Selecting,
): Complete {
  let fields: CompiledFields | undefined;
  return (source, slot, run) => {
    fields ??= compileFields(schema, type, sets, selecting);
    return executeFields(fields, source, slot, run);
  };
}

export function executeFields(
  { fields, isBare, size }: CompiledFields,
  source: unknown,
  slot: Slot,
  run: SchemaRun,
): boolean {
  if (!run.mayGoOn()) {
    slot.container[slot.key] = null;
    return slot.nullable;
  }
  run.size += size;
  const container: Record<string, unknown> = isBare ? Object.create(null) : {};
  slot.container[slot.key] = container;
  const properties = typeof source === 'object' && source !== null ? (source as Record<string, unknown>) : NOTHING;
  for (let index = 0; index < fields.length; index++) {
    const field = fields[index] as CompiledField;
    if (field.constant !== null) {
      container[field.key] = field.constant;
      continue;
    }
    const { key, resolve, complete, nullable, property, isComplete } = field;
    if (property !== null) {
      // Once: a getter may give a value the first time, and a promise the next.
      const value = properties[property];
      if (isComplete(value)) {
        container[key] = value;
        if (typeof value === 'string') run.size += value.length;
        continue;
      }
    }
    const own: Slot = { container, key, nullable, outer: slot };
    let isKept: boolean;
    try {
      isKept = complete(resolve(source, run, own), own, run);
    } catch (error) {
      isKept = run.fail(error, own);
    }
    if (!isKept) return passedOn(slot);
  }
  return true;
}

const NOTHING: Record<string, unknown> = Object.create(null);

// The null is placed already; the slot keeps its own value only if the null stopped there.
const passedOn = (slot: Slot): boolean => slot.nullable;

function completeAbstract(
  schema: GraphQLSchema,
  type: GraphQLAbstractType,
  nodes: readonly FieldNode[],
  sets: readonly SelectionSetNode[],
  coordinate: string,
  selecting: Selecting,
): Complete {
  const byType = new Map<string, Complete>();
  const completeFor = (name: unknown): Complete => {
    let complete = byType.get(name as string);
    if (!complete) {
      const runtime = typeof name === 'string' ? schema.getType(name) : undefined;
      if (!isObjectType(runtime) || !schema.isSubType(type, runtime))
        throw new GraphQLError(
          `Abstract type "${type.name}" was resolved to a type that is none of its own, for field "${coordinate}".`,
        );
      complete = completeObject(schema, runtime, sets, selecting);
      byType.set(runtime.name, complete);
    }
    return complete;
  };
  return (value, slot, run) => {
    const name = type.resolveType
      ? type.resolveType(value, run.context, infoFor(run, slot), type)
      : (value as { __typename?: unknown }).__typename;
    if (!isPromise(name)) return completeFor(name)(value, slot, run);
    slot.container[slot.key] = undefined;
    run.await(name, slot, (settled) => {
      try {
        completeFor(settled)(value, slot, run);
      } catch (error) {
        run.fail(error, slot);
      }
    });
    return true;
  };

  function infoFor(run: SchemaRun, slot: Slot) {
    return infoOf({ name: nodes[0]?.name.value ?? '', type } as never, type as never, nodes, run, slot);
  }
}
