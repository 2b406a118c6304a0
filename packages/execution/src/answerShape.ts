import { createDocumentCache, getOwn } from '@dossier/graphql';
import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  parse,
  type SelectionSetNode,
  type ValueNode,
  visit,
} from 'graphql';
import { LRUCache } from 'lru-cache';
import { type Check, objectCheck } from './answerCheck.js';
import { deciding, type Selecting } from './collect.js';
import { interfaceObjectsOf } from './interfaceObjects.js';
import type { ScalarValidators } from './leaf.js';
import {
  type Completion,
  completeData,
  hasErrorAt,
  type LinkedPath,
  type Located,
  type ObjectShape,
  type OnInvalid,
  objectShape,
  toPath,
} from './shape.js';
import { isTree, type Path, type Tree } from './tree.js';
import { typeConditions } from './typeConditions.js';

/** Ways to skip and include that are kept compiled of a document at most. */
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
  /** Whether data is just what was asked for: then it need not be shaped. */
  fits: (data: Tree) => boolean;
  /**
   * What was asked for, of what was given: nothing else is taken over, whatever its name. Where a value is wrong or was
   * left out there is null, at the next place that allows it, and a fault, unless the errors tell of it already.
   */
  shape: (data: Tree, errors: readonly Located[]) => { data: Tree | null; faults: Fault[] };
}

type Variables = Readonly<Record<string, unknown>>;

interface Compiled {
  fits: (data: Tree, representations: readonly Tree[]) => boolean;
  shape: (data: Tree, representations: readonly Tree[], onInvalid: OnInvalid) => Tree | null;
}

/** Shapes answers to fetches from a subgraph on the composed graph, its own types included: each document is compiled once. */
export function answerShapes(
  supergraph: GraphQLSchema,
  validators: ScalarValidators = new Map(),
): (service: string, query: string, variables: Variables) => AnswerShape {
  const isOfType = typeConditions(supergraph);
  const interfaceObjects = interfaceObjectsOf(supergraph);
  const byService = new Map<string, LRUCache<string, (variables: Variables) => AnswerShape>>();
  return (service, query, variables) => {
    let kept = byService.get(service);
    if (!kept) {
      kept = createDocumentCache();
      byService.set(service, kept);
    }
    let shapeOf = kept.get(query);
    if (!shapeOf) {
      shapeOf = shapesOf(
        supergraph,
        { isOfType, isComplete: true, interfaceObjects: interfaceObjects(service), validators },
        parse(query, { noLocation: true }),
      );
      kept.set(query, shapeOf);
    }
    return shapeOf(variables);
  };
}

/** One document, compiled once for each way to skip and include. */
function shapesOf(
  schema: GraphQLSchema,
  how: Omit<Selecting, 'fragments' | 'variables'>,
  document: DocumentNode,
): (variables: Variables) => AnswerShape {
  const operation = document.definitions.find(
    (definition): definition is OperationDefinitionNode => definition.kind === Kind.OPERATION_DEFINITION,
  ) as OperationDefinitionNode;
  const fragments = new Map(
    document.definitions
      .filter((definition): definition is FragmentDefinitionNode => definition.kind === Kind.FRAGMENT_DEFINITION)
      .map((fragment) => [fragment.name.value, fragment]),
  );
  const defaults = new Map(
    operation.variableDefinitions?.map(({ variable, defaultValue }) => [variable.name.value, defaultValue]),
  );
  const names = deciding([operation, ...fragments.values()]);
  const isPath = pathsOf(document);
  const kept = new LRUCache<string, Compiled>({ max: SHAPES_KEPT });
  const entities = operation.selectionSet.selections.find(
    (selection): selection is FieldNode => selection.kind === Kind.FIELD && selection.name.value === '_entities',
  );
  const rootType = schema.getRootType(operation.operation)?.name ?? '';

  return (variables) => {
    const values = names.map((name) => getOwn(variables, name) ?? isTrue(defaults.get(name)));
    const key = values.map((value) => (value === true ? '1' : '0')).join('');
    let compiled = kept.get(key);
    if (!compiled) {
      const selecting: Selecting = {
        ...how,
        fragments,
        variables: Object.fromEntries(names.map((name, index) => [name, values[index]])),
      };
      compiled = entities
        ? compileEntities(schema, entities.selectionSet, selecting)
        : compileRoot(schema, rootType, operation.selectionSet, selecting);
      kept.set(key, compiled);
    }
    const { fits, shape } = compiled;
    const representations = Array.isArray(variables['representations']) ? (variables['representations'] as Tree[]) : [];
    return {
      isPath,
      fits: (data) => fits(data, representations),
      shape: (data, errors) => gathering(errors, (onInvalid) => shape(data, representations, onInvalid)),
    };
  };
}

function compileRoot(
  schema: GraphQLSchema,
  rootType: string,
  selectionSet: SelectionSetNode,
  selecting: Selecting,
): Compiled {
  const { complete } = objectShape({ schema, selecting }, rootType, [selectionSet], null);
  return {
    fits: objectCheck(schema, rootType, [selectionSet], selecting),
    shape: (data, _, onInvalid) =>
      (completeData((path, completion) => complete(data, path, completion), onInvalid) as Tree | undefined) ?? null,
  };
}

/** Entities, each of the type of its representation. */
function compileEntities(
  schema: GraphQLSchema,
  selectionSet: SelectionSetNode | undefined,
  selecting: Selecting,
): Compiled {
  const sets = selectionSet ? [selectionSet] : [];
  const byType = new Map<unknown, { check: Check; shape: ObjectShape }>();
  // The gateway made the representations: their types are those of the composed graph.
  const ofType = (type: unknown) => {
    let compiled = byType.get(type);
    if (!compiled) {
      compiled = {
        check: objectCheck(schema, String(type), sets, selecting),
        shape: objectShape({ schema, selecting }, String(type), sets, null),
      };
      byType.set(type, compiled);
    }
    return compiled;
  };
  return {
    fits: (data, representations) => {
      const { _entities: list } = data as { _entities: unknown[] };
      for (let index = 0; index < list.length; index++)
        if (list[index] !== null && !ofType(representations[index]?.['__typename']).check(list[index])) return false;
      for (const key in data) if (key !== '_entities') return false;
      return true;
    },
    shape: ({ _entities }, representations, onInvalid) => {
      const complete = (root: LinkedPath, completion: Completion): unknown[] => {
        const path: LinkedPath = root && { step: '_entities', outer: root };
        return (_entities as unknown[]).map((entity, index) =>
          isTree(entity)
            ? (ofType(representations[index]?.['__typename']).shape.complete(
                entity,
                path && { step: index, outer: path },
                completion,
              ) ?? null)
            : null,
        );
      };
      return { _entities: completeData(complete, onInvalid) };
    },
  };
}

function gathering(
  errors: readonly Located[],
  shape: (onInvalid: OnInvalid) => Tree | null,
): { data: Tree | null; faults: Fault[] } {
  const faults: Fault[] = [];
  const isReported = hasErrorAt(errors);
  const data = shape((reason, linked) => {
    const path = toPath(linked);
    if (faults.length < FAULTS_TOLD && !isReported(path)) faults.push({ path, reason });
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
  return (path) =>
    path.length > 0 &&
    path.every((step) => (typeof step === 'string' ? keys.has(step) : Number.isSafeInteger(step) && step >= 0));
}
