import {
  ask,
  CiteDocument,
  citationAnnotation,
  citationBibtex,
  citationCsl,
  citationLink,
  dateKey,
  dateLabel,
  figureText,
  pages,
  TimelineDocument,
  type TimelineQuery,
  TradeSeriesDocument,
  type TypedDocumentNode,
} from '@dossier/client';
import { parse } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startGraph, type TestGraph } from '../support/graph.js';

describe('the client with plain fetch', () => {
  let graph: TestGraph;
  let url: string;
  beforeAll(async () => {
    graph = await startGraph();
    url = `${graph.url}graphql`;
  });
  afterAll(() => graph.close());

  it('reads all pages without duplicates, in the order of the date keys', async () => {
    const events: NonNullable<TimelineQuery['events']>['edges'][number]['node'][] = [];
    let totalCount = 0;

    for await (const { page, errors } of pages(url, TimelineDocument, { first: 7 }, (data) => data.events)) {
      expect(errors).toEqual([]);
      events.push(...page.edges.map(({ node }) => node));
      totalCount = page.totalCount;
    }

    const keys = events.map(({ date, id }) => dateKey(date, id));
    expect(totalCount).toBeGreaterThan(7);
    expect(new Set(events.map(({ id }) => id)).size).toBe(totalCount);
    expect(keys).toEqual([...keys].sort());
    for (const { date } of events) expect(dateLabel(date)).not.toMatch(/\.\.|[~/]/);
  });

  it('formats a figure without a value as such', async () => {
    const { data } = await ask(url, TradeSeriesDocument, {
      flow: 'EXPORT',
      reporter: 'polity:north-korea',
      partner: 'polity:russia',
    });

    const gap = data?.tradeSeries?.points.find(({ value }) => value === null);
    expect(gap && figureText(gap).text).toBe('virtually nil, no number given');
  });

  it('cites a passage whose text is not available', async () => {
    const { data } = await ask(url, CiteDocument);

    const citation = data?.citation;
    const document = citation?.document;
    if (!citation || !document) throw new Error('The passage could not be had.');
    const passage = { ...citation, document };
    expect(citationBibtex(passage)).toMatch(/^@techreport\{memri-sd-10149-639-730,.*year = \{2022\}/s);
    expect(citationCsl(passage).issued).toEqual({ 'date-parts': [[2022, 8, 19]] });
    expect(citationAnnotation(citation).target.selector).toEqual([
      { type: 'TextPositionSelector', start: 639, end: 730 },
    ]);
    expect(citationLink(citation, 'https://archive.invalid/10149.txt')).toBe(
      'https://archive.invalid/10149.txt#char=639,730',
    );
  });

  it('returns the data of a partial response', async () => {
    const half: TypedDocumentNode<
      { topics: { topic: string }[] | null; statements: { totalCount: number } | null },
      Record<string, never>
    > = parse('{ topics { topic } statements(after: "not a cursor") { totalCount } }');

    const { data, errors } = await ask(url, half);

    expect(data?.topics?.length).toBeGreaterThan(0);
    expect(data?.statements).toBeNull();
    expect(errors).toMatchObject([{ path: ['statements'], extensions: { code: 'BAD_USER_INPUT' } }]);
  });
});
