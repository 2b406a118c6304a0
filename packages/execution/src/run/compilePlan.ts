import type { FetchNode, PlanNode, QueryPlan } from '@apollo/query-planner';
import { getOwn, isObjectLike, type ObjMap, setOwn } from '@dossier/graphql';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { buildRepresentations, type Representations } from './representations.js';
import type { SubgraphResponse } from './requests.js';
import { locationsAt, mergeInto, objectsAt, type Path } from './responseData.js';
import { applyRewrites, renamePath } from './rewrites.js';
import type { RunState } from './runState.js';

/** A plan, compiled. */
export interface CompiledPlan {
  /** Subgraphs that it may call, sorted. */
  services: readonly string[];
  /** Whether no subgraph resolves any of its fields. */
  isEmpty: boolean;
  run: RunNode;
}

/** Runs a part of a plan. */
type RunNode = (run: RunState) => Promise<void> | undefined;

/** Compiles a query plan to functions that run its nodes. The functions are in the order in which they are called. */
export function compilePlan(plan: QueryPlan): CompiledPlan {
  const run = plan.node && plan.node.kind !== 'Subscription' ? compileNode(plan.node, []) : async () => {};
  return { services: servicesOf(plan), isEmpty: !plan.node, run };
}

/** `path` is the path of the objects that the node is about. */
function compileNode(node: PlanNode, path: readonly string[]): RunNode {
  switch (node.kind) {
    case 'Fetch':
      return (run) => runFetch(node, path, run);
    case 'Flatten':
      return compileNode(node.node, [...path, ...node.path.map(String)]);
    case 'Sequence': {
      const children = node.nodes.map((child) => compileNode(child, path));
      return async (run) => {
        for (const runChild of children) await runChild(run);
      };
    }
    case 'Parallel': {
      const children = node.nodes.map((child) => compileNode(child, path));
      return async (run) => {
        await Promise.all(children.map((runChild) => runChild(run)));
      };
    }
    default:
      throw new GraphQLError(`Plans with ${node.kind} nodes are not supported.`);
  }
}

/**
 * Runs one fetch for the objects at a path and merges its data into them. Sends nothing if there are no such objects.
 */
async function runFetch(fetch: FetchNode, path: readonly string[], run: RunState): Promise<void> {
  const objects = objectsAt(run.data, path);
  if (objects.length === 0) return;
  await (fetch.requires ? fetchEntities(fetch, path, objects, run) : fetchFields(fetch, path, objects, run));
}

async function fetchFields(fetch: FetchNode, path: readonly string[], objects: ObjMap[], run: RunState): Promise<void> {
  const { data, errors } = await send(fetch, run, null);
  if (data) {
    applyRewrites(fetch.outputRewrites, data, run.isOfType);
    for (const object of objects) mergeInto(object, data, run.isOfType);
  }
  if (errors)
    for (const location of locationsAt(run.data, path))
      run.errors.push(...errors.map((error) => relocate(error, location.path, error.path ?? [], fetch)));
}

async function fetchEntities(
  fetch: FetchNode,
  path: readonly string[],
  objects: ObjMap[],
  run: RunState,
): Promise<void> {
  const representations = buildRepresentations(objects, fetch, run.isOfType);
  if (representations.list.length === 0) return;
  const { data, errors } = await send(fetch, run, representations.list);
  const entities = data?.['_entities'];
  recordMissing(objects, representations, Array.isArray(entities) ? entities : [], errors ?? [], run);
  if (Array.isArray(entities)) {
    if (fetch.outputRewrites) for (const entity of entities) applyRewrites(fetch.outputRewrites, entity, run.isOfType);
    for (let at = 0; at < objects.length; at++) {
      const entity = entities[representations.indexes[at] as number];
      if (isObjectLike(entity)) mergeInto(objects[at] as ObjMap, entity, run.isOfType);
    }
  }
  if (errors) {
    const indexOf = new Map(objects.map((object, at) => [object, representations.indexes[at]]));
    run.errors.push(...errors.flatMap((error) => relocateEntityError(error, indexOf, path, fetch, run)));
  }
}

/** Records the objects for which the subgraph returned no entity. */
function recordMissing(
  objects: readonly ObjMap[],
  { list, indexes }: Representations,
  entities: readonly unknown[],
  errors: readonly GraphQLFormattedError[],
  run: RunState,
): void {
  const failed = new Set(errors.map(({ path }) => path?.[1]));
  const haveAllFailed = [...failed].some((index) => typeof index !== 'number');
  for (let at = 0; at < objects.length; at++) {
    const index = indexes[at] as number;
    const entity = entities[index];
    const hasFailed = haveAllFailed || failed.has(index);
    // A subgraph that is down gives objects in which every field is null, with errors.
    if (index < 0 || (entity !== null && entity !== undefined && !(hasFailed && isAllNull(entity)))) continue;
    const object = objects[at] as ObjMap;
    const missing = run.missing.get(object) ?? { keys: new Set(), hasFailed: false };
    for (const key in list[index]) missing.keys.add(key);
    missing.hasFailed ||= hasFailed;
    run.missing.set(object, missing);
  }
}

const isAllNull = (entity: unknown): boolean =>
  isObjectLike(entity) && Object.values(entity).every((value) => value === null);

function send(fetch: FetchNode, run: RunState, representations: ObjMap[] | null): Promise<SubgraphResponse> {
  const variables: Record<string, unknown> = {};
  for (const name of fetch.variableUsages ?? []) {
    const value = getOwn(run.variables, run.variableNames.get(name) ?? name);
    if (value !== undefined) setOwn(variables, name, value);
  }
  if (representations) variables['representations'] = representations;
  return run.callSubgraph(fetch.serviceName, {
    query: fetch.operation,
    operationName: fetch.operationName,
    variables,
  });
}

/** An error of an entity, once for each path at which the entity occurs in the data. */
function relocateEntityError(
  error: GraphQLFormattedError,
  indexOf: ReadonlyMap<ObjMap, number | undefined>,
  path: readonly string[],
  fetch: FetchNode,
  run: RunState,
): GraphQLFormattedError[] {
  const [, errorIndex, ...rest] = error.path ?? [];
  return locationsAt(run.data, path).flatMap((location) => {
    const index = indexOf.get(location.object) ?? -1;
    return index >= 0 && (typeof errorIndex !== 'number' || index === errorIndex)
      ? [relocate(error, location.path, rest, fetch)]
      : [];
  });
}

/** The error with its path in the data instead of its path in the fetch. */
const relocate = (error: GraphQLFormattedError, base: Path, rest: Path, fetch: FetchNode): GraphQLFormattedError => ({
  message: error.message,
  path: [...base, ...renamePath(fetch.outputRewrites, rest)],
  ...(error.extensions && { extensions: error.extensions }),
});

function servicesOf({ node: root }: QueryPlan): string[] {
  const services = new Set<string>();
  const visit = (node: QueryPlan['node']): void => {
    switch (node?.kind) {
      case 'Fetch':
        services.add(node.serviceName);
        break;
      case 'Sequence':
      case 'Parallel':
        node.nodes.forEach(visit);
        break;
      case 'Flatten':
        visit(node.node);
        break;
    }
  };
  visit(root);
  return [...services].sort();
}
