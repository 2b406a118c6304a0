import { fragmentsOf, getOwn, type ObjMap } from '@dossier/graphql';
import {
  type DocumentNode,
  type FieldNode,
  type GraphQLFormattedError,
  type GraphQLSchema,
  type OperationDefinitionNode,
  OperationTypeNode,
} from 'graphql';
import { LRUCache } from 'lru-cache';
import { type CanonicalOperation, canonicalize } from './canonical/canonicalize.js';
import type { GraphFields } from './canonical/graphFields.js';
import { variableCoercer } from './coerceVariables.js';
import { type CollectContext, collectFields, conditionVariables } from './collectFields.js';
import { PlanningError } from './planning/planningError.js';
import { clientPaths } from './response/clientPaths.js';
import { inOrderOfFields } from './response/errorOrder.js';
import {
  completeData,
  hasErrorAt,
  introspectionKey,
  type ObjectShape,
  type OnInvalid,
  objectShape,
  ROOT,
  toPath,
} from './response/objectShape.js';
import type { CompiledPlan } from './run/compilePlan.js';
import { introspect } from './run/introspection.js';
import type { CallSubgraph, GraphQLResponse } from './run/requests.js';
import type { RunState } from './run/runState.js';
import type { SelectOverrides } from './supergraph/overrides.js';
import { type IsOfType, typeConditions } from './typeConditions.js';

/** Maximum number of cached combinations of `@skip` and `@include` for one operation. */
const MAX_VARIANTS = 64;
/** Maximum number of errors in one response: a subgraph that is down can cause any number. */
const MAX_ERRORS = 1000;

/** The graph that operations are executed against. */
export interface OperationGraph {
  /** The schema that clients see. */
  apiSchema: GraphQLSchema;
  fields: GraphFields;
  /** Type conditions of the supergraph, inaccessible types included. */
  isOfType: IsOfType;
  selectOverrides: SelectOverrides;
  /** The plan of a canonical operation, with the `@override` labels that apply. */
  plan: (source: string, overrides: readonly string[]) => CompiledPlan | Promise<CompiledPlan>;
}

export interface ExecutionOptions {
  /** Maximum size of the response in characters, ResponseTooLargeError beyond; unlimited by default. */
  maxSize?: number;
}

/** An operation with the variables of one request. */
export interface PlannedOperation {
  /** Subgraphs that the plan may call. */
  services: readonly string[];
  execute: (callSubgraph: CallSubgraph, options?: ExecutionOptions) => Promise<GraphQLResponse>;
}

/** An operation that can be executed with any variables. */
export interface ExecutableOperation {
  /**
   * Plans the operation for the variables of a request, as sent by the client: they decide which fields `@skip` and
   * `@include` leave. Returns immediately if the plan is cached. Throws or rejects with PlanningError. Invalid
   * variables give a plan whose execution returns their errors.
   */
  planFor: (variables: Readonly<Record<string, unknown>>) => PlannedOperation | Promise<PlannedOperation>;
}

/** The response of one run of a plan. */
interface RunResult {
  response: GraphQLResponse;
  /** Whether an object is null under an alias because of a field that is only selected under another alias. */
  nullsOtherAliases: boolean;
}

/** The operation with one combination of `@skip` and `@include` applied, planned for one set of `@override` labels. */
interface Variant {
  canonical: CanonicalOperation;
  context: CollectContext;
  shape: ObjectShape;
  introspectionFields: readonly FieldNode[];
  plan: CompiledPlan;
}

/**
 * Compiles an operation of a valid document. Its canonical form, its plan and the shape of its response are computed
 * once for each combination of `@skip` and `@include`.
 */
export function executableOperation(
  graph: OperationGraph,
  document: DocumentNode,
  operation: OperationDefinitionNode,
): ExecutableOperation {
  const { apiSchema } = graph;
  const fragments = fragmentsOf(document);
  const rootType = apiSchema.getRootType(operation.operation)?.name ?? '';
  const isOfType = typeConditions(apiSchema);
  const conditionNames = conditionVariables([operation, ...fragments.values()]);
  const coerceVariables = variableCoercer(apiSchema, operation.variableDefinitions ?? []);
  const variants = new LRUCache<string, Variant>({ max: MAX_VARIANTS });

  const compile = (variables: Readonly<Record<string, unknown>>, separatesAliases: boolean): Omit<Variant, 'plan'> => {
    const context: CollectContext = {
      fragments,
      isOfType,
      variables: Object.fromEntries(conditionNames.map((name) => [name, getOwn(variables, name)])),
    };
    const canonical = canonicalize(
      { schema: apiSchema, graph: graph.fields, isOfType, separatesAliases },
      operation,
      fragments,
      context.variables,
    );
    const shape = objectShape({ schema: apiSchema, context }, rootType, [operation.selectionSet], canonical.root);
    const roots = [...collectFields(rootType, [operation.selectionSet], context).values()].flat();
    return {
      canonical,
      context,
      shape,
      introspectionFields: roots.filter(({ name }) => name.value === '__schema' || name.value === '__type'),
    };
  };

  return {
    planFor: (variables) => {
      const { coerced, errors: invalid } = coerceVariables(variables);
      if (invalid)
        return {
          services: [],
          execute: async () => ({
            errors: invalid.map(({ message }) => ({ message, extensions: { code: 'BAD_USER_INPUT' } })),
          }),
        };
      const overrides = graph.selectOverrides();
      const runOf = (variant: Variant): PlannedOperation => ({
        services: variant.plan.services,
        execute: async (callSubgraph, options = {}) => {
          const { response, nullsOtherAliases } = await execute(variant, variables, callSubgraph, options);
          if (!nullsOtherAliases || operation.operation !== OperationTypeNode.QUERY) return response;
          const separate = await separateVariant(coerced, overrides);
          return separate ? (await execute(separate, variables, callSubgraph, options)).response : response;
        },
      });
      const variant = variantFor(coerced, overrides, false);
      return variant instanceof Promise ? variant.then(runOf) : runOf(variant);
    },
  };

  /**
   * Objects that are selected under several aliases are fetched once. With `separatesAliases`, they are fetched for each alias: a
   * subgraph that nulls an object because of a field of one alias then does not null it under the others.
   */
  function variantFor(
    variables: Readonly<Record<string, unknown>>,
    overrides: readonly string[],
    separatesAliases: boolean,
  ): Variant | Promise<Variant> {
    const conditions = conditionNames.map((name) => (getOwn(variables, name) === true ? '1' : '0')).join('');
    const key = `${conditions}${overrides.length}${separatesAliases ? ' separate' : ''}`;
    const cached = variants.get(key);
    if (cached) return cached;
    const compiled = compile(variables, separatesAliases);
    const cacheVariant = (plan: CompiledPlan): Variant => {
      const variant: Variant = { ...compiled, plan };
      variants.set(key, variant);
      return variant;
    };
    const plan = compiled.canonical.isEmpty ? EMPTY_PLAN : graph.plan(compiled.canonical.source, overrides);
    return plan instanceof Promise ? plan.then(cacheVariant) : cacheVariant(plan);
  }

  /** The variant with separate aliases; null if it is too complex to be planned. */
  async function separateVariant(
    variables: Readonly<Record<string, unknown>>,
    overrides: readonly string[],
  ): Promise<Variant | null> {
    try {
      return await variantFor(variables, overrides, true);
    } catch (error) {
      if (error instanceof PlanningError) return null;
      throw error;
    }
  }

  async function execute(
    { canonical, context, shape, introspectionFields, plan }: Variant,
    variables: Readonly<Record<string, unknown>>,
    callSubgraph: CallSubgraph,
    { maxSize = Number.POSITIVE_INFINITY }: ExecutionOptions,
  ): Promise<RunResult> {
    const run: RunState = {
      data: {},
      errors: [],
      variables,
      variableNames: canonical.variables,
      callSubgraph,
      isOfType: graph.isOfType,
      missing: new Map(),
    };
    await plan.run(run);
    const { errors, nullsOtherAliases } = clientErrors(shape, run, canonical);
    if (introspectionFields.length > 0) {
      const { data, errors: failed } = introspect(apiSchema, operation, introspectionFields, context, variables);
      for (const [key, value] of Object.entries(data ?? {})) run.data[introspectionKey(key)] = value;
      errors.push(...(failed ?? []));
    }
    const report = reportOnce(errors);
    // The plan has no fetch for a field that no subgraph can resolve.
    for (const { key, source } of shape.fieldsOf(rootType)?.list ?? [])
      if (isFetched(source) && getOwn(run.data, source) === undefined)
        report('No subgraph resolves this field.', { step: key, outer: ROOT });
    if (plan.isEmpty) return { response: { data: null, errors }, nullsOtherAliases: false };
    const data =
      (completeData(
        (path, completion) => shape.complete(run.data, path, completion),
        report,
        maxSize,
        nonexistent(run, canonical.lookups),
      ) as ObjMap | undefined) ?? null;
    const response =
      errors.length > 0 ? { data, errors: inOrderOfFields(errors, operation.selectionSet, fragments) } : { data };
    return { response, nullsOtherAliases };
  }
}

/**
 * The errors of a run with their paths in the response. An error of a field that the client did not select is dropped
 * if its object has another, or if the field was fetched for a type on which nothing needs it.
 */
function clientErrors(
  shape: ObjectShape,
  { data, errors }: RunState,
  { conditionalKeys }: CanonicalOperation,
): { errors: GraphQLFormattedError[]; nullsOtherAliases: boolean } {
  const located = errors.slice(0, MAX_ERRORS).map((error) =>
    clientPaths(shape, data, error.path ?? [], conditionalKeys).map(({ path, isExact }) => ({
      error: { ...error, path },
      isExact,
    })),
  );
  const all = located.flat();
  const exact = all.flatMap(({ error, isExact }) => (isExact ? [error] : []));
  const isReported = hasErrorAt(exact);
  const others = all.flatMap(({ error, isExact }) => (isExact || isReported(error.path) ? [] : [error]));
  const nullsOtherAliases = located.some(
    (ofError) => ofError.some(({ isExact }) => isExact) && ofError.some(({ isExact }) => !isExact),
  );
  return { errors: [...exact, ...others], nullsOtherAliases };
}

/**
 * The objects that do not exist: only their keys are known, and the subgraphs that own them returned no entity. If a
 * subgraph failed, a reference is kept, since the object may exist. A root field that only returns a key (`lookups`) is
 * null then.
 */
function nonexistent({ data, missing }: RunState, lookups: CanonicalOperation['lookups']): ReadonlySet<ObjMap> | null {
  if (missing.size === 0) return null;
  const isLookup = (object: ObjMap): boolean =>
    [...lookups].some(([key, types]) => {
      const found = getOwn(data, key);
      return (
        (found === object || (Array.isArray(found) && found.includes(object))) &&
        types.has(String(object['__typename']))
      );
    });
  const found = new Set<ObjMap>();
  for (const [object, { keys, hasFailed }] of missing) {
    if (hasFailed && !isLookup(object)) continue;
    if (Object.entries(object).every(([key, value]) => value === null || key === '__typename' || keys.has(key)))
      found.add(object);
  }
  return found;
}

const EMPTY_PLAN: CompiledPlan = { services: [], isEmpty: false, run: async () => {} };

/** Whether a root field comes from a subgraph: not `__typename`, not introspection. */
const isFetched = (source: string): boolean => !source.startsWith('__') && !source.startsWith(':');

/** Adds an error for an invalid value, unless there is already an error at its path. */
function reportOnce(errors: GraphQLFormattedError[]): OnInvalid {
  const isReported = hasErrorAt(errors);
  return (message, linked) => {
    const path = toPath(linked);
    if (!isReported(path) && errors.length < MAX_ERRORS)
      errors.push({ message, path, extensions: { code: 'INTERNAL_SERVER_ERROR' } });
  };
}
