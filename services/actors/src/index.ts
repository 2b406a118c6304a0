import { subgraphTypeDefs } from '@dossier/domain';
import { tablesOf } from '@dossier/store';
import { openSubgraph, type Subgraph, type SubgraphDefinition, type SubgraphOptions } from '@dossier/subgraph-server';
import { type Context, createContext } from './context.js';
import { ACTORS, PLACES } from './data/nameSearch.js';
import { resolvers } from './resolvers/index.js';
import { shared } from './seed.js';
import * as tables from './tables.js';

/** Persons, polities, organizations, media outlets and groups; their offices, places and events. */
export const definition: SubgraphDefinition<Context> = {
  name: 'actors',
  typeDefs: subgraphTypeDefs(new URL('../schema.graphql', import.meta.url)),
  resolvers,
  migrations: new URL('../migrations', import.meta.url),
  tables: tablesOf(tables),
  lookedUpBy: [tables.office.holderId, tables.office.organizationId, tables.kinship.subjectId],
  textIndexes: [ACTORS, PLACES],
  seedCode: new URL('./seed.js', import.meta.url),
  shared,
  createContext,
};

/** Opens the service's store and builds its schema. Throws a StoreError if the store cannot be served. */
export const createSubgraph = (options: SubgraphOptions): Subgraph => openSubgraph(definition, options);
