import { subgraphTypeDefs } from '@dossier/domain';
import { openSubgraph, type Subgraph, type SubgraphDefinition, type SubgraphOptions } from '@dossier/subgraph-server';
import { type Context, createContext } from './context.js';
import { resolvers } from './resolvers/index.js';
import { seed } from './seed.js';

/** Under which sanctions: regimes, instruments, provisions, designations, and how claims stand to them. */
export const definition: SubgraphDefinition<Context> = {
  name: 'sanctions',
  typeDefs: subgraphTypeDefs(new URL('../schema.graphql', import.meta.url)),
  resolvers,
  migrations: new URL('../migrations', import.meta.url),
  seedCode: new URL('./seed.js', import.meta.url),
  seed,
  createContext,
};

/** The service on an open store. Throws a StoreError where the store cannot be served. */
export const createSubgraph = (options: SubgraphOptions): Subgraph => openSubgraph(definition, options);
