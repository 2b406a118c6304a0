import { getOwn } from '@dossier/graphql';
import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLFormattedError,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
} from 'graphql';
import { LRUCache } from 'lru-cache';
import { type CanonicalOperation, canonicalize } from './canonical/canonicalize.js';
import type { GraphFields } from './canonical/graphFields.js';
import { clientPaths } from './clientPaths.js';
import { collectFields, deciding, type Selecting } from './collect.js';
import { introspect } from './introspection.js';
import type { DrawOverrides } from './overrides.js';
import type { PlannedSteps } from './plans.js';
import type { Run } from './runState.js';
import {
  completeData,
  hasErrorAt,
  introspectionKey,
  type ObjectShape,
  type OnInvalid,
  objectShape,
  ROOT,
  toPath,
} from './shape.js';
import { own, type Tree } from './tree.js';
import { type IsOfType, typeConditions } from './typeConditions.js';
import type { Answer, AskSubgraph } from './types.js';
import { variableReader } from './variables.js';

/** Combinations of `@skip` and `@include` for which one operation is kept ready. */
const MAX_VARIANTS = 64;
/** Errors of one response at most: a subgraph that is down may lose any number of fields. */
const MAX_ERRORS = 1000;

/** The graph that operations are executed on. */
export interface OperationGraph {
  /** What clients see. */
  apiSchema: GraphQLSchema;
  fields: GraphFields;
  /** Types as subgraphs know them, also those that clients do not see. */
  isOfType: IsOfType;
  drawOverrides: DrawOverrides;
  /** The steps that answer a canonical operation, with the labels of `@override` that apply. */
  plan: (source: string, overrides: readonly string[]) => PlannedSteps | Promise<PlannedSteps>;
}

export interface ExecutionOptions {
  /** Characters of the response at most, else ResponseTooLargeError; any number unless set. */
  maxSize?: number;
}

/** An operation with the variables of one request. */
export interface PlannedRun {
  /** Subgraphs that may be called. */
  services: readonly string[];
  execute: (callSubgraph: AskSubgraph, options?: ExecutionOptions) => Promise<Answer>;
}

/** An operation that can be executed with any variables. */
export interface ExecutableOperation {
  /** Plans the operation for these variables, which decide what `@skip` and `@include` leave. Immediate if that was planned before. Throws or rejects with PlanningError. */
  planFor: (variables: Readonly<Record<string, unknown>>) => PlannedRun | Promise<PlannedRun>;
}

/** The operation as one combination of `@skip` and `@include` leaves it, for the overrides of one draw. */
interface Variant {
  canonical: CanonicalOperation;
  selecting: Selecting;
  shape: ObjectShape;
  introspected: readonly FieldNode[];
  steps: PlannedSteps;
}

/** Compiles an operation of a valid document: its canonical form and the shape of its response, once for each combination of `@skip` and `@include`. */
export function executableOperation(
  graph: OperationGraph,
  document: DocumentNode,
  operation: OperationDefinitionNode,
): ExecutableOperation {
  const { apiSchema } = graph;
  const fragments = new Map(
    document.definitions
      .filter((definition): definition is FragmentDefinitionNode => definition.kind === Kind.FRAGMENT_DEFINITION)
      .map((fragment) => [fragment.name.value, fragment]),
  );
  const rootType = apiSchema.getRootType(operation.operation)?.name ?? '';
  const isOfType = typeConditions(apiSchema);
  const conditionVariables = deciding([operation, ...fragments.values()]);
  const readVariables = variableReader(apiSchema, operation.variableDefinitions ?? []);
  const variants = new LRUCache<string, Variant>({ max: MAX_VARIANTS });

  const compile = (variables: Readonly<Record<string, unknown>>): Omit<Variant, 'steps'> => {
    const selecting: Selecting = {
      fragments,
      isOfType,
      variables: Object.fromEntries(conditionVariables.map((name) => [name, getOwn(variables, name)])),
    };
    const canonical = canonicalize(
      { schema: apiSchema, graph: graph.fields, isOfType },
      operation,
      fragments,
      selecting.variables,
    );
    const shape = objectShape({ schema: apiSchema, selecting }, rootType, [operation.selectionSet], canonical.root);
    const roots = [...collectFields(rootType, [operation.selectionSet], selecting).values()].flat();
    return {
      canonical,
      selecting,
      shape,
      introspected: roots.filter(({ name }) => name.value === '__schema' || name.value === '__type'),
    };
  };

  return {
    planFor: (given) => {
      const { coerced: variables, errors: invalid } = readVariables(given);
      if (invalid)
        return {
          services: [],
          execute: async () => ({
            errors: invalid.map(({ message }) => ({ message, extensions: { code: 'BAD_USER_INPUT' } })),
          }),
        };
      const overrides = graph.drawOverrides();
      const key =
        conditionVariables.map((name) => (getOwn(variables, name) === true ? '1' : '0')).join('') + overrides.length;
      const runOf = (variant: Variant): PlannedRun => ({
        services: variant.steps.services,
        execute: (callSubgraph, options = {}) => execute(variant, given, callSubgraph, options),
      });
      const known = variants.get(key);
      if (known) return runOf(known);
      const compiled = compile(variables);
      const keep = (steps: PlannedSteps): PlannedRun => {
        const variant: Variant = { ...compiled, steps };
        variants.set(key, variant);
        return runOf(variant);
      };
      const steps = compiled.canonical.isEmpty ? NOTHING : graph.plan(compiled.canonical.source, overrides);
      return steps instanceof Promise ? steps.then(keep) : keep(steps);
    },
  };

  async function execute(
    { canonical, selecting, shape, introspected, steps }: Variant,
    given: Readonly<Record<string, unknown>>,
    callSubgraph: AskSubgraph,
    { maxSize = Number.POSITIVE_INFINITY }: ExecutionOptions,
  ): Promise<Answer> {
    const run: Run = {
      tree: {},
      errors: [],
      given,
      variableNames: canonical.variables,
      ask: callSubgraph,
      isOfType: graph.isOfType,
      missing: new Map(),
    };
    await steps.run(run);
    const errors = clientErrors(shape, run);
    if (introspected.length > 0) {
      const { data, errors: failed } = introspect(apiSchema, operation, introspected, selecting, given);
      for (const [key, value] of Object.entries(data ?? {})) run.tree[introspectionKey(key)] = value;
      errors.push(...(failed ?? []));
    }
    const report = reporting(errors);
    // A plan may have no fetch for what no subgraph can resolve; the null was not read then.
    for (const { key, source } of shape.fieldsOf(rootType)?.list ?? [])
      if (isFetched(source) && own(run.tree, source) === undefined)
        report('No subgraph resolves this field.', { step: key, outer: ROOT });
    if (steps.isEmpty) return { data: null, errors };
    const data =
      (completeData(
        (path, completion) => shape.complete(run.tree, path, completion),
        report,
        maxSize,
        nonexistent(run, canonical.lookups),
      ) as Tree | undefined) ?? null;
    return errors.length > 0 ? { data, errors } : { data };
  }
}

/** Errors at the paths of the response. One at a field that the client did not select is only reported if none is at its object. */
function clientErrors(shape: ObjectShape, { tree, errors }: Run): GraphQLFormattedError[] {
  const placed = errors
    .slice(0, MAX_ERRORS)
    .flatMap((error) =>
      clientPaths(shape, tree, error.path ?? []).map(({ path, isExact }) => ({ error: { ...error, path }, isExact })),
    );
  const exact = placed.flatMap(({ error, isExact }) => (isExact ? [error] : []));
  const isReported = hasErrorAt(exact);
  return [...exact, ...placed.flatMap(({ error, isExact }) => (isExact || isReported(error.path) ? [] : [error]))];
}

/**
 * Objects that do not exist: nothing is known of them but their keys, and no subgraph that was asked for more has them. A
 * reference of which a subgraph could not tell stays what it is; an object that was looked up at the root, and that only that
 * subgraph can tell of, does not.
 */
function nonexistent({ tree, missing }: Run, lookups: CanonicalOperation['lookups']): ReadonlySet<Tree> | null {
  if (missing.size === 0) return null;
  const isUncertain = (object: Tree): boolean =>
    [...lookups].some(([key, types]) => own(tree, key) === object && types.has(String(object['__typename'])));
  const found = new Set<Tree>();
  for (const [object, { keys, hasFailed }] of missing) {
    if (hasFailed && !isUncertain(object)) continue;
    if (Object.entries(object).every(([key, value]) => value === null || key === '__typename' || keys.has(key)))
      found.add(object);
  }
  return found;
}

const NOTHING: PlannedSteps = { services: [], isEmpty: false, run: async () => {} };

/** Whether a field of the root comes from a subgraph. */
const isFetched = (source: string): boolean => !source.startsWith('__') && !source.startsWith(':');

/** Reports a value that its place does not allow, unless there is an error at its place already. */
function reporting(errors: GraphQLFormattedError[]): OnInvalid {
  const isReported = hasErrorAt(errors);
  return (message, linked) => {
    const path = toPath(linked);
    if (!isReported(path) && errors.length < MAX_ERRORS)
      errors.push({ message, path, extensions: { code: 'INTERNAL_SERVER_ERROR' } });
  };
}
