import { createDocumentCache, fragmentsOf, getOwn, isObjectLike, type ObjMap } from '@dossier/graphql';
import {
  type DocumentNode,
  type FieldNode,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  parse,
  type SelectionSetNode,
  type ValueNode,
  visit,
} from 'graphql';
import { LRUCache } from 'lru-cache';
import { type CollectContext, conditionVariables } from '../collectFields.js';
import type { Path } from '../run/responseData.js';
import { interfaceObjectsOf } from '../supergraph/interfaceObjects.js';
import { typeConditions } from '../typeConditions.js';
import type { ScalarValidators } from './leaf.js';
import {
  type Completion,
  completeData,
  type ErrorWithPath,
  hasErrorAt,
  type LinkedPath,
  type ObjectShape,
  type OnInvalid,
  objectShape,
  toPath,
} from './objectShape.js';
import { type IsValid, objectValidator } from './objectValidator.js';

/** Maximum number of cached combinations of `@skip` and `@include` for one document. */
const MAX_VARIANTS = 64;
/** Maximum number of invalid values reported for one response. */
const MAX_INVALID_VALUES = 1000;

/** A value that does not match its field's type, or is missing. */
export interface InvalidValue {
  path: Path;
  /** For the log. Names fields of the schema, but contains nothing that the subgraph sent. */
  reason: string;
}

/** The shape that a subgraph's response to one document must have. */
export interface SubgraphResponseShape {
  /** Whether the path of an error consists of response keys of the document and list indexes. */
  isPath: (path: Path) => boolean;
  /** Whether the data is valid as it is, so that it need not be completed. False if in doubt. */
  isValid: (data: ObjMap) => boolean;
  /**
   * The selected fields of the data, and nothing else. An invalid or missing value is null; if its type is non-null,
   * the nearest nullable parent is. It is reported unless one of the errors has its path.
   */
  complete: (data: ObjMap, errors: readonly ErrorWithPath[]) => { data: ObjMap | null; invalidValues: InvalidValue[] };
}

type Variables = Readonly<Record<string, unknown>>;

interface CompiledShape {
  isValid: (data: ObjMap, representations: readonly ObjMap[]) => boolean;
  complete: (data: ObjMap, representations: readonly ObjMap[], onInvalid: OnInvalid) => ObjMap | null;
}

/**
 * Compiles the shapes of subgraph responses, each document once. `supergraph` includes join types and inaccessible
 * fields; `validators` are those of custom scalars, others may have any JSON value.
 */
export function subgraphResponseShapes(
  supergraph: GraphQLSchema,
  validators: ScalarValidators = new Map(),
): (service: string, query: string, variables: Variables) => SubgraphResponseShape {
  const isOfType = typeConditions(supergraph);
  const interfaceObjects = interfaceObjectsOf(supergraph);
  const byService = new Map<string, LRUCache<string, (variables: Variables) => SubgraphResponseShape>>();
  return (service, query, variables) => {
    let cache = byService.get(service);
    if (!cache) {
      cache = createDocumentCache();
      byService.set(service, cache);
    }
    let shapeFor = cache.get(query);
    if (!shapeFor) {
      shapeFor = shapesByVariables(
        supergraph,
        { isOfType, requiresAllFields: true, interfaceObjects: interfaceObjects(service), validators },
        parse(query, { noLocation: true }),
      );
      cache.set(query, shapeFor);
    }
    return shapeFor(variables);
  };
}

/** Compiles a document once for each combination of `@skip` and `@include`. */
function shapesByVariables(
  schema: GraphQLSchema,
  options: Omit<CollectContext, 'fragments' | 'variables'>,
  document: DocumentNode,
): (variables: Variables) => SubgraphResponseShape {
  const operation = document.definitions.find(
    (definition): definition is OperationDefinitionNode => definition.kind === Kind.OPERATION_DEFINITION,
  ) as OperationDefinitionNode;
  const fragments = fragmentsOf(document);
  const defaults = new Map(
    operation.variableDefinitions?.map(({ variable, defaultValue }) => [variable.name.value, defaultValue]),
  );
  const names = conditionVariables([operation, ...fragments.values()]);
  const isPath = pathPredicate(document);
  const variants = new LRUCache<string, CompiledShape>({ max: MAX_VARIANTS });
  const entities = operation.selectionSet.selections.find(
    (selection): selection is FieldNode => selection.kind === Kind.FIELD && selection.name.value === '_entities',
  );
  const rootType = schema.getRootType(operation.operation)?.name ?? '';

  return (variables) => {
    const values = names.map((name) => getOwn(variables, name) ?? isTrue(defaults.get(name)));
    const key = values.map((value) => (value === true ? '1' : '0')).join('');
    let compiled = variants.get(key);
    if (!compiled) {
      const context: CollectContext = {
        ...options,
        fragments,
        variables: Object.fromEntries(names.map((name, index) => [name, values[index]])),
      };
      compiled = entities
        ? compileEntities(schema, entities.selectionSet, context)
        : compileRoot(schema, rootType, operation.selectionSet, context);
      variants.set(key, compiled);
    }
    const { isValid, complete } = compiled;
    const representations = Array.isArray(variables['representations'])
      ? (variables['representations'] as ObjMap[])
      : [];
    return {
      isPath,
      isValid: (data) => isValid(data, representations),
      complete: (data, errors) =>
        collectInvalidValues(errors, (onInvalid) => complete(data, representations, onInvalid)),
    };
  };
}

function compileRoot(
  schema: GraphQLSchema,
  rootType: string,
  selectionSet: SelectionSetNode,
  context: CollectContext,
): CompiledShape {
  const { complete } = objectShape({ schema, context }, rootType, [selectionSet], null);
  return {
    isValid: objectValidator(schema, rootType, [selectionSet], context),
    complete: (data, _, onInvalid) =>
      (completeData((path, completion) => complete(data, path, completion), onInvalid) as ObjMap | undefined) ?? null,
  };
}

/** The response to an entity fetch: each entity has the type of its representation. */
function compileEntities(
  schema: GraphQLSchema,
  selectionSet: SelectionSetNode | undefined,
  context: CollectContext,
): CompiledShape {
  const sets = selectionSet ? [selectionSet] : [];
  // The gateway builds the representations, so the number of types is bounded by the schema.
  const byType = new Map<unknown, { isValid: IsValid; shape: ObjectShape }>();
  const shapeOf = (type: unknown) => {
    let compiled = byType.get(type);
    if (!compiled) {
      compiled = {
        isValid: objectValidator(schema, String(type), sets, context),
        shape: objectShape({ schema, context }, String(type), sets, null),
      };
      byType.set(type, compiled);
    }
    return compiled;
  };
  return {
    isValid: (data, representations) => {
      const { _entities: list } = data as { _entities: unknown[] };
      for (let index = 0; index < list.length; index++)
        if (list[index] !== null && !shapeOf(representations[index]?.['__typename']).isValid(list[index])) return false;
      for (const key in data) if (key !== '_entities') return false;
      return true;
    },
    complete: ({ _entities }, representations, onInvalid) => {
      const complete = (root: LinkedPath, completion: Completion): unknown[] => {
        const path: LinkedPath = root && { step: '_entities', outer: root };
        return (_entities as unknown[]).map((entity, index) =>
          isObjectLike(entity)
            ? (shapeOf(representations[index]?.['__typename']).shape.complete(
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

function collectInvalidValues(
  errors: readonly ErrorWithPath[],
  complete: (onInvalid: OnInvalid) => ObjMap | null,
): { data: ObjMap | null; invalidValues: InvalidValue[] } {
  const invalidValues: InvalidValue[] = [];
  const isReported = hasErrorAt(errors);
  const data = complete((reason, linked) => {
    const path = toPath(linked);
    if (invalidValues.length < MAX_INVALID_VALUES && !isReported(path)) invalidValues.push({ path, reason });
  });
  return { data, invalidValues };
}

const isTrue = (value: ValueNode | undefined): boolean => value?.kind === Kind.BOOLEAN && value.value;

/** A subgraph can put anything into the path of an error; clients may only see response keys of the document. */
function pathPredicate(document: DocumentNode): SubgraphResponseShape['isPath'] {
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
