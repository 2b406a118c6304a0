import type { GraphQLFieldResolver } from 'graphql';
import type { TestSubgraph } from '../../support/federation.js';
import { COUNT, GraphData, KEY_RESOLVERS } from './data.js';
import { type Field, modelOf } from './model.js';
import { subgraphOf } from './subgraph.js';

type FieldResolvers = Record<string, GraphQLFieldResolver<unknown, unknown>>;

/** A generated graph: its subgraphs, and resolvers of the same data for a single schema. */
export interface RandomGraph {
  subgraphs: Record<string, TestSubgraph>;
  /** By type and field. */
  referenceResolvers: Record<string, FieldResolvers>;
  /** Ids that exist, and one that does not. */
  ids: string[];
  /** Resets the changes of mutations. */
  reset: () => void;
}

/**
 * Generates a graph: 2 to 4 subgraphs that share entities by simple, compound and nested keys, with `@requires`, `@provides`,
 * `@shareable`, unions, interfaces, an interface object, mutations, nulls and errors.
 */
export function randomGraph(seed: number): RandomGraph {
  const model = modelOf(seed);
  const data = new GraphData(model);
  const { entities, items, queries } = model;
  const objectResolvers = (fields: Field[]): FieldResolvers => ({
    ...KEY_RESOLVERS,
    ...Object.fromEntries(fields.map((field) => [field.name, data.resolverOf(field)])),
  });
  const itemFields = items ? [items.size, items.extra, ...(items.extraOfSize ? [items.extraOfSize] : [])] : [];
  const fieldsByType = new Map([
    ...entities.map(({ name, fields }) => [name, fields] as const),
    ...(items?.types ?? []).map((type) => [type, itemFields] as const),
  ]);
  return {
    subgraphs: Object.fromEntries(model.subgraphs.map((name) => [name, subgraphOf(model, data, name)])),
    referenceResolvers: {
      Query: Object.fromEntries(queries.map((field) => [field.name, (_, args) => data.rootValue(field, args)])),
      Mutation: { bump: (_, { id }) => data.bump(id) },
      ...Object.fromEntries([...fieldsByType].map(([type, fields]) => [type, objectResolvers(fields)])),
    },
    ids: [...entities.map(({ name }) => name), 'I0', 'I1']
      .flatMap((type) => Array.from({ length: COUNT + 1 }, (_, at) => `${type}:${at}`))
      .concat('nothing'),
    reset: () => data.reset(),
  };
}
