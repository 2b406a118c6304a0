import { subgraphTypeDefs } from '@dossier/domain';
import { openSubgraph, type Subgraph, type SubgraphDefinition, type SubgraphOptions } from '@dossier/subgraph-server';
import { type Context, createContext } from './context.js';
import { resolvers } from './resolvers/index.js';
import { seed } from './seed.js';

/** Who said what, when, where, and through whom it was relayed; documents and citations. */
export const definition: SubgraphDefinition<Context> = {
  name: 'statements',
  typeDefs: subgraphTypeDefs(new URL('../schema.graphql', import.meta.url)),
  resolvers,
  migrations: new URL('../migrations', import.meta.url),
  seedCode: new URL('./seed.js', import.meta.url),
  seed,
  indexesWords: true,
  createContext,
};

/** Opens the service's store and builds its schema. Throws a StoreError if the store cannot be served. */
export const createSubgraph = (options: SubgraphOptions): Subgraph => openSubgraph(definition, options);
