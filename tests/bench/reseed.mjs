// `npm run bench:reseed`: building all stores from scratch, and again after one statement was edited.
import { createHash } from 'node:crypto';
import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import Database from 'better-sqlite3';
import { documentOf } from './data.mjs';
import { formatMedian, replaceSection } from './report.mjs';
import { seed } from './seedRun.mjs';
import { SERVICES, writeSeeds } from './stores.mjs';

const PER_DOCUMENT = 20;
const { values } = parseArgs({
  options: {
    documents: { type: 'string', default: '1000,10000' },
    rounds: { type: 'string', default: '3' },
    write: { type: 'boolean', default: false },
  },
});

/** The revisions of all stores with sums over the digests of their rows, whatever their order; full-text indexes are left out. */
function contentsOf(dataDir) {
  return Object.keys(SERVICES).map((name) => {
    const sqlite = new Database(join(dataDir, `${name}.sqlite`), { readonly: true });
    const tables = sqlite
      .prepare(
        "select name from sqlite_schema where type = 'table' and name not like '%_search%' and name not like 'sqlite_%'",
      )
      .pluck()
      .all();
    const sums = tables.map((table) => {
      let sum = 0n;
      for (const row of sqlite.prepare(`select * from "${table}"`).raw().iterate())
        sum += createHash('md5').update(JSON.stringify(row)).digest().readBigUInt64LE();
      return `${table} ${sum}`;
    });
    sqlite.close();
    return [name, ...sums].join(', ');
  });
}

const rows = [];
for (const documents of values.documents.split(',').map(Number)) {
  const dir = join(tmpdir(), `dossier-reseed-${documents}`);
  const seedsDir = await writeSeeds(documents * PER_DOCUMENT, dir, undefined, PER_DOCUMENT);
  const dataDir = join(dir, 'data');
  rmSync(dataDir, { recursive: true, force: true });
  const scratch = seed(seedsDir, dataDir);
  const contents = contentsOf(dataDir);
  const edited = join(seedsDir, documentOf(documents >> 1), 'statements.yaml');
  const original = readFileSync(edited, 'utf8');
  const again = [];
  for (let round = Number(values.rounds); round > 0; round--) {
    // The last round undoes the changes, so the stores have to be as they were.
    writeFileSync(edited, round === 1 ? original : original.replace('"summary":"', `"summary":"Edited ${round} `));
    again.push(seed(seedsDir, dataDir));
  }
  if (contentsOf(dataDir).join() !== contents.join())
    throw new Error('The stores differ from those built from scratch.');
  const size = Object.keys(SERVICES).reduce((sum, name) => sum + statSync(join(dataDir, `${name}.sqlite`)).size, 0);
  rows.push({ documents, size, scratch, again });
  rmSync(dir, { recursive: true, force: true });
}
const of = (runs, field) => formatMedian(runs.map((run) => run[field]));
const text = [
  `${PER_DOCUMENT} statements in each document, Node ${process.versions.node}, ${cpus().length} cores that other work shares. One run from scratch, and ${values.rounds} after one statement was edited: the median, with the minimum and maximum. After the last, which undoes the edits, revisions and rows are those from scratch.`,
  '',
  '| documents | stores, MB | from scratch, CPU s | s | after one change, CPU s | s | times less CPU | times less time |',
  '| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |',
  ...rows.map(({ documents, size, scratch, again }) =>
    [
      '',
      documents,
      (size / 1e6).toFixed(0),
      scratch.cpu.toFixed(1),
      scratch.seconds.toFixed(1),
      of(again, 'cpu'),
      of(again, 'seconds'),
      formatMedian(again.map(({ cpu }) => scratch.cpu / cpu)),
      formatMedian(again.map(({ seconds }) => scratch.seconds / seconds)),
      '',
    ]
      .join(' | ')
      .trim(),
  ),
].join('\n');
process.stdout.write(`${text}\n`);
if (values.write) replaceSection('reseed', text);
