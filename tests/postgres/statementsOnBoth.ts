import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { indexedText } from '@dossier/pagination';
import { definition } from '@dossier/statements';
import { buildStore, run, sql } from '@dossier/store';
import { publishStores } from '@dossier/store/postgres';
import { openPublishedSubgraph, openSubgraph, type Subgraph, type SubgraphDefinition } from '@dossier/subgraph-server';
import { insertRows } from '@dossier/testkit';
import { getTableName } from 'drizzle-orm';
import { type DocumentNode, type ExecutionResult, execute } from 'graphql';
import { startPostgres } from '../support/postgres.js';

/** A statement of one document, in its order. */
export interface StatementRow {
  id: string;
  summary: string;
  /** Words of its passage that are indexed; none by default. */
  passage?: string;
  /** Whether its summary is indexed. */
  isFoundBySummary?: boolean;
  /** Columns that are not the default ones. */
  more?: Record<string, unknown>;
}

export interface StatementsOnBoth {
  /** Executes an operation on the SQLite store, and on what was published from it to PostgreSQL. */
  executeOnBoth: (document: DocumentNode, variables: Record<string, unknown>) => Promise<ExecutionResult[]>;
  close: () => Promise<void>;
}

/** The subgraph of statements with these rows in both databases. */
export async function startStatementsOnBoth(
  rows: readonly StatementRow[],
  options: { poolSize?: number; prepare?: 'unnamed' } = {},
): Promise<StatementsOnBoth> {
  const folder = mkdtempSync(join(tmpdir(), 'dossier-on-both-'));
  const server = await startPostgres();
  const identity = { service: 'statements', revision: '0123456789abcdef' };
  const file = join(folder, 'statements.sqlite');
  const { tables, migrations } = definition;
  const tableNamed = (name: string) => tables.find((table) => getTableName(table) === name) as (typeof tables)[number];
  buildStore({
    file,
    identity,
    migrations,
    fill: (db) => {
      insertRows(db, tableNamed('document'), { id: 'document:r' });
      rows.forEach(({ id, summary, passage = '', isFoundBySummary = true, more }, index) => {
        const keys = { id, textKey: id, saidKey: id };
        insertRows(db, tableNamed('statement'), { ...keys, documentId: 'document:r', summary, ...more });
        run(
          db,
          sql`insert into statement_search (rowid, summary, passage) values (${index + 1}, ${isFoundBySummary ? indexedText(summary) : ''}, ${passage && indexedText(passage)})`,
        );
      });
    },
  });
  await publishStores({ url: server.publisherUrl, stores: [{ ...definition, file, identity }], graceMs: 0 });
  const service = definition as SubgraphDefinition<object>;
  const subgraphs: Subgraph[] = [
    openSubgraph(service, { file }),
    await openPublishedSubgraph(service, { url: server.readerUrl, ...options }),
  ];
  return {
    executeOnBoth: (document, variables) =>
      Promise.all(
        subgraphs.map(async ({ schema, createContext }) =>
          execute({ schema, document, contextValue: createContext(), variableValues: variables }),
        ),
      ),
    close: async () => {
      for (const subgraph of subgraphs) subgraph.close();
      await server.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
