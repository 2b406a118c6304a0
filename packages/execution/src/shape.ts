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
import type { CanonicalScope } from './canonical/canonicalize.js';
import { collectFields, type Selecting } from './collect.js';
import { leafCompleter, type ScalarValidators } from './leaf.js';
import { isTree, own, type Path, set, type Tree } from './tree.js';

/** Where a value stands, from the innermost step out; null while nobody needs to know. */
export type LinkedPath = { step: string | number; outer: LinkedPath } | null;

/** Called with a value that its place does not allow. */
export type OnInvalid = (message: string, path: LinkedPath) => void;

/** One completion of a response: where invalid values are reported, and how large it is so far. */
export interface Completion {
  onInvalid: OnInvalid;
  /** Characters of keys and values so far. */
  size: number;
  /** Characters at most, else ResponseTooLargeError. */
  maxSize: number;
  /** Objects in whose place null stands, without an error if it may; null for none. */
  nonexistent: ReadonlySet<Tree> | null;
}

/** A response that would be larger than allowed. */
export class ResponseTooLargeError extends Error {
  constructor(maxSize: number) {
    super(`The response is larger than ${maxSize} bytes; select fewer fields or ask for smaller pages.`);
    this.name = 'ResponseTooLargeError';
  }
}

/** Completes a value; `undefined` is a null that its place does not allow. */
type CompleteValue = (value: unknown, path: LinkedPath, completion: Completion) => unknown;

/** A field of the response. */
interface ShapedField {
  /** Its response key. */
  key: string;
  /** The key under which the data has it. */
  source: string;
  /** Read as a property; a key that every object has is not. */
  isPlain: boolean;
  complete: CompleteValue;
  /** The shape of its objects; null for a leaf. */
  object: ObjectShape | null;
}

/** The shape of objects at one place, compiled by type when that type is first met. */
export interface ObjectShape {
  complete: CompleteValue;
  /** The fields of a type; null if no object of it can be there. */
  fieldsOf: (typename: string) => Fields | null;
  /** The type of an object, as far as its data says it. */
  typenameOf: (value: Tree) => string;
  /** The object types that may be there. */
  possibleTypes: () => readonly string[];
}

interface Fields {
  list: readonly ShapedField[];
  /** Characters of the keys. */
  size: number;
}

/** What shapes are compiled with. */
export interface ShapeOptions {
  schema: GraphQLSchema;
  selecting: Selecting;
}

const TYPENAME = '__typename';
/** Characters around a key and around an entry of a list. */
const PUNCTUATION = 4;
/** Characters of a value that is not text, about. */
const SHORT = 6;

/** Where introspection of a root field stands in the data: under a key that no field has. */
export const introspectionKey = (responseKey: string): string => `:${responseKey}`;

/** Completes data into the response. Done twice if something is invalid: paths are only made then, so that valid responses do not pay for them. */
export function completeData<Shaped>(
  complete: (path: LinkedPath, completion: Completion) => Shaped,
  onInvalid: OnInvalid,
  maxSize = Number.POSITIVE_INFINITY,
  nonexistent: ReadonlySet<Tree> | null = null,
): Shaped {
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

/** Where paths begin. */
export const ROOT: LinkedPath = { step: '', outer: null };

/** The shape of an object: by the type that its place has, or by the one that it names if there may be several. `scope` has the keys of data that answers a canonical operation; null if the data has the keys of the response. */
export function objectShape(
  options: ShapeOptions,
  declared: string,
  sets: readonly SelectionSetNode[],
  scope: CanonicalScope | null,
): ObjectShape {
  const { schema, selecting } = options;
  const declaredType = schema.getType(declared);
  const isAbstract = isAbstractType(declaredType);
  const byType = new Map<string, Fields | null>();
  const fieldsOf = (typename: string): Fields | null => {
    let fields = byType.get(typename);
    if (fields === undefined) {
      fields = selecting.isOfType(typename, declared) ? compileFields(options, typename, sets, scope) : null;
      if (fields || byType.size < 100) byType.set(typename, fields);
    }
    return fields;
  };
  const typenameOf = (value: Tree): string => {
    const given = isAbstract ? own(value, TYPENAME) : undefined;
    return typeof given === 'string' ? given : declared;
  };
  return {
    fieldsOf,
    typenameOf,
    possibleTypes: () =>
      isAbstractType(declaredType) ? schema.getPossibleTypes(declaredType).map(({ name }) => name) : [declared],
    complete: (value, path, completion) => {
      if (!isTree(value)) return wrongType(completion, path);
      if (completion.nonexistent?.has(value)) return null;
      const fields = fieldsOf(typenameOf(value));
      if (!fields) return wrongType(completion, path);
      const object: Tree = {};
      const { list } = fields;
      completion.size += fields.size;
      for (let index = 0; index < list.length; index++) {
        const { key, source, isPlain, complete } = list[index] as ShapedField;
        const completed = complete(
          isPlain ? value[source] : own(value, source),
          path && { step: key, outer: path },
          completion,
        );
        if (completed === undefined) return undefined;
        if (isPlain) object[key] = completed;
        else set(object, key, completed);
      }
      if (completion.size > completion.maxSize) throw new ResponseTooLargeError(completion.maxSize);
      return object;
    },
  };
}

/** The fields selected on a type; null if nothing can be selected on it. */
function compileFields(
  options: ShapeOptions,
  typename: string,
  sets: readonly SelectionSetNode[],
  scope: CanonicalScope | null,
): Fields | null {
  const { schema, selecting } = options;
  const type = schema.getType(typename);
  if (!isCompositeType(type)) return null;
  const list = [...collectFields(typename, sets, selecting)].flatMap(([key, nodes]) =>
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
  const { schema, selecting } = options;
  const [node] = nodes as [FieldNode];
  const type = schema.getType(typename);
  const name = node.name.value;
  const field = (source: string, complete: CompleteValue, object: ObjectShape | null = null): ShapedField[] => [
    { key, source, isPlain: !(key in Object.prototype) && !(source in Object.prototype), complete, object },
  ];
  if (name === TYPENAME)
    return field(
      TYPENAME,
      isObjectType(type) ? () => typename : selecting.isComplete ? nameOf(typename, selecting) : unknownType,
    );
  const definition = isObjectType(type) || isInterfaceType(type) ? type.getFields()[name] : undefined;
  if (!definition) {
    if (name.startsWith('__')) return field(introspectionKey(key), completeIntrospection);
    return selecting.isComplete ? field(key, (value) => value ?? null) : [];
  }
  const found = scope?.field(typename, node);
  const source = found?.key ?? key;
  const named = getNamedType(definition.type);
  const object = isCompositeType(named)
    ? objectShape(
        options,
        named.name,
        nodes.flatMap(({ selectionSet }) => selectionSet ?? []),
        found?.scope ?? null,
      )
    : null;
  const complete = nullable(
    completeType(definition.type, object, `${typename}.${name}`, selecting.validators),
    definition.type,
  );
  return field(source, selecting.isComplete ? required(complete) : complete, object);
}

function completeType(
  type: GraphQLOutputType,
  object: ObjectShape | null,
  coordinate: string,
  validators?: ScalarValidators,
): CompleteValue {
  if (isNonNullType(type)) {
    const inner = completeType(type.ofType, object, coordinate, validators);
    return (value, path, completion) => {
      const completed = value === null || value === undefined ? null : inner(value, path, completion);
      if (completed !== null) return completed;
      completion.onInvalid(`Cannot return null for non-nullable field ${coordinate}.`, path);
      return undefined;
    };
  }
  if (isListType(type)) {
    const element = nullable(completeType(type.ofType, object, coordinate, validators), type.ofType);
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
            : SHORT;
      return completed;
    };
  }
  return (object as ObjectShape).complete;
}

/** What stands at a place of this type: a null that comes up from below stops at the first place that allows it. */
function nullable(complete: CompleteValue, type: GraphQLOutputType): CompleteValue {
  if (isNonNullType(type)) return complete;
  return (value, path, completion) =>
    value === null || value === undefined ? null : (complete(value, path, completion) ?? null);
}

const completeIntrospection: CompleteValue = (value, _path, completion) => {
  completion.size += JSON.stringify(value ?? null).length;
  return value ?? null;
};

/** The name of an interface is none of an object: no subgraph resolved its type. */
const unknownType: CompleteValue = (_value, path, completion) => {
  completion.onInvalid('No subgraph resolved the type of this object.', path);
  return undefined;
};

/** Of an interface: its own name, if the subgraph holds it as an object type. */
const nameOf =
  (typename: string, { interfaceObjects }: Selecting): CompleteValue =>
  (value, path, completion) =>
    value === typename && interfaceObjects?.has(typename) ? typename : wrongType(completion, path);

/** A field that has to be there, if only as null. */
function required(complete: CompleteValue): CompleteValue {
  return (value, path, completion) => {
    if (value === undefined) completion.onInvalid('A subgraph left out a field that was selected.', path);
    return complete(value, path, completion);
  };
}

function wrongType(completion: Completion, path: LinkedPath): undefined {
  completion.onInvalid('A subgraph returned a value that does not match the type of this field.', path);
  return undefined;
}

/** An error, as far as its place goes. */
export interface Located {
  path?: Path | undefined;
}

/** Whether there is an error at a path already: at it, at what it stands in, or at what stands in it. */
export function hasErrorAt(errors: readonly Located[]): (path: Path) => boolean {
  const paths = errors.map(({ path }) => path ?? []);
  return (path) => paths.some((other) => other.every((step, index) => index >= path.length || path[index] === step));
}

/** A linked path as a path of the response. */
export function toPath(path: LinkedPath): (string | number)[] {
  const steps: (string | number)[] = [];
  for (let at = path; at?.outer; at = at.outer) steps.unshift(at.step);
  return steps;
}
