import type { FetchNode } from '@apollo/query-planner';
import type { GraphQLFormattedError } from 'graphql';
import { type Representations, representationsOf } from './representations.js';
import { applyRewrites, renamedPath } from './rewrites.js';
import type { Run } from './runState.js';
import { isTree, mergeInto, objectsAt, own, type Path, placesAt, set, type Tree } from './tree.js';
import type { SubgraphAnswer } from './types.js';

/** Runs one fetch for the objects at a path and merges what it brought. Where there is nothing to ask for, nothing is sent. */
export async function runFetch(fetch: FetchNode, path: readonly string[], run: Run): Promise<void> {
  const objects = objectsAt(run.tree, path);
  if (objects.length === 0) return;
  await (fetch.requires ? fetchEntities(fetch, path, objects, run) : fetchFields(fetch, path, objects, run));
}

async function fetchFields(fetch: FetchNode, path: readonly string[], objects: Tree[], run: Run): Promise<void> {
  const { data, errors } = await send(fetch, run, null);
  if (data) {
    applyRewrites(fetch.outputRewrites, data, run.isOfType);
    for (const object of objects) mergeInto(object, data);
  }
  if (errors)
    for (const place of placesAt(run.tree, path))
      run.errors.push(...errors.map((error) => placed(error, place.path, error.path ?? [], fetch)));
}

async function fetchEntities(fetch: FetchNode, path: readonly string[], objects: Tree[], run: Run): Promise<void> {
  const representations = representationsOf(objects, fetch, run.isOfType);
  if (representations.list.length === 0) return;
  const { data, errors } = await send(fetch, run, representations.list);
  const entities = data?.['_entities'];
  noteMissing(objects, representations, Array.isArray(entities) ? entities : [], errors ?? [], run);
  if (Array.isArray(entities)) {
    if (fetch.outputRewrites) for (const entity of entities) applyRewrites(fetch.outputRewrites, entity, run.isOfType);
    for (let at = 0; at < objects.length; at++) {
      const entity = entities[representations.indexes[at] as number];
      if (isTree(entity)) mergeInto(objects[at] as Tree, entity);
    }
  }
  if (errors) {
    const indexOf = new Map(objects.map((object, at) => [object, representations.indexes[at]]));
    run.errors.push(...errors.flatMap((error) => entityErrors(error, indexOf, path, fetch, run)));
  }
}

/** Notes the objects that a subgraph does not have, or could not give. */
function noteMissing(
  objects: readonly Tree[],
  { list, indexes }: Representations,
  entities: readonly unknown[],
  errors: readonly GraphQLFormattedError[],
  run: Run,
): void {
  for (let at = 0; at < objects.length; at++) {
    const index = indexes[at] as number;
    const entity = entities[index];
    const hasFailed = errors.some(({ path }) => typeof path?.[1] !== 'number' || path[1] === index);
    // A subgraph that is down gives objects in which everything is null, with errors.
    if (index < 0 || (entity !== null && entity !== undefined && !(hasFailed && isAllNull(entity)))) continue;
    const object = objects[at] as Tree;
    const missing = run.missing.get(object) ?? { keys: new Set(), hasFailed: false };
    for (const key in list[index]) missing.keys.add(key);
    missing.hasFailed ||= hasFailed;
    run.missing.set(object, missing);
  }
}

const isAllNull = (entity: unknown): boolean =>
  isTree(entity) && Object.values(entity).every((value) => value === null);

function send(fetch: FetchNode, run: Run, representations: Tree[] | null): Promise<SubgraphAnswer> {
  const variables: Record<string, unknown> = {};
  for (const name of fetch.variableUsages ?? []) {
    const value = own(run.given as Tree, run.variableNames.get(name) ?? name);
    if (value !== undefined) set(variables, name, value);
  }
  if (representations) variables['representations'] = representations;
  return run.ask(fetch.serviceName, { query: fetch.operation, operationName: fetch.operationName, variables });
}

/** An error about an entity is one about each object that is that entity. */
function entityErrors(
  error: GraphQLFormattedError,
  indexOf: ReadonlyMap<Tree, number | undefined>,
  path: readonly string[],
  fetch: FetchNode,
  run: Run,
): GraphQLFormattedError[] {
  const [, index, ...rest] = error.path ?? [];
  return placesAt(run.tree, path).flatMap((place) => {
    const wanted = indexOf.get(place.object) ?? -1;
    return wanted >= 0 && (typeof index !== 'number' || wanted === index)
      ? [placed(error, place.path, rest, fetch)]
      : [];
  });
}

const placed = (error: GraphQLFormattedError, place: Path, rest: Path, fetch: FetchNode): GraphQLFormattedError => ({
  message: error.message,
  path: [...place, ...renamedPath(fetch.outputRewrites, rest)],
  ...(error.extensions && { extensions: error.extensions }),
});
