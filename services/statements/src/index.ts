import { subgraphTypeDefs } from '@dossier/domain';
import { tablesOf } from '@dossier/store';
import { openSubgraph, type Subgraph, type SubgraphDefinition, type SubgraphOptions } from '@dossier/subgraph-server';
import { type Context, createContext } from './context.js';
import { DOCUMENTS, PARAGRAPHS, STATEMENTS } from './data/search.js';
import { resolvers } from './resolvers/index.js';
import { finishRows, removeParties, seed } from './seed.js';
import * as tables from './tables.js';

/** Who said what, when, where, and through whom it was relayed; documents and citations. */
export const definition: SubgraphDefinition<Context> = {
  name: 'statements',
  typeDefs: subgraphTypeDefs(new URL('../schema.graphql', import.meta.url)),
  resolvers,
  migrations: new URL('../migrations', import.meta.url),
  tables: tablesOf(tables),
  lookedUpBy: [
    tables.eventStatement.statementId,
    tables.mention.paragraphId,
    tables.paragraphStatement.paragraphId,
    tables.quotationStatement.quotationId,
    tables.quotationStatement.statementId,
    tables.statedNumber.statementId,
    tables.statementRelation.statementId,
    tables.tensionStatement.statementId,
  ],
  textIndexes: [STATEMENTS, PARAGRAPHS, DOCUMENTS],
  idsInKeys: [tables.statementIdInTextKey, tables.statementIdInSaidKey],
  seedCode: new URL('./seed.js', import.meta.url),
  seed,
  finishRows,
  beforeRemoval: { table: tables.statement, remove: removeParties },
  aboutOthers: [{ table: tables.statementTag, id: tables.statementTag.statementId }],
  indexesWords: true,
  createContext,
};

/** Opens the service's store and builds its schema. Throws a StoreError if the store cannot be served. */
export const createSubgraph = (options: SubgraphOptions): Subgraph => openSubgraph(definition, options);
