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
  isObjectType,
  type SelectionSetNode,
} from 'graphql';
import { collectFields, type Selecting } from './collect.js';
import { isValidLeaf } from './leaf.js';
import { isTree, own, type Path, set, type Tree } from './tree.js';

/** Where a value stands, from the innermost step out; null while nobody asks. */
export type Way = { step: string | number; outer: Way } | null;

/** Told of a value that its place does not allow. */
export type Refuse = (message: string, way: Way) => void;

/** Shapes a value; `undefined` is a null that its place does not allow. */
type Shape = (value: unknown, way: Way, refuse: Refuse) => unknown;

interface Field {
  key: string;
  /** Read as a property; a key that every object has is not. */
  plain: boolean;
  shape: Shape;
}

const TYPENAME = '__typename';

/** Shapes what subgraphs brought into what was asked, compiled once for an operation: the fields of each type the first time that type is met. */
export function responseShape(schema: GraphQLSchema, rootType: string, selectionSet: SelectionSetNode, selecting: Selecting): (tree: Tree, refuse: Refuse) => Tree | null {
  const shape = objectOf(schema, rootType, [selectionSet], selecting);
  return (tree, refuse) => (withWays((told, way) => shape(tree, way, told), refuse) as Tree | undefined) ?? null;
}

/** Shapes twice where something was refused: ways are only made then, so that an answer without a fault does not pay for them. */
export function withWays<Shaped>(shape: (refuse: Refuse, root: Way) => Shaped, refuse: Refuse): Shaped {
  let refused = false;
  const first = shape(() => {
    refused = true;
  }, null);
  return refused ? shape(refuse, ROOT) : first;
}

/** Where ways begin. */
export const ROOT: Way = { step: '', outer: null };

/** Shapes an object: by the type that its place has, or where that may be one of several, by the one that it names. */
export function objectOf(schema: GraphQLSchema, declared: string, sets: readonly SelectionSetNode[], selecting: Selecting): Shape {
  const isAbstract = isAbstractType(schema.getType(declared));
  const byType = new Map<string, Field[] | null>();
  const fieldsFor = (typename: string): Field[] | null => {
    let fields = byType.get(typename);
    if (fields === undefined) {
      fields = selecting.isOfType(typename, declared) ? fieldsOf(schema, typename, sets, selecting) : null;
      if (fields || byType.size < 100) byType.set(typename, fields);
    }
    return fields;
  };
  return (value, way, refuse) => {
    if (!isTree(value)) return wrong(refuse, way);
    const given = isAbstract ? own(value, TYPENAME) : undefined;
    const fields = fieldsFor(typeof given === 'string' ? given : declared);
    if (!fields) return wrong(refuse, way);
    const object: Tree = {};
    for (const { key, plain, shape } of fields) {
      const shaped = shape(plain ? value[key] : own(value, key), way && { step: key, outer: way }, refuse);
      if (shaped === undefined) return undefined;
      if (plain) object[key] = shaped;
      else set(object, key, shaped);
    }
    return object;
  };
}

/** The fields selected on a type; null where it is none that can be selected on. */
function fieldsOf(schema: GraphQLSchema, typename: string, sets: readonly SelectionSetNode[], selecting: Selecting): Field[] | null {
  const type = schema.getType(typename);
  if (!isCompositeType(type)) return null;
  return [...collectFields(typename, sets, selecting)].flatMap(([key, nodes]) => {
    const plain = !(key in Object.prototype);
    const name = (nodes[0] as FieldNode).name.value;
    // An interface that no subgraph resolved to a type has no name to tell.
    if (name === TYPENAME) return [{ key, plain, shape: isObjectType(type) ? () => typename : selecting.isComplete ? nameOf(typename, selecting) : () => undefined }];
    const field = 'getFields' in type ? type.getFields()[name] : undefined;
    if (!field) return name.startsWith('__') || selecting.isComplete ? [{ key, plain, shape: (value: unknown) => value ?? null }] : [];
    const shape = nullable(shapeOf(schema, field.type, nodes, `${typename}.${name}`, selecting), field.type);
    return [{ key, plain, shape: selecting.isComplete ? given(shape) : shape }];
  });
}

function shapeOf(schema: GraphQLSchema, type: GraphQLOutputType, nodes: readonly FieldNode[], coordinate: string, selecting: Selecting): Shape {
  if (isNonNullType(type)) {
    const inner = shapeOf(schema, type.ofType, nodes, coordinate, selecting);
    return (value, way, refuse) => {
      if (value !== null && value !== undefined) return inner(value, way, refuse);
      refuse(`Cannot return null for non-nullable field ${coordinate}.`, way);
      return undefined;
    };
  }
  if (isListType(type)) {
    const element = nullable(shapeOf(schema, type.ofType, nodes, coordinate, selecting), type.ofType);
    return (value, way, refuse) => {
      if (!Array.isArray(value)) return wrong(refuse, way);
      const list = new Array<unknown>(value.length);
      for (let index = 0; index < value.length; index++) {
        const shaped = element(value[index], way && { step: index, outer: way }, refuse);
        if (shaped === undefined) return undefined;
        list[index] = shaped;
      }
      return list;
    };
  }
  if (isLeafType(type)) {
    const isValid = isValidLeaf(type);
    return (value, way, refuse) => (isValid(value) ? value : wrong(refuse, way));
  }
  return objectOf(
    schema,
    getNamedType(type).name,
    nodes.flatMap(({ selectionSet }) => selectionSet ?? []),
    selecting,
  );
}

/** What stands at a place of this type: a null that comes up from below stops at the first place that allows it. */
function nullable(shape: Shape, type: GraphQLOutputType): Shape {
  if (isNonNullType(type)) return shape;
  return (value, way, refuse) => (value === null || value === undefined ? null : (shape(value, way, refuse) ?? null));
}

/** Of an interface: its own name, where the subgraph holds it as an object type. */
const nameOf =
  (typename: string, { interfaceObjects }: Selecting): Shape =>
  (value, way, refuse) =>
    value === typename && interfaceObjects?.has(typename) ? typename : wrong(refuse, way);

/** A field that has to be there, be it as null. */
function given(shape: Shape): Shape {
  return (value, way, refuse) => {
    if (value === undefined) refuse('A subgraph left out a field that it was asked for.', way);
    return shape(value, way, refuse);
  };
}

function wrong(refuse: Refuse, way: Way): undefined {
  refuse('A subgraph gave a value of another type than this field has.', way);
  return undefined;
}

/** An error, as far as its place goes. */
export interface Located {
  path?: Path | undefined;
}

/** Whether something is told already of a path: of it, of what it stands in, or of what stands in it. */
export function toldOf(errors: readonly Located[]): (path: Path) => boolean {
  const told = errors.map(({ path }) => path ?? []);
  return (path) => told.some((other) => other.every((step, index) => index >= path.length || path[index] === step));
}

/** A way as a path of the response. */
export function pathOf(way: Way): (string | number)[] {
  const path: (string | number)[] = [];
  for (let at = way; at?.outer; at = at.outer) path.unshift(at.step);
  return path;
}
