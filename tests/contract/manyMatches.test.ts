import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { storeFile } from '@dossier/cli';
import { type RunningGateway, seedAll, startEmbedded } from '@dossier/gateway';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

/** More matches than are ranked individually. */
const STATEMENTS = 1200;
const WORD = 'harbour';

const folder = mkdtempSync(join(tmpdir(), 'dossier-matches-'));
const dataDir = join(folder, 'data');
let graph: RunningGateway;
let statements: string[] = [];

/** Seeds of one document about a made-up place. Each of its statements contains the word. */
function writeSeeds(seedsDir: string): void {
  const length = STATEMENTS * 100;
  const digest = '0'.repeat(16);
  const write = (path: string, content: object): void => writeFileSync(join(seedsDir, path), JSON.stringify(content));
  for (const name of ['register', 'ruritania']) mkdirSync(join(seedsDir, name), { recursive: true });
  write('register/actors.yaml', {
    actors: [
      {
        id: 'ruritania',
        kind: 'POLITY',
        status: 'SOVEREIGN_STATE',
        name: 'Ruritania',
        references: [{ title: 'Made up' }],
      },
    ],
  });
  const paragraphs = [{ number: 1, role: 'BODY', at: [0, length], digest }];
  const document = {
    id: 'ruritania',
    title: 'Made up',
    publishedOn: { edtf: '2022-08-19', basis: 'STATED' },
    sha256: '0'.repeat(64),
    length,
    byteLength: length,
    paragraphs,
  };
  write('ruritania/document.yaml', { document });
  write('ruritania/statements.yaml', {
    statements: Array.from({ length: STATEMENTS }, (_, at) => ({
      id: `S${String(at).padStart(4, '0')}`,
      summary: `Statement ${at} about the ${WORD}.`,
      kind: 'FACT_REPORT',
      modality: 'ASSERTED',
      attribution: { status: 'EXPLICIT', speakers: ['ruritania'] },
      saidOn: { edtf: `2022-01-${String(1 + (at % 28)).padStart(2, '0')}`, basis: 'STATED' },
      passages: [{ at: [at * 100, at * 100 + 80], digest }],
    })),
  });
}

beforeAll(async () => {
  const seedsDir = join(folder, 'seeds');
  writeSeeds(seedsDir);
  await seedAll({ dataDir, seedsDir });
  graph = await startEmbedded({
    port: 0,
    host: '127.0.0.1',
    corsOrigins: [],
    dataDir,
    seedsDir: null,
    onStatement: (_, sql) => statements.push(sql),
  });
});
afterAll(async () => {
  await graph?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Runs an operation and returns the query plan of each SQL query with a search. */
async function plansOf(query: string): Promise<{ data: unknown; plans: string[] }> {
  statements = [];
  const { data, errors } = await graph.execute({ query });
  expect(errors).toBeUndefined();
  const store = new Database(storeFile(dataDir, 'statements'), { readonly: true });
  const plans = statements
    .filter((sql) => sql.includes('statement_search'))
    .flatMap((sql) =>
      (store.prepare(`explain query plan ${sql}`).all() as { detail: string }[]).map(({ detail }) => detail),
    );
  store.close();
  return { data, plans };
}

const filter = `{ search: "${`${WORD} `.repeat(40)}", from: "2022-01-02", until: "2022-01-31" }`;
const dated = Array.from({ length: STATEMENTS }, (_, at) => at).filter((at) => at % 28 > 0).length;

describe('a search with too many matches to check one by one', () => {
  it.each([
    [
      'in order of days',
      `{ found: statements(filter: ${filter}, orderBy: SAID_ON, first: 2) { totalCount nodes { id } } }`,
    ],
    [
      'of a speaker',
      `{ actor(id: "polity:ruritania") { found: statements(filter: ${filter}, first: 2) { totalCount nodes { id } } } }`,
    ],
    [
      'of a speaker, in order of days',
      `{ actor(id: "polity:ruritania") { found: statements(filter: ${filter}, orderBy: SAID_ON, first: 2) { totalCount nodes { id } } } }`,
    ],
  ])('is evaluated once for all rows: %s', async (_, query) => {
    const { data, plans } = await plansOf(query);

    expect(JSON.stringify(data)).toContain(`"totalCount":${dated},"nodes":[{"id":"statement:ruritania/S`);
    expect(plans.filter((detail) => detail.includes('VIRTUAL TABLE INDEX')).length).toBeGreaterThan(0);
    // `=` stands for a lookup of one row.
    expect(plans.filter((detail) => /VIRTUAL TABLE INDEX \d+:=/.test(detail))).toEqual([]);
  });
});
