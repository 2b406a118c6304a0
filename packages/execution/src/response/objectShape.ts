import { getOwn, isObjectLike, type ObjMap, setOwn } from '@dossier/graphql';
import {
  type FieldNode,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isInterfaceType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  type SelectionSetNode,
} from 'graphql';
import type { CanonicalScope } from '../canonical/canonicalize.js';
import { type CollectContext, collectFields } from '../collectFields.js';
import type { Path } from '../run/responseData.js';
import { leafCompleter, type ScalarValidators } from './leaf.js';

/** The path of a value as a linked list, innermost step first; null while paths are not recorded. */
export type LinkedPath = { step: string | number; outer: LinkedPath } | null;

/** Called for each value that is not valid for its field. */
export type OnInvalid = (message: string, path: LinkedPath) => void;

/** The state of one completion. */
export interface Completion {
  onInvalid: OnInvalid;
  /** Characters of keys and values so far. */
  size: number;
  /** Maximum size in characters; ResponseTooLargeError beyond. */
  maxSize: number;
  /** Objects to complete as null; null if there are none. */
  nonexistent: ReadonlySet<ObjMap> | null;
}

/** The response would exceed its maximum size. */
export class ResponseTooLargeError extends Error {
  constructor(maxSize: number) {
    super(`The response is larger than ${maxSize} bytes; select fewer fields or request smaller pages.`);
    this.name = 'ResponseTooLargeError';
  }
}

/**
 * Complete value: turns the data of a field into its value in the response. Returns undefined if the value is null and its type is
 * non-null.
 * GraphQL specification, 6.4.3 Value Completion, CompleteValue: https://spec.graphql.org/October2021/#CompleteValue()
 */
type CompleteValue = (value: unknown, path: LinkedPath, completion: Completion) => unknown;

/** A field of the response. */
interface ShapedField {
  /** Response key. */
  key: string;
  /** Key in the data. */
  source: string;
  /** Whether both keys are safe to read and write as properties: no object inherits them. */
  isPlain: boolean;
  complete: CompleteValue;
  /** The shape of its objects; null for a leaf. */
  object: ObjectShape | null;
}

/** How to complete the objects of one field. Compiled for each object type when that type first occurs. */
export interface ObjectShape {
  complete: CompleteValue;
  /** The selected fields of an object type; null if the field cannot return that type. */
  fieldsOf: (typename: string) => Fields | null;
  /** `__typename` of an object; the declared type if its data has none. */
  typenameOf: (value: ObjMap) => string;
  /** The object types that the field can return. */
  possibleTypes: () => readonly string[];
}

interface Fields {
  list: readonly ShapedField[];
  /** Characters of the keys with punctuation. */
  size: number;
}

export interface ShapeOptions {
  schema: GraphQLSchema;
  context: CollectContext;
}

const TYPENAME = '__typename';
const MAX_UNKNOWN_TYPES = 100;
/** Characters around a key. */
const PUNCTUATION = 4;
/** Approximate characters of a number or boolean. */
const SCALAR_SIZE = 6;

/** The key of an introspection result in the data. No field has such a key. */
export const introspectionKey = (responseKey: string): string => `:${responseKey}`;

/**
 * Completes data into a response. If a value is invalid, completes it again with paths: valid responses do not need
 * them.
 */
export function completeData<Completed>(
  complete: (path: LinkedPath, completion: Completion) => Completed,
  onInvalid: OnInvalid,
  maxSize = Number.POSITIVE_INFINITY,
  nonexistent: ReadonlySet<ObjMap> | null = null,
): Completed {
  let isInvalid = false;
  const first = complete(null, {
    onInvalid: () => {
      isInvalid = true;
    },
    size: 0,
    maxSize,
    nonexistent,
  });
  return isInvalid ? complete(ROOT, { onInvalid, size: 0, maxSize, nonexistent }) : first;
}

/** The empty path. */
export const ROOT: LinkedPath = { step: '', outer: null };

/**
 * Compiles the shape of the objects of a field. `declared` is the field's type; an object of an interface or union
 * names its own type. `scope` maps fields to canonical keys; null if the data has the response keys.
 * GraphQL specification, 6.4.3 Value Completion: https://spec.graphql.org/October2021/#sec-Value-Completion
 */
export function objectShape(
  options: ShapeOptions,
  declared: string,
  sets: readonly SelectionSetNode[],
  scope: CanonicalScope | null,
): ObjectShape {
  const { schema, context } = options;
  const declaredType = schema.getType(declared);
  const isAbstract = isAbstractType(declaredType);
  const byType = new Map<string, Fields | null>();
  const fieldsOf = (typename: string): Fields | null => {
    let fields = byType.get(typename);
    if (fields === undefined) {
      fields = context.isOfType(typename, declared) ? compileFields(options, typename, sets, scope) : null;
      // Subgraphs choose the names of unknown types, so their number is limited.
      if (fields || byType.size < MAX_UNKNOWN_TYPES) byType.set(typename, fields);
    }
    return fields;
  };
  const typenameOf = (value: ObjMap): string => {
    const typename = isAbstract ? getOwn(value, TYPENAME) : undefined;
    return typeof typename === 'string' ? typename : declared;
  };
  return {
    fieldsOf,
    typenameOf,
    possibleTypes: () =>
      isAbstractType(declaredType) ? schema.getPossibleTypes(declaredType).map(({ name }) => name) : [declared],
    complete: (value, path, completion) => {
      if (!isObjectLike(value)) return wrongType(completion, path);
      if (completion.nonexistent?.has(value)) return null;
      const fields = fieldsOf(typenameOf(value));
      if (!fields) return wrongType(completion, path);
      const object: ObjMap = {};
      const { list } = fields;
      completion.size += fields.size;
      for (let index = 0; index < list.length; index++) {
        const { key, source, isPlain, complete } = list[index] as ShapedField;
        const completed = complete(
          isPlain ? value[source] : getOwn(value, source),
          path && { step: key, outer: path },
          completion,
        );
        if (completed === undefined) return undefined;
        if (isPlain) object[key] = completed;
        else setOwn(object, key, completed);
      }
      if (completion.size > completion.maxSize) throw new ResponseTooLargeError(completion.maxSize);
      return object;
    },
  };
}

/** The fields selected on a type; null if it is a leaf type. */
function compileFields(
  options: ShapeOptions,
  typename: string,
  sets: readonly SelectionSetNode[],
  scope: CanonicalScope | null,
): Fields | null {
  const { schema, context } = options;
  const type = schema.getType(typename);
  if (!isCompositeType(type)) return null;
  const list = [...collectFields(typename, sets, context)].flatMap(([key, nodes]) =>
    compileField(options, typename, key, nodes, scope),
  );
  return { list, size: list.reduce((size, field) => size + field.key.length + PUNCTUATION, 0) };
}

function compileField(
  options: ShapeOptions,
  typename: string,
  key: string,
  nodes: readonly FieldNode[],
  scope: CanonicalScope | null,
): ShapedField[] {
  const { schema, context } = options;
  const [node] = nodes as [FieldNode];
  const type = schema.getType(typename);
  const name = node.name.value;
  const field = (source: string, complete: CompleteValue, object: ObjectShape | null = null): ShapedField[] => [
    { key, source, isPlain: !(key in Object.prototype) && !(source in Object.prototype), complete, object },
  ];
  if (name === TYPENAME)
    return field(
      TYPENAME,
      isObjectType(type)
        ? () => typename
        : context.requiresAllFields
          ? interfaceTypename(typename, context)
          : unknownType,
    );
  const definition = isObjectType(type) || isInterfaceType(type) ? type.getFields()[name] : undefined;
  if (!definition) {
    if (name.startsWith('__')) return field(introspectionKey(key), completeIntrospection);
    return context.requiresAllFields ? field(key, (value) => value ?? null) : [];
  }
  const canonical = scope?.field(typename, node);
  const source = canonical?.key ?? key;
  const named = getNamedType(definition.type);
  const object = isCompositeType(named)
    ? objectShape(
        options,
        named.name,
        nodes.flatMap(({ selectionSet }) => selectionSet ?? []),
        canonical?.scope ?? null,
      )
    : null;
  const complete = nullable(
    completeValueOf(definition.type, object, `${typename}.${name}`, context.validators),
    definition.type,
  );
  return field(source, context.requiresAllFields ? required(complete) : complete, object);
}

/** Returns the function that completes values of a type. */
function completeValueOf(
  type: GraphQLOutputType,
  object: ObjectShape | null,
  coordinate: string,
  validators?: ScalarValidators,
): CompleteValue {
  if (isNonNullType(type)) {
    const inner = completeValueOf(type.ofType, object, coordinate, validators);
    return (value, path, completion) => {
      const completed = value === null || value === undefined ? null : inner(value, path, completion);
      if (completed !== null) return completed;
      completion.onInvalid(`Cannot return null for non-nullable field ${coordinate}.`, path);
      return undefined;
    };
  }
  if (isListType(type)) {
    const element = nullable(completeValueOf(type.ofType, object, coordinate, validators), type.ofType);
    return (value, path, completion) => {
      if (!Array.isArray(value)) return wrongType(completion, path);
      const list = new Array<unknown>(value.length);
      for (let index = 0; index < value.length; index++) {
        const completed = element(value[index], path && { step: index, outer: path }, completion);
        if (completed === undefined) return undefined;
        list[index] = completed;
      }
      completion.size += value.length;
      return list;
    };
  }
  if (isLeafType(type)) {
    const completeLeaf = leafCompleter(type, validators);
    return (value, path, completion) => {
      const completed = completeLeaf(value);
      if (completed === undefined) return wrongType(completion, path);
      completion.size +=
        typeof completed === 'string'
          ? completed.length
          : typeof completed === 'object'
            ? JSON.stringify(completed).length
            : SCALAR_SIZE;
      return completed;
    };
  }
  return (object as ObjectShape).complete;
}

/**
 * Stops the propagation of null at a nullable type.
 * GraphQL specification, 6.4.4 Handling Field Errors: https://spec.graphql.org/October2021/#sec-Handling-Field-Errors
 */
function nullable(complete: CompleteValue, type: GraphQLOutputType): CompleteValue {
  if (isNonNullType(type)) return complete;
  return (value, path, completion) =>
    value === null || value === undefined ? null : (complete(value, path, completion) ?? null);
}

const completeIntrospection: CompleteValue = (value, _path, completion) => {
  completion.size += JSON.stringify(value ?? null).length;
  return value ?? null;
};

/** `__typename` of an object whose data names no object type. */
const unknownType: CompleteValue = (_value, path, completion) => {
  completion.onInvalid('No subgraph resolved the type of this object.', path);
  return undefined;
};

/** `__typename` of an interface that the subgraph defines as an object type. */
const interfaceTypename =
  (typename: string, { interfaceObjects }: CollectContext): CompleteValue =>
  (value, path, completion) =>
    value === typename && interfaceObjects?.has(typename) ? typename : wrongType(completion, path);

/** Reports a missing field. */
function required(complete: CompleteValue): CompleteValue {
  return (value, path, completion) => {
    if (value === undefined) completion.onInvalid('A subgraph did not return a selected field.', path);
    return complete(value, path, completion);
  };
}

function wrongType(completion: Completion, path: LinkedPath): undefined {
  completion.onInvalid('A subgraph returned a value that does not match the type of this field.', path);
  return undefined;
}

/** Any error that may have a path. */
export interface ErrorWithPath {
  path?: Path | undefined;
}

/** A predicate for paths that have an error, at the path itself, at a parent or below. */
export function hasErrorAt(errors: readonly ErrorWithPath[]): (path: Path) => boolean {
  const paths = errors.map(({ path }) => path ?? []);
  return (path) => paths.some((other) => other.every((step, index) => index >= path.length || path[index] === step));
}

export function toPath(path: LinkedPath): (string | number)[] {
  const steps: (string | number)[] = [];
  for (let at = path; at?.outer; at = at.outer) steps.unshift(at.step);
  return steps;
}
