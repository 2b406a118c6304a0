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
import { type ExecutionResult, execute, parse } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { postgres, startPostgres, type TestPostgres } from '../support/postgres.js';

/** More than are ranked, and than are read before they are sorted. */
const COUNT = 1050;
const idOf = (number: number) => `statement:r/${String(number).padStart(4, '0')}`;

/** All have "harbourside", half "market hall" next to each other; some others are rare. */
function summaryOf(number: number): string {
  if (number === 3) return 'harbourside toll, in a summary that is longer than those of the others';
  if (number === 7) return 'Harbourside tollgate TOLLGATE';
  if (number === COUNT) return 'harbourside harbour';
  return number % 2 === 0 ? 'harbourside with a market hall' : 'the hall of the market, harbourside';
}

const LIST = `query ($search: String!, $orderBy: StatementOrder!, $direction: SortDirection!, $first: Int, $last: Int, $after: String, $before: String) {
  statements(filter: { search: $search }, orderBy: $orderBy, direction: $direction, first: $first, last: $last, after: $after, before: $before) {
    totalCount rankingIsBounded edges { cursor matchedIn node { id } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    facets { isBounded modalities { value statementCount } }
  }
}`;

const folder = mkdtempSync(join(tmpdir(), 'dossier-many-'));

describe.skipIf(postgres.isMissing)('a search with many matches', postgres.options, () => {
  let server: TestPostgres;
  let subgraphs: Subgraph[] = [];

  beforeAll(async () => {
    server = await startPostgres();
    const identity = { service: 'statements', revision: '0123456789abcdef' };
    const file = join(folder, 'statements.sqlite');
    const { tables, textIndexes = [], migrations } = definition;
    const tableNamed = (name: string) =>
      tables.find((table) => getTableName(table) === name) as (typeof tables)[number];
    buildStore({
      file,
      identity,
      migrations,
      fill: (db) => {
        insertRows(db, tableNamed('document'), { id: 'document:r' });
        for (let number = 1; number <= COUNT; number++) {
          const keys = { id: idOf(number), textKey: idOf(number), saidKey: idOf((number * 7) % 10_007) };
          insertRows(db, tableNamed('statement'), {
            ...keys,
            documentId: 'document:r',
            summary: summaryOf(number),
            modality: number % 3 === 0 ? 'HEDGED' : 'ASSERTED',
          });
          run(
            db,
            sql`insert into statement_search (rowid, summary, passage) values (${number}, ${indexedText(summaryOf(number))}, '')`,
          );
        }
      },
    });
    await publishStores({ url: server.publisherUrl, stores: [{ file, identity, tables, textIndexes }], graceMs: 0 });
    const options = { url: server.readerUrl, poolSize: 2, prepare: 'unnamed' as const };
    const service = definition as SubgraphDefinition<object>;
    subgraphs = [openSubgraph(service, { file }), await openPublishedSubgraph(service, options)];
  });
  afterAll(async () => {
    for (const subgraph of subgraphs) subgraph.close();
    await server?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  async function expectSame(variables: Record<string, unknown>) {
    const [expected, actual] = await Promise.all(
      subgraphs.map(async ({ schema, createContext }) =>
        execute({ schema, document: parse(LIST), contextValue: createContext(), variableValues: variables }),
      ),
    );
    expect(JSON.stringify(actual), JSON.stringify(variables)).toBe(JSON.stringify(expected));
    expect(expected).not.toHaveProperty('errors');
    return (
      (expected as ExecutionResult).data as {
        statements: { edges: unknown[]; pageInfo: Record<string, string | null> };
      }
    ).statements;
  }

  it.each(['harbourside', 'harbour', 'toll', 'market-hall', 'hall of'])(
    'has the same pages in every order: %s',
    async (search) => {
      for (const orderBy of ['TEXT', 'SAID_ON', 'RELEVANCE'])
        for (const direction of ['ASC', 'DESC'])
          for (const isLast of [false, true]) {
            let cursor: string | null | undefined = null;
            for (let page = 0; page < 2; page++) {
              const args: Record<string, unknown> = isLast
                ? { last: 90, before: cursor }
                : { first: 90, after: cursor };
              const { pageInfo } = await expectSame({ search, orderBy, direction, ...args });
              cursor = isLast ? pageInfo['startCursor'] : pageInfo['endCursor'];
              if (!cursor) break;
            }
          }
    },
  );
});
