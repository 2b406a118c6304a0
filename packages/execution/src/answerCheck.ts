import {
  type FieldNode,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isLeafType,
  isListType,
  isNonNullType,
  type SelectionSetNode,
} from 'graphql';
import { collectFields, type Selecting } from './collect.js';
import { isCompleteLeaf } from './leaf.js';
import { isTree } from './tree.js';

/**
 * Whether a value is just what was asked for. It only looks, and makes nothing: almost all answers are right, and shaping
 * them would cost as much as reading them. In doubt it says no.
 */
export type Check = (value: unknown) => boolean;

interface Field {
  key: string;
  check: Check;
}

const TYPENAME = '__typename';
const NO: Check = () => false;

/** Checks an object of a type: that it has all the fields that were selected on it, and no other. */
export function objectCheck(
  schema: GraphQLSchema,
  declared: string,
  sets: readonly SelectionSetNode[],
  selecting: Selecting,
): Check {
  const isAbstract = isAbstractType(schema.getType(declared));
  const byType = new Map<unknown, Field[]>();
  const fieldsFor = (typename: string): Field[] => {
    let fields = byType.get(typename);
    if (!fields) {
      fields = fieldsOf(schema, typename, sets, selecting);
      byType.set(typename, fields);
    }
    return fields;
  };
  return (value) => {
    if (!isTree(value)) return false;
    const given = isAbstract ? value[TYPENAME] : undefined;
    const known = byType.get(given ?? declared);
    if (!known && given !== undefined && (typeof given !== 'string' || !selecting.isOfType(given, declared)))
      return false;
    const fields = known ?? fieldsFor((given as string | undefined) ?? declared);
    let count = 0;
    for (const _ in value) count++;
    if (count !== fields.length) return false;
    for (let index = 0; index < fields.length; index++) {
      const { key, check } = fields[index] as Field;
      if (!check(value[key])) return false;
    }
    return true;
  };
}

function fieldsOf(
  schema: GraphQLSchema,
  typename: string,
  sets: readonly SelectionSetNode[],
  selecting: Selecting,
): Field[] {
  const type = schema.getType(typename);
  if (!isCompositeType(type)) return [];
  return [...collectFields(typename, sets, selecting)].map(([key, nodes]) => {
    const name = (nodes[0] as FieldNode).name.value;
    // What every object has cannot be told from what was given.
    if (key in Object.prototype) return { key, check: NO };
    if (name === TYPENAME)
      return {
        key,
        check: isAbstractType(type) && !selecting.interfaceObjects?.has(typename) ? NO : (value) => value === typename,
      };
    const field = 'getFields' in type ? type.getFields()[name] : undefined;
    return { key, check: field ? checkOf(schema, field.type, nodes, selecting) : NO };
  });
}

function checkOf(
  schema: GraphQLSchema,
  type: GraphQLOutputType,
  nodes: readonly FieldNode[],
  selecting: Selecting,
): Check {
  if (!isNonNullType(type)) {
    const check = presentCheck(schema, type, nodes, selecting);
    return (value) => value === null || (value !== undefined && check(value));
  }
  const check = presentCheck(schema, type.ofType, nodes, selecting);
  return (value) => value !== null && value !== undefined && check(value);
}

function presentCheck(
  schema: GraphQLSchema,
  type: GraphQLOutputType,
  nodes: readonly FieldNode[],
  selecting: Selecting,
): Check {
  if (isListType(type)) {
    const check = checkOf(schema, type.ofType, nodes, selecting);
    return (value) => {
      if (!Array.isArray(value)) return false;
      for (let index = 0; index < value.length; index++) if (!check(value[index])) return false;
      return true;
    };
  }
  if (isLeafType(type)) return isCompleteLeaf(type, selecting.validators);
  return objectCheck(
    schema,
    getNamedType(type).name,
    nodes.flatMap(({ selectionSet }) => selectionSet ?? []),
    selecting,
  );
}
