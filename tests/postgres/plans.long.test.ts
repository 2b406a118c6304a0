import { readFileSync } from 'node:fs';
import { readSupergraph } from '@dossier/execution/supergraph';
import { type RunningGateway, supergraphFile } from '@dossier/gateway';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { benchStores } from '../bench/stores.mjs';
import { operationOf } from '../differential/operations.js';
import { postgres, startPostgres, type TestPostgres } from '../support/postgres.js';
import { publishFrom, startPublishedGraph } from '../support/publishedGraph.js';
import { UNKNOWN_IDS } from '../support/unknownIds.js';
import { everyFilter, type List, lists, pageQuery, readKnown } from './listQueries.js';

/** Enough that reading and sorting all rows is the cheaper plan for a page of twenty, if statistics are wrong. */
const STATEMENTS = 5000;

/** A node of a plan. https://www.postgresql.org/docs/15/using-explain.html */
interface PlanNode {
  'Node Type': string;
  'CTE Name'?: string;
  'Presorted Key'?: string[];
  'Plan Rows': number;
  'Total Cost': number;
  'Index Cond'?: string;
  Plans?: PlanNode[];
}

const FORBIDDEN = /^(?:Incremental Sort|Sort|Hash|HashAggregate|Gather|Gather Merge)$/;

/** A list of the rows with a word is sorted part by part, each of at most 64 rows, before they are looked up. */
const sortsParts = (node: PlanNode): boolean => node['Presorted Key']?.join() === 'list.last';

/** The figures of one flow and measure between two actors. */
const OF_ONE_FLOW = /reporter_id = .*partner_id = .*flow = .*measure = /;

/** Whether a node returns few rows, whatever the number of rows in the tables: a page, or the matches of a rare search, at most 1,000. */
const isBounded = (node: PlanNode): boolean =>
  node['Node Type'] === 'Limit' ||
  (node['Node Type'] === 'CTE Scan' && node['CTE Name'] === 'hits') ||
  node['Node Type'] === 'Result' ||
  OF_ONE_FLOW.test(node['Index Cond'] ?? '') ||
  node['Node Type'] === 'Function Scan' ||
  (node['Node Type'] !== 'CTE Scan' && (node.Plans?.length ?? 0) > 0 && inputsOf(node).every(isBounded));

/** The inputs that decide how many rows a node reads: of a nested loop the outer one, whose rows are looked up in the inner one. */
const inputsOf = ({ 'Node Type': type, Plans = [] }: PlanNode): PlanNode[] =>
  type === 'Nested Loop' ? Plans.slice(0, 1) : Plans;

/** Nodes below a limit that read all of many rows before the first one is returned. */
function readsAll(node: PlanNode, isLimited = false): string[] {
  const isForbidden = FORBIDDEN.test(node['Node Type']) && !sortsParts(node) && !inputsOf(node).every(isBounded);
  const own = isLimited && isForbidden ? [node['Node Type']] : [];
  const limits = isLimited || node['Node Type'] === 'Limit';
  return [...own, ...(node.Plans ?? []).flatMap((child) => readsAll(child, limits))];
}

/** Rows of a table that may be read again for each row of another: those of a table that does not grow. */
const MAX_REPEATED = 1000;

/** Inner inputs of nested loops that read all of many rows for each row of the outer one, instead of looking them up. */
const repeatsAll = (node: PlanNode): string[] => {
  const inner = node['Node Type'] === 'Nested Loop' ? node.Plans?.slice(1) : [];
  return [
    ...(inner ?? []).filter(({ 'Plan Rows': rows }) => rows > MAX_REPEATED).map((found) => found['Node Type']),
    ...(node.Plans ?? []).flatMap(repeatsAll),
  ];
};

/** About the cost of reading all rows of a table with a hundred rows. */
const MAX_SCAN_COST = 100;

/** Scans of all rows of a table that grows, in queries that are not for a page. */
const scansAll = (node: PlanNode): string[] => [
  ...(/^(?:Seq|Index|Index Only) Scan$/.test(node['Node Type']) &&
  node['Index Cond'] === undefined &&
  node['Total Cost'] > MAX_SCAN_COST
    ? [`${node['Node Type']} of all rows`]
    : []),
  ...(node['Node Type'] === 'Limit' ? [] : (node.Plans ?? []).flatMap(scansAll)),
];

/** The number of all rows of a list, or of all statements by topic, is counted. */
const IS_COUNT = /^select \(*(?:select )?count\(| group by topic /;

const STATEMENT_FILTERS = [
  '',
  'speaker: "person:bench-0"',
  'carrier: "person:bench-0"',
  'addressee: "person:bench-0"',
  'topic: ["labour"]',
  'topic: ["labour", "war"]',
  'modality: [HEDGED]',
  'modality: [HEDGED, PREDICTED], topic: ["trade"]',
  'kind: [FACT_REPORT, PREDICTION]',
  'attribution: [IMPLICIT]',
  'provisionRelation: [POSSIBLE_BREACH], confidence: [HIGH]',
  'document: "document:bench-0000001"',
  'from: "2015-01-01", until: "2016-01-01"',
  'from: "2022-12-01"',
  'until: "2010-02-01", match: WITHIN',
  'from: "2022-12-01", modality: [ASSERTED]',
  'speaker: "person:bench-0", modality: [ASSERTED], topic: ["labour"], from: "2012-01-01"',
  'search: "commonly"',
  'search: "commonly", speaker: "person:bench-0"',
  'search: "commonly ba", modality: [HEDGED]',
  'search: "quiqui"',
];

/** Filters of several fields, in every order. */
const COMBINED = STATEMENT_FILTERS.flatMap((filter) =>
  ['TEXT', 'SAID_ON'].flatMap((order) =>
    ['ASC', 'DESC'].map((direction) => `statements(orderBy: ${order}, direction: ${direction}, filter: { ${filter} }`),
  ),
);

const FACETS = `facets { isBounded speakers { statementCount } carriers { statementCount } documents { statementCount }
  kinds { statementCount } modalities { statementCount } attributions { statementCount } topics { statementCount }
  statementRelations { statementCount } provisionRelations { statementCount } confidences { statementCount } }`;

const SERIES = `{ tradeSeries(reporter: "person:bench-0", partner: "group:bench-74") { points { id } others { commodity points { id } } } }`;

/** Random operations, for the queries that are not of lists. */
const OPERATIONS = 150;

const NESTED = `{ actor(id: "person:bench-0") { id
  a: statements(first: 20, role: [SPEAKER]) { nodes { id } }
  b: statements(first: 20, role: [SPEAKER, CARRIER], orderBy: SAID_ON, filter: { modality: [HEDGED] }) { nodes { id } } }
  nodes(ids: ["document:bench-0000000", "document:bench-0000001"]) { ... on Document {
    id a: statements(first: 20) { nodes { id } } b: statements(first: 20, orderBy: SAID_ON, filter: { topic: ["war"] }) { nodes { id } } } } }`;

/** Every list once: those of several types of nodes have the same queries. */
const distinctLists = (): List[] => [
  ...new Map(
    lists().map((list) => [`${list.parent && 'of a node'} ${list.field.name} ${list.field.args.length}`, list]),
  ).values(),
];

/** Blocks of 8 KB that a query for a page of 20 rows, or for what belongs to them, may read. A scan of all rows reads more. */
const MAX_BLOCKS = 150;

describe.skipIf(postgres.isMissing)('queries on PostgreSQL with plans for any parameters', postgres.options, () => {
  let server: TestPostgres;
  let graph: RunningGateway;

  beforeAll(async () => {
    const [started, { dataDir }] = await Promise.all([startPostgres(), benchStores(STATEMENTS)]);
    server = started;
    await server.query("alter system set shared_preload_libraries = 'pg_stat_statements'");
    await server.query('alter system set plan_cache_mode = force_generic_plan');
    await server.stop();
    await server.start();
    await server.query('create extension pg_stat_statements');
    await publishFrom(dataDir, server.publisherUrl);
    graph = await startPublishedGraph(server.readerUrl);
  });
  afterAll(async () => {
    await graph?.close();
    await server?.close();
  });

  async function ask(query: string, variables: Record<string, unknown> = {}): Promise<string> {
    const { data, errors } = await graph.execute({ query, variables });
    expect(JSON.stringify(errors), `${query} ${JSON.stringify(variables)}`).toBeUndefined();
    return JSON.stringify(data);
  }

  const readerClient = async (): Promise<pg.Client> => {
    const client = new pg.Client({ connectionString: server.readerUrl });
    await client.connect();
    return client;
  };

  /** The plan of a query of pg_stat_statements for any parameters. */
  async function planOf(query: string, client: pg.Client): Promise<PlanNode> {
    const parameters = new Set(query.match(/\$\d+/g) ?? []).size;
    const nulls = Array.from({ length: parameters }, () => 'null').join(', ');
    await client.query(`prepare planned as ${query}`);
    const { rows } = await client.query(`explain (format json) execute planned${parameters > 0 ? `(${nulls})` : ''}`);
    await client.query('deallocate planned');
    const [{ Plan: plan }] = rows[0]['QUERY PLAN'] as [{ Plan: PlanNode }];
    return plan;
  }

  const counted = async () =>
    (await server.query(
      `select query, calls, shared_blks_hit + shared_blks_read as blocks from pg_stat_statements where query ~ '^(select|with).*"dossier_' order by query`,
    )) as { query: string; calls: string; blocks: string }[];

  it('read no more rows than a page needs: no Sort, Hash or Gather below a LIMIT, and few blocks', async () => {
    for (const list of COMBINED) {
      const selection = `{ nodes { id } pageInfo { endCursor startCursor } }`;
      await ask(`{ list: ${list}, first: 20) ${selection} }`);
      await ask(`{ list: ${list}, last: 20) ${selection} }`);
    }
    for (const filter of STATEMENT_FILTERS)
      await ask(`{ statements(first: 1, filter: { ${filter} }) { ${FACETS} nodes { id } } }`);
    await ask(NESTED);
    await ask(SERIES);
    const known = await readKnown(graph);
    const { apiSchema } = readSupergraph(readFileSync(supergraphFile, 'utf8'));
    const ids = Object.values(known.ids).flat();
    for (let seed = 0; seed < OPERATIONS; seed++) {
      const { query, variables } = operationOf(apiSchema, ids, seed);
      await graph.execute({ query, variables });
    }
    for (const list of distinctLists()) {
      const query = pageQuery(list);
      const parent = list.parent ? { parent: known.ids[list.parent.name]?.[0] ?? UNKNOWN_IDS[list.parent.name] } : {};
      for (const args of everyFilter(list, known)) {
        const answer = await ask(query, { ...parent, ...args, first: 20 });
        const [, cursor] = /"endCursor":"([^"]+)"/.exec(answer) ?? [];
        await ask(query, { ...parent, ...args, last: 20, ...(cursor && { after: cursor }) });
      }
    }
    const queries = await counted();
    expect(queries.filter(({ query }) => query.includes('found_key')).length).toBeGreaterThan(300);
    const found: string[] = [];
    const client = await readerClient();
    try {
      for (const { query, calls, blocks } of queries) {
        const plan = await planOf(query, client);
        const scans = IS_COUNT.test(query) ? [] : scansAll(plan);
        for (const node of [...readsAll(plan), ...repeatsAll(plan), ...scans]) found.push(`${node}: ${query}`);
        // A page of the rows of one index, or what belongs to the rows of a page. Other pages read rows until enough pass their filters.
        const isLookup = /= any\(| join .* = wanted\.value/.test(query) && !/found_key|count\(|limit/.test(query);
        const isScan =
          query.includes('found_key') && !/ join |exists|earliest|latest|commodity|words| any\(/.test(query);
        // As many scans as dates have lengths.
        const isPeriod = query.includes('found_key') && /span_length/.test(query) && !/exists| any\(/.test(query);
        if ((isLookup || isScan || isPeriod) && Number(blocks) / Number(calls) > MAX_BLOCKS)
          found.push(`${Number(blocks) / Number(calls)} blocks: ${query}`);
      }
    } finally {
      await client.end();
    }
    expect(found.join('\n')).toBe('');
  });
});
