import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { backUpStores, rejectStaleStores, SeedError } from '@dossier/cli';
import { type RunningGateway, startEmbedded } from '@dossier/gateway';
import { definition } from '@dossier/statements';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

// Two made-up texts. That of "mounted" is in the folder of texts, that of "absent" is not.
const TEXTS = {
  absent: 'Zenda, 1 June.\n\nThe harvesters of Graustark came by boat.',
  mounted: 'Strelsau, 3 May.\n\nThe bricklayers may return soon, said Rupert. No ferryman saw them.',
};
type Name = keyof typeof TEXTS;

const digestOf = (words: string): string => createHash('sha256').update(words).digest('hex');
const passage = (name: Name, words: string) => {
  const start = TEXTS[name].indexOf(words);
  return { at: [start, start + words.length], digest: digestOf(words).slice(0, 16) };
};

interface StatementSeed {
  id: string;
  summary: string;
  words: string[];
  modality?: string;
}

const STATEMENTS: Record<Name, StatementSeed[]> = {
  absent: [{ id: 'S01', summary: 'Workers arrived.', words: ['The harvesters of Graustark came by boat'] }],
  mounted: [
    {
      id: 'S01',
      summary: 'Masons might come back.',
      words: ['bricklayers may return', 'said Rupert'],
      modality: 'HEDGED',
    },
    { id: 'S02', summary: 'They were not observed on the river.', words: ['No ferryman saw them'] },
  ],
};

const LINKS = [
  { id: 'L01', statement: 'S01', regime: 'toll', relation: 'POSSIBLE_BREACH', confidence: 'HIGH' },
  { id: 'L02', statement: 'S02', regime: 'toll', relation: 'POSSIBLE_BREACH', confidence: 'LOW' },
  { id: 'L03', statement: 'S02', regime: 'toll', relation: 'PERMITTED', confidence: 'HIGH' },
];

function writeSeeds(seedsDir: string): void {
  for (const name of Object.keys(TEXTS) as Name[]) {
    const text = TEXTS[name];
    const files: Record<string, unknown> = {
      document: {
        document: {
          id: name,
          title: `The ${name} letter`,
          publishedOn: { edtf: '1901', basis: 'BACKGROUND' },
          sha256: digestOf(text),
          length: text.length,
          byteLength: text.length,
          paragraphs: text
            .split('\n\n')
            .map((words, index) => ({ number: index + 1, role: 'BODY', ...passage(name, words) })),
        },
      },
      statements: {
        statements: STATEMENTS[name].map(({ words, ...record }) => ({
          kind: 'FACT_REPORT',
          modality: 'ASSERTED',
          ...record,
          attribution: { status: 'EXPLICIT', speakers: ['rupert'], relayChain: [{ carrier: 'post' }] },
          hedges: record.modality === 'HEDGED' ? [{ kind: 'POSSIBILITY', ...passage(name, 'may return') }] : [],
          saidOn: { edtf: '1901', basis: 'INFERRED' },
          passages: words.map((each) => passage(name, each)),
        })),
        ...(name === 'mounted' && {
          relations: [{ id: 'R01', type: 'CONTRADICTS', from: 'S01', to: 'S02', rationale: 'Seen or not.' }],
        }),
      },
    };
    if (name === 'mounted') {
      files['actors'] = {
        actors: [
          { id: 'rupert', kind: 'PERSON', name: 'Rupert', mentions: [{ form: 'NAME', ...passage(name, 'Rupert') }] },
          { id: 'post', kind: 'MEDIA_OUTLET', name: 'Post', mentions: [{ form: 'IMPLIED', ...passage(name, 'said') }] },
          {
            id: 'ruritania',
            kind: 'POLITY',
            status: 'SOVEREIGN_STATE',
            name: 'Ruritania',
            mentions: [{ form: 'IMPLIED', ...passage(name, 'return') }],
          },
        ],
      };
      files['sanctions'] = {
        regimes: [{ id: 'toll', name: 'Toll', authority: 'ruritania', passages: [passage(name, 'bricklayers')] }],
        links: LINKS.map((link) => ({ ...link, rationale: 'A reading.', basis: 'ANALYST' })),
      };
    }
    mkdirSync(join(seedsDir, name), { recursive: true });
    for (const [file, content] of Object.entries(files))
      writeFileSync(join(seedsDir, name, `${file}.yaml`), JSON.stringify(content));
  }
}

const folder = mkdtempSync(join(tmpdir(), 'dossier-words-'));
const seedsDir = join(folder, 'seeds');
const documentsDir = join(folder, 'texts');
const DATA = { withWords: join(folder, 'with'), withoutWords: join(folder, 'without') };
let graph: RunningGateway;

const start = (options: Partial<Parameters<typeof startEmbedded>[0]> = {}) =>
  startEmbedded({
    port: 0,
    host: '127.0.0.1',
    corsOrigins: [],
    dataDir: DATA.withWords,
    seedsDir,
    documentsDir,
    ...options,
  });

/** The data of a query of the graph; fails on any error. */
async function ask(query: string, of: RunningGateway = graph): Promise<Record<string, unknown>> {
  const { data, errors } = JSON.parse(JSON.stringify(await of.execute({ query })));
  expect(errors).toBeUndefined();
  return data;
}

beforeAll(async () => {
  writeSeeds(seedsDir);
  mkdirSync(documentsDir);
  writeFileSync(join(documentsDir, 'any-name.txt'), TEXTS.mounted);
  graph = await start();
});
afterAll(async () => {
  await graph.close();
  rmSync(folder, { recursive: true, force: true });
});

const matches = async (search: string, of?: RunningGateway) => {
  const { statements } = await ask(
    `{ statements(filter: { search: ${JSON.stringify(search)} }) { edges { matchedIn matchedCitations { excerpt } node { id } } } }`,
    of,
  );
  const { edges } = statements as {
    edges: { matchedIn: string; matchedCitations: { excerpt: string | null }[]; node: { id: string } }[];
  };
  return edges.map(({ node, matchedIn, matchedCitations }) => [
    node.id.replace('statement:', ''),
    matchedIn,
    matchedCitations.map(({ excerpt }) => excerpt),
  ]);
};

describe('a search for words of a text that was mounted when the store was built', () => {
  it('finds the statement, says that a passage matched, and cites that passage only', async () => {
    expect(await matches('bricklayers')).toEqual([['mounted/S01', 'PASSAGE', ['bricklayers may return']]]);
  });

  it('finds the beginning of the last word', async () => {
    expect(await matches('rupert bric')).toEqual([
      ['mounted/S01', 'PASSAGE', ['bricklayers may return', 'said Rupert']],
    ]);
  });

  it('says that the summary matched if it has all the words', async () => {
    expect(await matches('masons')).toEqual([['mounted/S01', 'SUMMARY', []]]);
  });

  it('finds words of which some are in the summary and some in a passage', async () => {
    expect(await matches('masons bricklayers')).toEqual([['mounted/S01', 'PASSAGE', ['bricklayers may return']]]);
  });

  it('finds a document without a mounted text by its summaries only', async () => {
    expect([await matches('harvesters'), await matches('workers')]).toEqual([[], [['absent/S01', 'SUMMARY', []]]]);
  });

  it('finds paragraphs and documents', async () => {
    const data = await ask(
      `{ paragraphs(filter: { search: "ferryman" }) { edges { matchedIn node { id } } }
         documents(filter: { search: "ferryman" }) { edges { matchedIn node { id } } }
         titled: documents(filter: { search: "absent letter" }) { edges { matchedIn node { id } } }
         summarized: paragraphs(filter: { search: "workers", document: "document:absent", role: [BODY] }) { totalCount } }`,
    );

    expect(data).toEqual({
      paragraphs: { edges: [{ matchedIn: 'PASSAGE', node: { id: 'paragraph:mounted/2' } }] },
      documents: { edges: [{ matchedIn: 'PASSAGE', node: { id: 'document:mounted' } }] },
      titled: { edges: [{ matchedIn: 'SUMMARY', node: { id: 'document:absent' } }] },
      summarized: { totalCount: 1 },
    });
  });

  it('ranks and pages like a search for words of summaries', async () => {
    const { first } = await ask(
      '{ first: statements(filter: { search: "may OR saw" }, orderBy: RELEVANCE) { totalCount } }',
    );
    const { ranked } = await ask(
      '{ ranked: statements(filter: { search: "ferryman" }, orderBy: RELEVANCE, first: 1) { nodes { id } pageInfo { hasNextPage } } }',
    );

    expect([first, ranked]).toEqual([
      { totalCount: 0 },
      { nodes: [{ id: 'statement:mounted/S02' }], pageInfo: { hasNextPage: false } },
    ]);
  });

  it('reports no match without a search', async () => {
    const { statements } = await ask('{ statements(first: 1) { edges { matchedIn matchedCitations { id } } } }');

    expect(statements).toEqual({ edges: [{ matchedIn: null, matchedCitations: null }] });
  });
});

describe('a store with words', () => {
  it('cannot return them: they can only be matched', () => {
    const db = new Database(join(DATA.withWords, 'statements.sqlite'), { readonly: true });
    const words = ['statement_search', 'passage_search', 'paragraph_search', 'document_search'].flatMap((index) =>
      db.prepare(`select * from ${index}`).raw().all().flat(),
    );
    db.close();

    expect(words.length).toBeGreaterThan(0);
    expect(words.every((value) => value === null)).toBe(true);
  });

  it('has another revision than one without, and serves no words once the text is gone', async () => {
    const without = await start({ dataDir: DATA.withoutWords, indexWords: false });
    const unmounted = await start({ seedsDir: null, documentsDir: null });
    try {
      const revisionOf = ({ seeded }: { seeded: { service: string; revision: string }[] }, service: string) =>
        seeded.find((store) => store.service === service)?.revision;
      const again = await start();
      await again.close();

      expect(revisionOf(without, 'statements')).not.toBe(revisionOf(again, 'statements'));
      expect(revisionOf(without, 'actors')).toBe(revisionOf(again, 'actors'));
      expect(await matches('bricklayers', without)).toEqual([]);
      expect(await matches('masons', without)).toEqual([['mounted/S01', 'SUMMARY', []]]);
      expect(await matches('bricklayers', unmounted)).toEqual([['mounted/S01', 'PASSAGE', [null]]]);
    } finally {
      await without.close();
      await unmounted.close();
    }
  });
});

describe('commands on a store with words', () => {
  const statementsOnly = [definition];

  it('warn on standard error when it is copied, and not for one without words', async () => {
    const backUp = async (dataDir: string) => {
      const written = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
      try {
        await backUpStores(statementsOnly, { dataDir, folder: join(folder, 'backup'), force: true, print: () => {} });
        return written.mock.calls.map(([text]) => String(text)).join('');
      } finally {
        written.mockRestore();
      }
    };

    expect(await backUp(DATA.withWords)).toContain('contains the words of 1 text');
    expect(await backUp(DATA.withoutWords)).toBe('');
  });

  it('accept a store with the words of the mounted texts or without any, and no other', () => {
    const check = (dataDir: string, texts: string | null) =>
      rejectStaleStores(statementsOnly, { dataDir, seedsDir, documentsDir: texts });

    expect(() => check(DATA.withWords, documentsDir)).not.toThrow();
    expect(() => check(DATA.withoutWords, documentsDir)).not.toThrow();
    expect(() => check(DATA.withoutWords, null)).not.toThrow();
    expect(() => check(DATA.withWords, null)).toThrow('other seeds or texts');
  });
});

describe('a passage whose words are not those that were cited', () => {
  // The same store, in which the digest of one passage was changed: nothing but the digest is wrong.
  const tamper = (dataDir: string) => {
    const db = new Database(join(dataDir, 'statements.sqlite'));
    const digest = passage('mounted', 'said Rupert').digest;
    db.prepare('update cited_passages set passages = replace(passages, ?, ?)').run(digest, '0'.repeat(16));
    db.close();
    rmSync(join(dataDir, 'statements.sqlite.sums'));
  };

  it('has no excerpt and reports MISMATCH, and others are served', async () => {
    const dataDir = join(folder, 'tampered');
    await (await start({ dataDir })).close();
    tamper(dataDir);
    const tampered = await start({ dataDir, seedsDir: null });
    try {
      const { statement } = await ask(
        '{ statement(id: "statement:mounted/S01") { citations { excerpt availability } document { availability } } }',
        tampered,
      );

      expect(statement).toEqual({
        citations: [
          { excerpt: 'bricklayers may return', availability: 'VERIFIED' },
          { excerpt: null, availability: 'MISMATCH' },
        ],
        document: { availability: 'VERIFIED' },
      });
    } finally {
      await tampered.close();
    }
  });

  it('is rejected when the store is built', async () => {
    const shifted = join(folder, 'shifted');
    writeSeeds(shifted);
    const file = join(shifted, 'mounted', 'sanctions.yaml');
    const { at } = passage('mounted', 'bricklayers');
    writeFileSync(
      file,
      JSON.stringify({
        regimes: [
          {
            id: 'toll',
            name: 'Toll',
            authority: 'ruritania',
            passages: [{ at: at.map((position) => position + 5), digest: passage('mounted', 'bricklayers').digest }],
          },
        ],
        links: LINKS.map((link) => ({ ...link, rationale: 'A reading.', basis: 'ANALYST' })),
      }),
    );

    await expect(start({ dataDir: join(folder, 'unbuilt'), seedsDir: shifted })).rejects.toThrow(SeedError);
  });
});

describe('filters and facets of statements', () => {
  const idsOf = async (filter: string) => {
    const { statements } = await ask(`{ statements(filter: { ${filter} }) { totalCount nodes { id } } }`);
    const { totalCount, nodes } = statements as { totalCount: number; nodes: { id: string }[] };
    expect(totalCount).toBe(nodes.length);
    return nodes.map(({ id }) => id.replace('statement:', ''));
  };

  it('finds hedged statements about possible breaches with high confidence, in one link', async () => {
    expect(await idsOf('modality: [HEDGED], provisionRelation: [POSSIBLE_BREACH], confidence: [HIGH]')).toEqual([
      'mounted/S01',
    ]);
    expect(await idsOf('provisionRelation: [POSSIBLE_BREACH], confidence: [HIGH, LOW]')).toEqual([
      'mounted/S01',
      'mounted/S02',
    ]);
    expect(await idsOf('provisionRelation: [PERMITTED], confidence: [LOW]')).toEqual([]);
    expect(await idsOf('confidence: [LOW]')).toEqual(['mounted/S02']);
    expect(await idsOf('provisionRelation: [PERMITTED]')).toEqual(['mounted/S02']);
  });

  it('finds statements by their relations to others, in either direction', async () => {
    expect(await idsOf('statementRelation: [CONTRADICTS]')).toEqual(['mounted/S01', 'mounted/S02']);
    expect(await idsOf('statementRelation: [SUPPORTS]')).toEqual([]);
  });

  it('counts each facet with all filters except its own, and as many statements as its values would give', async () => {
    const filter =
      'document: "document:mounted", modality: [HEDGED], provisionRelation: [POSSIBLE_BREACH], confidence: [HIGH]';
    const { statements } = await ask(
      `{ statements(filter: { ${filter} }) { totalCount facets { isBounded
          documents { document { id } statementCount } modalities { value statementCount }
          provisionRelations { value statementCount } confidences { value statementCount } kinds { value statementCount } } } }`,
    );

    expect(statements).toEqual({
      totalCount: 1,
      facets: {
        isBounded: false,
        documents: [{ document: { id: 'document:mounted' }, statementCount: 1 }],
        // S02 is ASSERTED, and its link of HIGH confidence is not of a POSSIBLE_BREACH.
        modalities: [{ value: 'HEDGED', statementCount: 1 }],
        provisionRelations: [{ value: 'POSSIBLE_BREACH', statementCount: 1 }],
        confidences: [{ value: 'HIGH', statementCount: 1 }],
        kinds: [{ value: 'FACT_REPORT', statementCount: 1 }],
      },
    });
    const facets = async (other: string, facet: string) =>
      (
        (await ask(
          `{ statements(filter: { ${other} }) { facets { values: ${facet} { value statementCount } } } }`,
        )) as {
          statements: { facets: { values: unknown } };
        }
      ).statements.facets.values;
    expect(await facets('modality: [HEDGED]', 'modalities')).toEqual([
      { value: 'ASSERTED', statementCount: 2 },
      { value: 'HEDGED', statementCount: 1 },
    ]);
    expect(await facets('provisionRelation: [PERMITTED], confidence: [HIGH]', 'provisionRelations')).toEqual([
      { value: 'PERMITTED', statementCount: 1 },
      { value: 'POSSIBLE_BREACH', statementCount: 1 },
    ]);
    expect(await facets('provisionRelation: [POSSIBLE_BREACH], confidence: [LOW]', 'confidences')).toEqual([
      { value: 'HIGH', statementCount: 1 },
      { value: 'LOW', statementCount: 1 },
    ]);
  });

  it('keeps the other speakers under a filter by speaker', async () => {
    const { statements } = await ask(
      '{ statements(filter: { speaker: "person:nobody" }) { totalCount facets { speakers { id statementCount } } } }',
    );

    expect(statements).toEqual({
      totalCount: 0,
      facets: { speakers: [{ id: 'person:rupert', statementCount: 3 }] },
    });
  });

  it('counts the values of the filtered list', async () => {
    const { statements } = await ask(
      `{ statements(filter: { document: "document:mounted" }, first: 1) { facets { isBounded
          speakers { id statementCount actor { name } } carriers { id statementCount } documents { document { id } statementCount }
          kinds { value statementCount } modalities { value statementCount } attributions { value statementCount }
          topics { topic statementCount } statementRelations { value statementCount }
          provisionRelations { value statementCount } confidences { value statementCount } } } }`,
    );

    expect(statements).toEqual({
      facets: {
        isBounded: false,
        speakers: [{ id: 'person:rupert', statementCount: 2, actor: { name: 'Rupert' } }],
        carriers: [{ id: 'outlet:post', statementCount: 2 }],
        // Not counted with its own filter.
        documents: [
          { document: { id: 'document:mounted' }, statementCount: 2 },
          { document: { id: 'document:absent' }, statementCount: 1 },
        ],
        kinds: [{ value: 'FACT_REPORT', statementCount: 2 }],
        modalities: [
          { value: 'ASSERTED', statementCount: 1 },
          { value: 'HEDGED', statementCount: 1 },
        ],
        attributions: [{ value: 'EXPLICIT', statementCount: 2 }],
        topics: [],
        statementRelations: [{ value: 'CONTRADICTS', statementCount: 2 }],
        provisionRelations: [
          { value: 'POSSIBLE_BREACH', statementCount: 2 },
          { value: 'PERMITTED', statementCount: 1 },
        ],
        confidences: [
          { value: 'HIGH', statementCount: 2 },
          { value: 'LOW', statementCount: 1 },
        ],
      },
    });
  });

  it('counts those of an actor, and of the matches of a search', async () => {
    const { actor, statements } = await ask(
      `{ actor(id: "person:rupert") { statements(first: 0) { facets { documents { document { id } statementCount } } } }
         statements(filter: { search: "ferryman" }, orderBy: RELEVANCE) { facets { modalities { value statementCount } } } }`,
    );

    expect([actor, statements]).toEqual([
      {
        statements: {
          facets: {
            documents: [
              { document: { id: 'document:mounted' }, statementCount: 2 },
              { document: { id: 'document:absent' }, statementCount: 1 },
            ],
          },
        },
      },
      { facets: { modalities: [{ value: 'ASSERTED', statementCount: 1 }] } },
    ]);
  });
});
