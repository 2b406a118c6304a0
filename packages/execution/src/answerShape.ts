import { type DocumentNode, type FieldNode, type FragmentDefinitionNode, type GraphQLSchema, Kind, type OperationDefinitionNode, parse, type ValueNode, visit } from 'graphql';
import { LRUCache } from 'lru-cache';
import { deciding, type Selecting } from './collect.js';
import { type Located, objectOf, pathOf, type Refuse, responseShape, toldOf, type Way, withWays } from './shape.js';
import { isTree, type Path, type Tree } from './tree.js';
import { typeConditions } from './typeConditions.js';

/** Documents kept compiled at most, and ways to skip and include of each. */
const DOCUMENTS_KEPT = 1000;
const SHAPES_KEPT = 64;
/** Values that are told of at most, in one answer. */
const FAULTS_TOLD = 1000;

/** A value that its place does not allow, or that was left out. */
export interface Fault {
  path: Path;
  /** For the log: it names fields of the schema, and nothing that the subgraph sent. */
  reason: string;
}

/** What a subgraph's data may look like that answers one document. */
export interface AnswerShape {
  /** Whether a path of an error is one of this document. */
  isPath: (path: Path) => boolean;
  /**
   * What was asked for, of what was given: nothing else is taken over, whatever its name. Where a value is wrong or was
   * left out there is null, at the next place that allows it, and a fault, unless the errors tell of it already.
   */
  shape: (data: Tree, errors: readonly Located[]) => { data: Tree | null; faults: Fault[] };
}

type Variables = Readonly<Record<string, unknown>>;

/** Shapes answers to fetches on the composed graph, its own types included: each document is compiled once. */
export function answerShapes(schema: GraphQLSchema): (query: string, variables: Variables) => AnswerShape {
  const isOfType = typeConditions(schema);
  const kept = new LRUCache<string, (variables: Variables) => AnswerShape>({ max: DOCUMENTS_KEPT });
  return (query, variables) => {
    let shapeOf = kept.get(query);
    if (!shapeOf) {
      shapeOf = compile(schema, isOfType, parse(query, { noLocation: true }));
      kept.set(query, shapeOf);
    }
    return shapeOf(variables);
  };
}

function compile(schema: GraphQLSchema, isOfType: Selecting['isOfType'], document: DocumentNode): (variables: Variables) => AnswerShape {
  const operation = document.definitions.find((definition): definition is OperationDefinitionNode => definition.kind === Kind.OPERATION_DEFINITION) as OperationDefinitionNode;
  const fragments = new Map(
    document.definitions.filter((definition): definition is FragmentDefinitionNode => definition.kind === Kind.FRAGMENT_DEFINITION).map((fragment) => [fragment.name.value, fragment]),
  );
  const defaults = new Map(operation.variableDefinitions?.map(({ variable, defaultValue }) => [variable.name.value, defaultValue]));
  const names = deciding([operation, ...fragments.values()]);
  const isPath = pathsOf(document);
  const shapes = new LRUCache<string, AnswerShape['shape']>({ max: SHAPES_KEPT });
  const entities = operation.selectionSet.selections.find((selection): selection is FieldNode => selection.kind === Kind.FIELD && selection.name.value === '_entities');
  const rootType = schema.getRootType(operation.operation)?.name ?? '';

  return (variables) => {
    const values = names.map((name) => variables[name] ?? isTrue(defaults.get(name)));
    const key = values.map((value) => (value === true ? '1' : '0')).join('');
    let shape = shapes.get(key);
    if (!shape) {
      const selecting: Selecting = { fragments, isOfType, isComplete: true, variables: Object.fromEntries(names.map((name, index) => [name, values[index]])) };
      if (entities) shape = entityShape(schema, entities, selecting);
      else {
        const root = responseShape(schema, rootType, operation.selectionSet, selecting);
        shape = (data, errors) => told(errors, (refuse) => root(data, refuse));
      }
      shapes.set(key, shape);
    }
    if (!entities) return { isPath, shape };
    const types = typesOf(variables);
    return { isPath, shape: (data, errors) => (shape as EntityShape)(data, errors, types) };
  };
}

type EntityShape = (data: Tree, errors: readonly Located[], types?: readonly string[]) => { data: Tree | null; faults: Fault[] };

/** Entities, each of the type of its representation. */
function entityShape(schema: GraphQLSchema, { selectionSet }: FieldNode, selecting: Selecting): EntityShape {
  const byType = new Map<string, ReturnType<typeof objectOf>>();
  const shapeOf = (type: string) => {
    let shape = byType.get(type);
    if (!shape) {
      shape = objectOf(schema, type, selectionSet ? [selectionSet] : [], selecting);
      if (schema.getType(type)) byType.set(type, shape);
    }
    return shape;
  };
  return ({ _entities }, errors, types = []) =>
    told(errors, (refuse) => {
      const list = withWays((refused, root) => {
        const entitiesWay: Way = root && { step: '_entities', outer: root };
        return (_entities as unknown[]).map((entity, index) => (isTree(entity) ? (shapeOf(types[index] ?? '')(entity, entitiesWay && { step: index, outer: entitiesWay }, refused) ?? null) : null));
      }, refuse);
      return { _entities: list };
    });
}

const typesOf = ({ representations }: Variables): string[] => (Array.isArray(representations) ? representations.map(({ __typename }: Tree) => String(__typename)) : []);

function told(errors: readonly Located[], shape: (refuse: Refuse) => Tree | null): { data: Tree | null; faults: Fault[] } {
  const faults: Fault[] = [];
  let isTold: ReturnType<typeof toldOf> | undefined;
  const data = shape((reason, way) => {
    isTold ??= toldOf(errors);
    const path = pathOf(way);
    if (faults.length < FAULTS_TOLD && !isTold(path)) faults.push({ path, reason });
  });
  return { data, faults };
}

const isTrue = (value: ValueNode | undefined): boolean => value?.kind === Kind.BOOLEAN && value.value;

/** A subgraph may write anything into the path of an error: only what the document names is one. */
function pathsOf(document: DocumentNode): AnswerShape['isPath'] {
  const keys = new Set<string>();
  visit(document, {
    Field: ({ alias, name }) => {
      keys.add(alias?.value ?? name.value);
    },
  });
  return (path) => path.length > 0 && path.every((step) => (typeof step === 'string' ? keys.has(step) : Number.isSafeInteger(step) && step >= 0));
}
