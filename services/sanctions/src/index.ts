import { subgraphTypeDefs } from '@dossier/domain';
import { tablesOf } from '@dossier/store';
import { openSubgraph, type Subgraph, type SubgraphDefinition, type SubgraphOptions } from '@dossier/subgraph-server';
import { type Context, createContext } from './context.js';
import { resolvers } from './resolvers/index.js';
import { seed, shared } from './seed.js';
import * as tables from './tables.js';

/** Sanctions: regimes, instruments, provisions and designations, and how statements relate to provisions. */
export const definition: SubgraphDefinition<Context> = {
  name: 'sanctions',
  typeDefs: subgraphTypeDefs(new URL('../schema.graphql', import.meta.url)),
  resolvers,
  migrations: new URL('../migrations', import.meta.url),
  tables: tablesOf(tables),
  lookedUpBy: [tables.provisionLink.statementId, tables.designation.actorId, tables.regimeTarget.actorId],
  seedCode: new URL('./seed.js', import.meta.url),
  seed,
  shared,
  createContext,
};

/** Opens the service's store and builds its schema. Throws a StoreError if the store cannot be served. */
export const createSubgraph = (options: SubgraphOptions): Subgraph => openSubgraph(definition, options);
