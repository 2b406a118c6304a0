import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { openSeeds, readSeeds } from './read.js';
import { digestOf, type SeedContents, type Yaml } from './testing/ruritania.js';
import { changed, readContents } from './testing/seedFolder.js';

const HERE = { at: [0, 4], digest: digestOf('Here').slice(0, 16) };
const statement = (id: string): Yaml => ({
  id,
  summary: 'Said elsewhere.',
  kind: 'FACT_REPORT',
  modality: 'ASSERTED',
  attribution: { status: 'EXPLICIT', speakers: ['count-rupert'], relayChain: [{ carrier: 'ruritanian-post' }] },
  saidOn: { edtf: '1901-06', basis: 'STATED' },
  passages: [HERE],
});

/** A second document, whose records lead into the first. */
const second = (relations: Yaml = [], links: Yaml = []): SeedContents => ({
  'ruritania-2/document': {
    document: {
      id: 'ruritania-2',
      title: 'Another',
      publisher: 'ruritanian-post',
      publishedOn: { edtf: '1901-06-01', basis: 'STATED' },
      sha256: digestOf('Here'),
      length: 4,
      byteLength: 4,
      multibyte: [],
      paragraphs: [{ number: 1, role: 'BODY', voice: 'ruritanian-post', ...HERE }],
    },
  },
  'ruritania-2/statements': { statements: [statement('S01')], relations },
  'ruritania-2/sanctions': { links },
});

const relation = (id: string, from: string, to: string): Yaml => ({
  id,
  type: 'CONTRADICTS',
  from,
  to,
  rationale: 'Both cannot hold.',
});
const problemsOf = (contents: SeedContents) =>
  readContents(contents).problems.map(({ file, path, message }) => `${file} ${path}: ${message}`);

describe('records of several folders', () => {
  it('refer to each other by id and folder', () => {
    const link = {
      id: 'L02',
      statement: 'ruritania-1/S02',
      provision: 'act-1/2',
      relation: 'PERMITTED',
      confidence: 'LOW',
      rationale: 'Carts are exempt.',
      basis: 'ANALYST',
    };
    const { seeds, problems } = readContents({
      ...changed({}),
      ...second([relation('R01', 'ruritania-1/S01', 'S01')], [link]),
    });

    expect(problems).toEqual([]);
    expect(seeds?.relations.map(({ id, from, to }) => [id, from, to])).toContainEqual([
      'relation:ruritania-2/R01',
      'statement:ruritania-1/S01',
      'statement:ruritania-2/S01',
    ]);
    expect(seeds?.links.map(({ statement }) => statement)).toEqual([
      'statement:ruritania-1/S01',
      'statement:ruritania-1/S02',
    ]);
  });

  it('are rejected if the other folder, or the record in it, does not exist', () => {
    expect(
      problemsOf({
        ...changed({}),
        ...second([relation('R01', 'ruritania-1/S99', 'S01'), relation('R02', 'ruritania-9/S01', 'S01')]),
      }),
    ).toEqual([
      expect.stringMatching(
        /^ruritania-2\/statements\.yaml relations\[0\]\.from: "ruritania-1\/S99" is not the id of a known statement/,
      ),
      expect.stringMatching(
        /^ruritania-2\/statements\.yaml relations\[1\]\.from: "ruritania-9\/S01" is not the id of a known statement/,
      ),
    ]);
  });

  it('may state a relation in one folder only', () => {
    const both = changed({ 'ruritania-1/statements': { 'relations[0].to': 'ruritania-2/S01' } });

    expect(problemsOf({ ...both, ...second([relation('R01', 'ruritania-1/S01', 'S01')]) })).toEqual([
      expect.stringContaining(
        'ruritania-1/statements.yaml relations[0].type: CONTRADICTS is already recorded between these two',
      ),
      expect.stringContaining(
        'ruritania-2/statements.yaml relations[0].type: CONTRADICTS is already recorded between these two',
      ),
    ]);
  });
});

describe('seeds read folder by folder', () => {
  const dir = mkdtempSync(join(tmpdir(), 'dossier-folders-'));
  afterAll(() => rmSync(dir, { recursive: true }));
  for (const [file, content] of Object.entries({
    ...changed({}),
    ...second([relation('R01', 'ruritania-1/S01', 'S01')]),
  })) {
    mkdirSync(dirname(join(dir, file)), { recursive: true });
    writeFileSync(join(dir, `${file}.yaml`), stringify(content, { aliasDuplicateObjects: false }));
  }

  it('equal the seeds read all at once', () => {
    const parts = [...openSeeds(dir).parts()];
    const { seeds: whole, problems } = readSeeds(dir);

    expect(problems).toEqual([]);
    expect(parts.map(({ folder }) => folder)).toEqual(['register', 'ruritania-1', 'ruritania-2']);
    for (const section of Object.keys(whole ?? {}) as (keyof NonNullable<typeof whole>)[])
      expect(
        parts.flatMap(({ seeds }) => seeds[section] as object[]),
        section,
      ).toEqual(whole?.[section]);
  });

  it('find records of another folder, before and after that folder is processed', () => {
    for (const { find } of openSeeds(dir).parts()) {
      expect(find('statements', 'statement:ruritania-2/S01')?.summary).toBe('Said elsewhere.');
      expect(find('figures', 'figure:ruritania-1/F01')?.id).toBe('figure:ruritania-1/F01');
      expect(find('actors', 'person:count-rupert')?.name).toBe('Count Rupert');
      expect(find('statements', 'statement:ruritania-1/S99')).toBeNull();
      expect(find('statements', 'statement:nowhere/S01')).toBeNull();
    }
  });
});
