import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { seedStores } from '@dossier/cli';
import { definitions } from '@dossier/gateway';
import Database from 'better-sqlite3';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';

const root = mkdtempSync(join(tmpdir(), 'dossier-changed-'));
afterAll(() => rmSync(root, { recursive: true }));

type Sections = Record<string, Record<string, unknown>[]>;

const WORDS = 'Ruritania opened the bridge over the river, and Graustark closed its own. Strelsau was silent. '.repeat(
  4,
);
const DOCUMENTS = 30;
const digest = (text: string, length = 64): string => createHash('sha256').update(text).digest('hex').slice(0, length);
const nameOf = (index: number): string => `dispatch-${String(index).padStart(2, '0')}`;
const textOf = (id: string): string => `${id}: ${WORDS}`;

/** The first place of words in the text of a document. */
function passage(id: string, words: string) {
  const start = textOf(id).indexOf(words);
  return { at: [start, start + words.length], digest: digest(words, 16) };
}

/** Seeds of a document that names actors of the register, and refers to others in several ways. */
function documentFiles(id: string, neighbour: string | null): Record<string, Sections | object> {
  const text = textOf(id);
  const length = text.length;
  return {
    document: {
      document: {
        id,
        title: `Dispatch ${id}`,
        publishedOn: { edtf: '1901-05-03', basis: 'STATED' },
        sha256: digest(text),
        length,
        byteLength: length,
        paragraphs: [
          { number: 1, role: 'BODY', at: [0, 60], digest: digest(text.slice(0, 60), 16) },
          { number: 2, role: 'BODY', at: [60, length], digest: digest(text.slice(60), 16) },
        ],
      },
    },
    actors: {
      additions: [
        { of: 'ruritania', mentions: [{ form: 'NAME', ...passage(id, 'Ruritania') }] },
        { of: 'graustark', mentions: [{ form: 'NAME', ...passage(id, 'Graustark') }], note: `Named in ${id}.` },
        { of: 'strelsau', mentions: [{ form: 'NAME', ...passage(id, 'Strelsau') }] },
      ],
    },
    statements: {
      statements: ['opened the bridge', 'closed its own', 'was silent'].map((words, index) => ({
        id: `S0${index + 1}`,
        summary: `Somebody says number ${index} of ${id}.`,
        kind: 'FACT_REPORT',
        modality: 'ASSERTED',
        attribution: { status: 'EXPLICIT', speakers: [index === 1 ? 'graustark' : 'ruritania'] },
        saidOn: { edtf: `1901-05-0${index + 1}`, basis: 'STATED' },
        topics: [index === 0 ? 'trade' : 'war'],
        passages: index === 0 ? [passage(id, words), passage(id, 'river')] : [passage(id, words)],
      })),
      relations: [
        { id: 'R01', type: 'CONTRADICTS', from: 'S01', to: 'S02', rationale: 'One opens, one closes.' },
        ...(neighbour === null
          ? []
          : [{ id: 'R02', type: 'EXPLAINS', from: 'S03', to: `${neighbour}/S01`, rationale: 'Says more.' }]),
      ],
      tensions: [{ id: 'T01', kind: 'CONTRADICTION', statements: ['S01', 'S02'], explanation: 'Both.' }],
    },
    sanctions: {
      citations: [{ provision: 'act-1/1', passages: [passage(id, 'bridge')] }],
      links: [
        {
          id: 'L01',
          statement: 'S01',
          provision: 'act-1/1',
          relation: 'PERMITTED',
          confidence: 'LOW',
          rationale: 'A bridge.',
          basis: 'ANALYST',
        },
      ],
    },
    trade: { commodities: [{ id: 'C01', name: 'carts', statement: 'S01', passages: [passage(id, 'bridge')] }] },
  };
}

const KNOWN = [{ title: 'General knowledge' }];
const register = (): Record<string, Sections> => ({
  actors: {
    actors: [
      { id: 'ruritania', kind: 'POLITY', status: 'SOVEREIGN_STATE', name: 'Ruritania', references: KNOWN },
      { id: 'graustark', kind: 'POLITY', status: 'SOVEREIGN_STATE', name: 'Graustark', references: KNOWN },
    ],
    places: [{ id: 'strelsau', name: 'Strelsau', references: KNOWN }],
  },
  sanctions: {
    regimes: [{ id: 'toll', name: 'Toll', authority: 'ruritania', targets: ['graustark'], references: KNOWN }],
    instruments: [
      {
        id: 'act-1',
        symbol: 'Act 1',
        title: 'Toll Act',
        regime: 'toll',
        adoptedOn: { edtf: '1890', basis: 'BACKGROUND' },
        references: KNOWN,
      },
    ],
    provisions: ['1', '2'].map((paragraph) => ({
      instrument: 'act-1',
      paragraph,
      measure: 'LABOUR',
      direction: 'BOTH',
      summary: 'Carts pay.',
      inForceFrom: '1890-01-01',
      references: KNOWN,
    })),
  },
});

const seedsDir = join(root, 'seeds');
const documentsDir = join(root, 'documents');
const dataDir = join(root, 'data');
const scratchDir = join(root, 'scratch');

function write(name: string, files: Record<string, unknown>): void {
  mkdirSync(join(seedsDir, name), { recursive: true });
  for (const [stem, content] of Object.entries(files))
    writeFileSync(join(seedsDir, name, `${stem}.yaml`), JSON.stringify(content));
}

function writeDocument(index: number, id = nameOf(index)): void {
  write(id, documentFiles(id, index > 1 ? nameOf(index - 1) : null));
  writeFileSync(join(documentsDir, `${id}.txt`), textOf(id));
}

/** Changes the first record of a section that a function accepts. */
function edit(name: string, stem: string, change: (content: Sections) => void): void {
  const file = join(seedsDir, name, `${stem}.yaml`);
  const content = JSON.parse(readFileSync(file, 'utf8')) as Sections;
  change(content);
  writeFileSync(file, JSON.stringify(content));
}

/** Seeds the stores in a folder. Returns the number of folders that were read, and the revisions. */
async function seed(into: string, withTexts: boolean) {
  let folders = 0;
  const seeded = await seedStores(definitions, {
    seedsDir,
    dataDir: into,
    ...(withTexts && { documentsDir }),
    onProgress: () => folders++,
  });
  return { folders, revisions: seeded.map(({ service, revision }) => `${service} ${revision}`) };
}

/** All rows of all tables of a store, and the words of its indexes with the ids of their rows. */
function contentsOf(file: string): Record<string, string[]> {
  const sqlite = new Database(file, { readonly: true });
  const contents: Record<string, string[]> = {};
  const tables = sqlite
    .prepare("select name, sql from sqlite_schema where type = 'table' and name not like 'sqlite_stat%'")
    .all() as { name: string; sql: string }[];
  const indexes = tables.filter(({ sql }) => /using fts5/i.test(sql)).map(({ name }) => name);
  for (const { name } of tables) {
    if (indexes.some((index) => name === index || name.startsWith(`${index}_`))) continue;
    const rows = sqlite.prepare(`select * from "${name}"`).all();
    contents[name] = rows.map((row) => JSON.stringify(row)).sort();
  }
  for (const table of ['statement', 'paragraph', 'document', 'actor', 'place'])
    if (tables.some(({ name }) => name === table))
      contents[`order of ${table}`] = sqlite
        .prepare(`select id from "${table}" order by rowid`)
        .pluck()
        .all() as string[];
  for (const index of indexes) {
    const table = index === 'passage_search' ? 'statement' : index.replace('_search', '');
    const perRow = index === 'passage_search' ? 4096 : 1;
    sqlite.exec(`create virtual table temp."${index}_words" using fts5vocab(main, "${index}", instance)`);
    contents[`words of ${index}`] = sqlite
      .prepare(
        `select (select id from "${table}" where rowid = doc / ${perRow}) || ' ' || doc % ${perRow} || ' ' || col || ' ' || offset || ' ' || term from temp."${index}_words"`,
      )
      .pluck()
      .all()
      .sort() as string[];
  }
  expect(sqlite.pragma('integrity_check', { simple: true })).toBe('ok');
  sqlite.close();
  return contents;
}

/** Seeds the changed stores and new ones, and compares everything in them. Returns the number of folders that were read again. */
async function reseed(withTexts = false): Promise<number> {
  const { folders, revisions } = await seed(dataDir, withTexts);
  rmSync(scratchDir, { recursive: true, force: true });
  const scratch = await seed(scratchDir, withTexts);
  expect(revisions).toEqual(scratch.revisions);
  for (const { name } of definitions)
    expect(contentsOf(join(dataDir, `${name}.sqlite`)), name).toEqual(contentsOf(join(scratchDir, `${name}.sqlite`)));
  return folders;
}

const ALL = DOCUMENTS + 1;

describe.each([
  ['without texts', false],
  ['with mounted texts', true],
])('a store that is built again after a change, %s', (_, withTexts) => {
  beforeEach(async () => {
    for (const folder of [seedsDir, documentsDir, dataDir]) rmSync(folder, { recursive: true, force: true });
    mkdirSync(documentsDir, { recursive: true });
    write('register', register());
    for (let index = 1; index <= DOCUMENTS; index++) writeDocument(index);
    await seed(dataDir, withTexts);
  });

  it('is the one that is built from scratch: a statement was edited', async () => {
    edit(nameOf(5), 'statements', ({ statements }) => Object.assign(statements?.[1] ?? {}, { summary: 'Now closed.' }));

    // The next document refers to a statement of it.
    expect(await reseed(withTexts)).toBeLessThanOrEqual(3);
  });

  it('the same: statements were added and removed, and it was built twice', async () => {
    edit(nameOf(5), 'statements', ({ statements = [] }) => {
      statements.push({ ...statements[2], id: 'S09', summary: 'A later one.' });
      statements.push({ ...statements[1], id: 'S00', summary: 'Another one.' });
    });
    expect(await reseed(withTexts)).toBeLessThanOrEqual(3);
    edit(nameOf(5), 'statements', ({ statements = [] }) => void statements.pop());
    edit(nameOf(DOCUMENTS), 'statements', ({ statements = [] }) => void Object.assign(statements[0] ?? {}, { topics: [] }));

    expect(await reseed(withTexts)).toBeLessThanOrEqual(5);
  });

  it('the same: a document was added between others, one at the end, and one was removed', async () => {
    write('dispatch-03-b', documentFiles('dispatch-03-b', nameOf(7)));
    write('dispatch-99', documentFiles('dispatch-99', nameOf(7)));
    const added = await reseed(false);
    rmSync(join(seedsDir, nameOf(DOCUMENTS)), { recursive: true });

    expect(await reseed(false)).toBeLessThan(ALL);
    if (!withTexts) expect(added).toBeLessThan(ALL);
  });

  it('the same: a document was renamed', async () => {
    rmSync(join(seedsDir, nameOf(DOCUMENTS)), { recursive: true });
    rmSync(join(documentsDir, `${nameOf(DOCUMENTS)}.txt`));
    writeDocument(DOCUMENTS, 'dispatch-00');

    const folders = await reseed(withTexts);
    if (!withTexts) expect(folders).toBeLessThan(ALL);
  });

  it('the same: what a document says of an actor, a place and a provision changed', async () => {
    edit(nameOf(4), 'actors', ({ additions = [] }) => {
      Object.assign(additions[0] ?? {}, { note: 'Another note.', aliases: [{ text: 'Ruritania', lang: 'en' }] });
      additions.pop();
    });
    edit(nameOf(4), 'sanctions', (content) => void (content['citations'] = []));

    expect(await reseed(withTexts)).toBeLessThanOrEqual(3);
  });

  it('the same: an actor of the register has an alias more', async () => {
    edit('register', 'actors', ({ actors }) => Object.assign(actors?.[0] ?? {}, { aliases: [{ text: 'The Realm' }] }));
    await reseed(withTexts);
    edit('register', 'actors', ({ actors }) => void actors?.push({ id: 'new', kind: 'GROUP', name: 'New', references: KNOWN }));

    expect(await reseed(withTexts)).toBe(1);
  });

  it('the same: an actor is another kind of actor now, and the document of one was removed', async () => {
    edit(nameOf(1), 'actors', (content) => {
      content['actors'] = [
        { id: 'river', kind: 'GROUP', name: 'river', mentions: [{ form: 'NAME', ...passage(nameOf(1), 'river') }] },
      ];
    });
    edit(nameOf(3), 'statements', ({ statements }) => Object.assign(statements?.[0] ?? {}, { addressees: ['river'] }));
    await reseed(withTexts);
    edit(nameOf(1), 'actors', ({ actors }) => Object.assign(actors?.[0] ?? {}, { kind: 'PERSON' }));

    expect(await reseed(withTexts)).toBeLessThanOrEqual(4);
    rmSync(join(seedsDir, nameOf(1)), { recursive: true });
    const dangling = expect.objectContaining({ message: expect.stringContaining('"river" is not the id of a known') });
    await expect(seed(dataDir, withTexts)).rejects.toEqual(dangling);
  });
});

describe('a store in place that cannot be the start of the next revision', () => {
  beforeEach(async () => {
    for (const folder of [seedsDir, documentsDir, dataDir]) rmSync(folder, { recursive: true, force: true });
    mkdirSync(documentsDir, { recursive: true });
    write('register', register());
    for (let index = 1; index <= DOCUMENTS; index++) writeDocument(index);
    await seed(dataDir, false);
    edit(nameOf(5), 'statements', ({ statements }) => Object.assign(statements?.[1] ?? {}, { summary: 'Now closed.' }));
  });

  it('is replaced by one from scratch: its bytes changed', async () => {
    const file = join(dataDir, 'statements.sqlite');
    const bytes = readFileSync(file);
    bytes[bytes.length - 100] = (bytes[bytes.length - 100] ?? 0) ^ 1;
    writeFileSync(file, bytes);

    expect(await reseed()).toBe(ALL);
  });

  it('the same: another build of the same revision took its place', async () => {
    cpSync(seedsDir, join(root, 'before'), { recursive: true });
    const { folders } = await seed(dataDir, false);
    expect(folders).toBeLessThan(ALL);
    rmSync(scratchDir, { recursive: true, force: true });
    await seed(scratchDir, false);
    for (const name of readdirSync(scratchDir))
      if (name.startsWith('statements')) cpSync(join(scratchDir, name), join(dataDir, name));
    edit(nameOf(6), 'statements', ({ statements }) => Object.assign(statements?.[1] ?? {}, { summary: 'Closed too.' }));

    expect(await reseed()).toBe(ALL);
  });

  it('the same: what is known of its parts is damaged or missing', async () => {
    const [parts = ''] = readdirSync(dataDir).filter((name) => name.startsWith('.parts'));
    expect(existsSync(join(dataDir, parts))).toBe(true);
    writeFileSync(join(dataDir, parts), 'no database');

    expect(await reseed()).toBe(ALL);
  });
});
