import { subgraphTypeDefs } from '@dossier/domain';
import { tablesOf } from '@dossier/store';
import { openSubgraph, type Subgraph, type SubgraphDefinition, type SubgraphOptions } from '@dossier/subgraph-server';
import { type Context, createContext } from './context.js';
import { resolvers } from './resolvers/index.js';
import { seed } from './seed.js';
import * as tables from './tables.js';

/** Trade figures between a reporter and a partner, as stated and as derived. */
export const definition: SubgraphDefinition<Context> = {
  name: 'trade',
  typeDefs: subgraphTypeDefs(new URL('../schema.graphql', import.meta.url)),
  resolvers,
  migrations: new URL('../migrations', import.meta.url),
  tables: tablesOf(tables),
  lookedUpBy: [tables.tradeFigure.statementId, tables.commodity.statementId],
  seedCode: new URL('./seed.js', import.meta.url),
  seed,
  createContext,
};

/** Opens the service's store and builds its schema. Throws a StoreError if the store cannot be served. */
export const createSubgraph = (options: SubgraphOptions): Subgraph => openSubgraph(definition, options);
