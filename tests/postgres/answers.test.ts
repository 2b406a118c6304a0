import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { workspaceRoot } from '@dossier/config';
import type { RunningGateway } from '@dossier/gateway';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startGraph, type TestGraph } from '../support/graph.js';
import { postgres, startPostgres, type TestPostgres } from '../support/postgres.js';
import { publishFrom, startPublishedGraph } from '../support/publishedGraph.js';
import { sharedStores } from '../support/stores.js';
import { expectSameAnswer, expectSameAnswers } from './sameAnswers.js';

/** Random operations that are compared; `differential.long.test.ts` compares others. */
const RUNS = 60;

const GOLDEN = join(workspaceRoot(), 'tests/golden');
const goldens = readdirSync(GOLDEN).filter((file) => file.endsWith('.graphql'));

/** Searches in many scripts, and what a database may read as syntax. */
const SEARCHES = [
  ...['kim', 'kim j', 'KIM JONG-UN', 'jong un', 'north kor', 'sanction', 'ban', 'n', 'DPR', 'labour dpr', 'the'],
  ...['김정은', '김정', 'ким чен', 'Й', 'ё', '裕仁', 'КНДР', 'коммерсантъ', 'Σίσυφος', 'ΣΊΣΥΦΟΣ', 'straße', 'İstanbul'],
  ...['château', 'ﬁ', '①', 'कि', 'กรุงเทพ', 'عربى', 'עברית', 'ქართული', 'հայերեն', 'ℌ', 'a'.repeat(300), '😀'],
  ...[
    '"',
    "'",
    "''",
    '\\',
    '%',
    '_',
    'a_',
    '%im',
    ':*',
    '&',
    '|',
    '!kim',
    '<->',
    "a' | 'b",
    '(',
    'NOT',
    'a\u0000b',
    '\ud800',
    ';--',
    '',
  ],
];

const SEARCH = `query ($search: String!) {
  statements(filter: { search: $search }, first: 5) { totalCount edges { cursor matchedIn matchedCitations { id } node { id } } pageInfo { hasNextPage } facets { isBounded topics { topic statementCount } speakers { id statementCount } } }
  ranked: statements(filter: { search: $search }, orderBy: RELEVANCE, first: 50) { totalCount rankingIsBounded nodes { id } pageInfo { endCursor } }
  said: statements(filter: { search: $search }, orderBy: SAID_ON, direction: DESC, first: 50) { nodes { id } }
  paragraphs(filter: { search: $search }) { totalCount edges { matchedIn node { id } } }
  documents(filter: { search: $search }) { totalCount edges { matchedIn node { id } } }
  actors(filter: { search: $search }) { totalCount nodes { id } }
  places(filter: { search: $search }) { totalCount nodes { id } }
}`;

describe.skipIf(postgres.isMissing)('the graph on PostgreSQL', postgres.options, () => {
  let server: TestPostgres;
  let files: TestGraph;
  let published: RunningGateway;

  beforeAll(async () => {
    [server, files] = await Promise.all([startPostgres(), startGraph()]);
    await publishFrom(sharedStores(), server.publisherUrl);
    published = await startPublishedGraph(server.readerUrl);
  });
  afterAll(async () => {
    await published?.close();
    await files?.close();
    await server?.close();
  });

  /** Expects the same bytes from both. */
  const expectSame = (query: string, variables: Record<string, unknown> = {}): Promise<string> =>
    expectSameAnswer({ files, published, query, variables });

  it.each(goldens)('answers as on files: %s', async (name) => {
    await expectSame(readFileSync(join(GOLDEN, name), 'utf8'));
  });

  it('finds, ranks, counts and pages the same', async () => {
    for (const search of SEARCHES) await expectSame(SEARCH, { search });
  });

  it.each([
    ['statements(orderBy: TEXT', 'topic: ["labour"]'],
    ['statements(orderBy: SAID_ON', 'from: "2022-07-01"'],
    ['statements(orderBy: SAID_ON, direction: DESC', 'search: "the"'],
    ['events(', ''],
    ['quotations(', ''],
    ['tradeFigures(', ''],
    ['provisionLinks(', ''],
  ])('returns the same pages and cursors in both directions: %s filter: { %s })', async (list, filter) => {
    for (const [size, cursor, edge] of [
      ['first: 3', 'after', 'endCursor'],
      ['last: 4', 'before', 'startCursor'],
    ] as const) {
      let at: string | null = null;
      for (let page = 0; page < 5; page++) {
        const args: string[] = [
          filter && `filter: { ${filter} }`,
          size,
          at === null ? '' : `${cursor}: "${at}"`,
        ].filter(Boolean);
        const text = await expectSame(
          `{ list: ${list}${list.endsWith('(') ? '' : ', '}${args.join(', ')}) { totalCount edges { cursor node { id } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`,
        );
        at = JSON.parse(text).data?.list.pageInfo[edge] ?? null;
        if (at === null) break;
      }
    }
  });

  it('counts the values of every facet the same, with and without filters of their own', async () => {
    const VALUES =
      'kinds { value statementCount } modalities { value statementCount } attributions { value statementCount }';
    const LINKS =
      'statementRelations { value statementCount } provisionRelations { value statementCount } confidences { value statementCount }';
    const OTHERS =
      'speakers { id statementCount } carriers { id statementCount } documents { document { id } statementCount } topics { topic statementCount }';
    for (const filter of [
      '{}',
      '{ confidence: [HIGH, MEDIUM] }',
      '{ provisionRelation: [POSSIBLE_BREACH], topic: ["labour"] }',
      '{ speaker: "person:alexander-matsegora", modality: [ASSERTED] }',
    ])
      await expectSame(
        `{ statements(filter: ${filter}, first: 1) { facets { isBounded ${VALUES} ${LINKS} ${OTHERS} } } }`,
      );
  });

  it('treats U+0000 and lone surrogates in arguments alike', async () => {
    for (const id of ['statement:a\u0000b', 'person:\ud800', 'place:\u0000', '\u0000'])
      await expectSame(
        'query ($id: ID!, $text: String!) { node(id: $id) { id } actor(id: $id) { id } statements(filter: { speaker: $id, topic: [$text] }) { totalCount } instrument(symbol: $text) { id } }',
        { id, text: id },
      );
  });

  it('has the errors of several services and many objects in the same order', async () => {
    const ids = ['unscr-2397/4', 'unscr-2375/17', 'unscr-2371/12', 'unscr-2321/32', 'unscr-2375/17', 'unscr-2397/5'];
    for (const after of ['', 'AAAA', 'WyJhIl0', 'MDAwMDAwMDAwMA'])
      await expectSame(
        `query ($ids: [ID!]!, $after: String) {
          tradeFigures(after: $after) { totalCount }
          nodes(ids: $ids) { ... on Provision { links(after: $after, filter: { confidence: [LOW] }) { totalCount } } }
          events(after: $after) { totalCount }
          statements(after: $after) { totalCount }
        }`,
        { after, ids: ids.map((id) => `provision:${id}`) },
      );
  });

  it('answers random operations the same', async () => {
    await expectSameAnswers({ files, published, from: 1, to: RUNS });
  });

  it('never has the address of the database in a response, nor on its health page', async () => {
    const health = await (await fetch(`${published.url}health`)).text();

    expect(health).toContain('"store"');
    expect(health).not.toMatch(/postgres:|dossier_reader|dossier-pg-/);
  });
});
