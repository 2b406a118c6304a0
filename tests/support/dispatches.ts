import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';

export type Sections = Record<string, Record<string, unknown>[]>;

const WORDS = 'Ruritania opened the bridge over the river, and Graustark closed its own. Strelsau was silent. '.repeat(
  4,
);
const digest = (text: string, length = 64): string => createHash('sha256').update(text).digest('hex').slice(0, length);
/** The folder of a document, from 1. */
export const nameOf = (index: number): string => `dispatch-${String(index).padStart(2, '0')}`;
const textOf = (id: string): string => `${id}: ${WORDS}`;

/** The first place of words in the text of a document. */
export function passage(id: string, words: string) {
  const start = textOf(id).indexOf(words);
  return { at: [start, start + words.length], digest: digest(words, 16) };
}

/** Seeds of a document that names actors of the register, and refers to others in several ways. */
export function documentFiles(id: string, neighbour: string | null): Record<string, Sections | object> {
  const text = textOf(id);
  const length = text.length;
  return {
    document: {
      document: {
        id,
        title: `Dispatch ${id}`,
        publishedOn: { edtf: '1901-05-03', basis: 'BACKGROUND' },
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
        saidOn: { edtf: `1901-05-0${index + 1}`, basis: 'BACKGROUND' },
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

/** References of records of the register. */
export const KNOWN = [{ title: 'General knowledge' }];
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

/** Seeds of made-up documents that refer to a register and to each other, with their texts, in a folder. */
export class Dispatches {
  readonly seedsDir: string;
  readonly documentsDir: string;

  constructor(folder: string) {
    this.seedsDir = join(folder, 'seeds');
    this.documentsDir = join(folder, 'documents');
  }

  /** Writes the register, and documents from 1 to `count`, instead of what is there. */
  writeAll(count: number): void {
    for (const folder of [this.seedsDir, this.documentsDir]) rmSync(folder, { recursive: true, force: true });
    mkdirSync(this.documentsDir, { recursive: true });
    this.write('register', register());
    for (let index = 1; index <= count; index++) this.writeDocument(index);
  }

  write(name: string, files: Record<string, unknown>): void {
    mkdirSync(join(this.seedsDir, name), { recursive: true });
    for (const [stem, content] of Object.entries(files))
      writeFileSync(join(this.seedsDir, name, `${stem}.yaml`), JSON.stringify(content));
  }

  writeDocument(index: number, id = nameOf(index)): void {
    this.write(id, documentFiles(id, index > 1 ? nameOf(index - 1) : null));
    writeFileSync(join(this.documentsDir, `${id}.txt`), textOf(id));
  }

  /** Changes the content of a file. */
  edit(name: string, stem: string, change: (content: Sections) => void): void {
    const file = join(this.seedsDir, name, `${stem}.yaml`);
    const content = JSON.parse(readFileSync(file, 'utf8')) as Sections;
    change(content);
    writeFileSync(file, JSON.stringify(content));
  }

  /** Removes a document. */
  remove(name: string): void {
    rmSync(join(this.seedsDir, name), { recursive: true });
  }
}

/** All rows of all tables of a store, and the words of its indexes with the ids of their rows. */
export function contentsOf(file: string): Record<string, string[]> {
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
  contents['integrity'] = [String(sqlite.pragma('integrity_check', { simple: true }))];
  sqlite.close();
  return contents;
}
