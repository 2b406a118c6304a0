import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startGraph, type TestGraph } from '../support/graph.js';

let graph: TestGraph;
beforeAll(async () => {
  graph = await startGraph();
});
afterAll(() => graph.close());

const TYPED = [
  'jong-un',
  '"',
  '""',
  "'",
  'NEAR(',
  'NEAR(a b, 2)',
  '😀',
  '',
  ' ',
  '*',
  'kor*',
  'a AND',
  'NOT',
  'OR OR',
  'summary:x',
  '^a',
  '(',
  '{a b}',
  '-a',
  '\\',
  'a\u0000b',
  '한국',
  '%',
  ';--',
];

const idsOf = (list: unknown): string[] => (list as { nodes: { id: string }[] }).nodes.map(({ id }) => id);

describe('a search', () => {
  it.each(TYPED)('returns a page for %j', async (search) => {
    const { data, errors } = await graph.query(
      `query ($search: String!) {
        statements(filter: { search: $search }, first: 100) { totalCount nodes { id } }
        ranked: statements(filter: { search: $search }, orderBy: RELEVANCE, first: 100) { totalCount nodes { id } rankingIsBounded }
        said: statements(filter: { search: $search }, orderBy: SAID_ON, first: 100) { nodes { id } }
        actors(filter: { search: $search }) { totalCount nodes { id } }
        places(filter: { search: $search }) { totalCount nodes { id } }
      }`,
      { search },
    );
    expect(errors).toBeUndefined();
    const found = data as Record<'statements' | 'ranked' | 'said', unknown>;
    expect(idsOf(found.ranked).sort()).toEqual(idsOf(found.statements).sort());
    expect(idsOf(found.said).sort()).toEqual(idsOf(found.statements).sort());
  });

  it('finds whole words, regardless of punctuation and case', async () => {
    const { data } = await graph.query(
      '{ a: actors(filter: { search: "KIM JONG-UN" }) { nodes { id } } b: actors(filter: { search: "jong un" }) { nodes { id } } c: actors(filter: { search: "jongun" }) { nodes { id } } }',
    );
    const [a, b, c] = ['a', 'b', 'c'].map((key) => idsOf(data?.[key]));
    expect(a).toContain('person:kim-jong-un');
    expect(b).toContain('person:kim-jong-un');
    expect(c).toEqual([]);
  });

  it('finds the beginning of its last word, in every list that can be searched', async () => {
    const { data, errors } = await graph.query(`{
      sanction: statements(filter: { search: "sanction" }) { totalCount }
      sanctions: statements(filter: { search: "sanctions" }) { totalCount }
      actor: actors(filter: { search: "kim j" }) { nodes { id } }
      place: places(filter: { search: "donb" }) { nodes { id } }
      ofActor: actor(id: "person:alexander-matsegora") { statements(filter: { search: "north kor" }) { totalCount } }
      notInside: actors(filter: { search: "orth kor" }) { totalCount }
      notFirst: actors(filter: { search: "ki jong" }) { totalCount }
    }`);
    expect(errors).toBeUndefined();
    const counts = data as Record<string, { totalCount: number }>;
    expect(counts['sanctions']?.totalCount).toBeGreaterThan(0);
    expect(counts['sanction']?.totalCount).toBeGreaterThanOrEqual(counts['sanctions']?.totalCount ?? 0);
    expect(idsOf(data?.['actor'])).toContain('person:kim-jong-un');
    expect(idsOf(data?.['place'])).toContain('place:donbass');
    expect([counts['notInside']?.totalCount, counts['notFirst']?.totalCount]).toEqual([0, 0]);
  });

  it.each([
    ['김정은', 'person:kim-jong-un'],
    ['김정', 'person:kim-jong-un'],
    ['ким чен', 'person:kim-jong-un'],
    ['裕仁', 'person:hirohito'],
    ['КНДР', 'polity:north-korea'],
    ['коммерсантъ', 'outlet:kommersant'],
  ])('finds actors by names in other scripts, which are known from outside the document: %s', async (search, id) => {
    const { data } = await graph.query(
      'query ($search: String!) { actors(filter: { search: $search }) { nodes { id aliases { inDocument basis references { title } } } } }',
      { search },
    );
    const { nodes } = (data?.['actors'] ?? { nodes: [] }) as {
      nodes: { id: string; aliases: { inDocument: boolean; basis: string; references: unknown[] }[] }[];
    };

    expect(nodes.map((node) => node.id)).toEqual([id]);
    for (const { inDocument, basis, references } of nodes[0]?.aliases ?? [])
      expect([basis, references.length]).toEqual(inDocument ? ['DOCUMENT', 0] : ['BACKGROUND', 1]);
  });

  it('does not find the DPRK for DPR', async () => {
    const { data } = await graph.query('{ actors(filter: { search: "DPR" }) { nodes { id } } }');
    const ids = idsOf(data?.['actors']);
    expect(ids).toContain('polity:dpr');
    expect(ids).not.toContain('polity:north-korea');
  });
});
