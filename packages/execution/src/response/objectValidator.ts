import { isObjectLike } from '@dossier/graphql';
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
import { type CollectContext, collectFields } from '../collectFields.js';
import { leafValidator } from './leaf.js';

/**
 * Whether completion would return the value unchanged. Allocates nothing: almost all responses are valid, and
 * completing them would take as long as parsing them. False if in doubt.
 */
export type IsValid = (value: unknown) => boolean;

interface Field {
  key: string;
  isValid: IsValid;
}

const TYPENAME = '__typename';
const NEVER: IsValid = () => false;

/** A predicate for objects of a type: they have exactly the fields that were selected, with valid values. */
export function objectValidator(
  schema: GraphQLSchema,
  declared: string,
  sets: readonly SelectionSetNode[],
  context: CollectContext,
): IsValid {
  const isAbstract = isAbstractType(schema.getType(declared));
  const byType = new Map<unknown, Field[]>();
  const fieldsFor = (typename: string): Field[] => {
    let fields = byType.get(typename);
    if (!fields) {
      fields = fieldsOf(schema, typename, sets, context);
      byType.set(typename, fields);
    }
    return fields;
  };
  return (value) => {
    if (!isObjectLike(value)) return false;
    const typename = isAbstract ? value[TYPENAME] : undefined;
    const known = byType.get(typename ?? declared);
    if (!known && typename !== undefined && (typeof typename !== 'string' || !context.isOfType(typename, declared)))
      return false;
    const fields = known ?? fieldsFor((typename as string | undefined) ?? declared);
    let count = 0;
    for (const _ in value) count++;
    if (count !== fields.length) return false;
    for (let index = 0; index < fields.length; index++) {
      const { key, isValid } = fields[index] as Field;
      if (!isValid(value[key])) return false;
    }
    return true;
  };
}

function fieldsOf(
  schema: GraphQLSchema,
  typename: string,
  sets: readonly SelectionSetNode[],
  context: CollectContext,
): Field[] {
  const type = schema.getType(typename);
  if (!isCompositeType(type)) return [];
  return [...collectFields(typename, sets, context)].map(([key, nodes]) => {
    const name = (nodes[0] as FieldNode).name.value;
    // Read as a property, an inherited value would count.
    if (key in Object.prototype) return { key, isValid: NEVER };
    if (name === TYPENAME)
      return {
        key,
        isValid:
          isAbstractType(type) && !context.interfaceObjects?.has(typename) ? NEVER : (value) => value === typename,
      };
    const field = 'getFields' in type ? type.getFields()[name] : undefined;
    return { key, isValid: field ? valueValidator(schema, field.type, nodes, context) : NEVER };
  });
}

function valueValidator(
  schema: GraphQLSchema,
  type: GraphQLOutputType,
  nodes: readonly FieldNode[],
  context: CollectContext,
): IsValid {
  if (!isNonNullType(type)) {
    const isValid = nonNullValidator(schema, type, nodes, context);
    return (value) => value === null || (value !== undefined && isValid(value));
  }
  const isValid = nonNullValidator(schema, type.ofType, nodes, context);
  return (value) => value !== null && value !== undefined && isValid(value);
}

function nonNullValidator(
  schema: GraphQLSchema,
  type: GraphQLOutputType,
  nodes: readonly FieldNode[],
  context: CollectContext,
): IsValid {
  if (isListType(type)) {
    const isValid = valueValidator(schema, type.ofType, nodes, context);
    return (value) => {
      if (!Array.isArray(value)) return false;
      for (let index = 0; index < value.length; index++) if (!isValid(value[index])) return false;
      return true;
    };
  }
  if (isLeafType(type)) return leafValidator(type, context.validators);
  return objectValidator(
    schema,
    getNamedType(type).name,
    nodes.flatMap(({ selectionSet }) => selectionSet ?? []),
    context,
  );
}
