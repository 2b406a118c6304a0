// `npm run bench:reseed`: building all stores from scratch, and again after one statement was edited.
import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { fromWorkspace } from '@dossier/config';
import { documentOf } from './data.mjs';
import { replaceSection } from './report.mjs';
import { SERVICES, writeSeeds } from './stores.mjs';

const PER_DOCUMENT = 20;
const { values } = parseArgs({
  options: {
    documents: { type: 'string', default: '1000,10000' },
    rounds: { type: 'string', default: '3' },
    keep: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
  },
});
const say = (text) => process.stdout.write(`${text}\n`);

/** Runs `npm run seed` without npm. Returns its CPU and wall time in seconds. */
function seed(seedsDir, dataDir) {
  const usedBefore = childCpu();
  const startedAt = performance.now();
  const { status, stderr } = spawnSync(process.execPath, [fromWorkspace('gateway/dist/seedCli.js')], {
    env: { ...process.env, SEEDS_DIR: seedsDir, DATA_DIR: dataDir, DOCUMENTS_DIR: '' },
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`seeding failed: ${stderr}`);
  return { seconds: (performance.now() - startedAt) / 1000, cpu: childCpu() - usedBefore };
}

/** CPU seconds of all children that have ended. */
function childCpu() {
  // https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html: fields 16 and 17, in hundredths of a second.
  const fields = readFileSync('/proc/self/stat', 'utf8').split(') ')[1].split(' ');
  return (Number(fields[13]) + Number(fields[14])) / 100;
}

const median = (numbers) => [...numbers].sort((a, b) => a - b)[numbers.length >> 1];
const rows = [];
for (const documents of values.documents.split(',').map(Number)) {
  const dir = join(tmpdir(), `dossier-reseed-${documents}`);
  const seedsDir = await writeSeeds(documents * PER_DOCUMENT, dir, undefined, PER_DOCUMENT);
  const dataDir = join(dir, 'data');
  rmSync(dataDir, { recursive: true, force: true });
  const scratch = seed(seedsDir, dataDir);
  const edited = join(seedsDir, documentOf(documents >> 1), 'statements.yaml');
  const original = readFileSync(edited, 'utf8');
  const again = [];
  for (let round = 0; round < Number(values.rounds); round++) {
    writeFileSync(edited, original.replace('"summary":"', `"summary":"Edited ${round} `));
    again.push(seed(seedsDir, dataDir));
  }
  const size = Object.keys(SERVICES).reduce((sum, name) => sum + statSync(join(dataDir, `${name}.sqlite`)).size, 0);
  writeFileSync(edited, original);
  rows.push({ documents, size, scratch, again });
  if (!values.keep) rmSync(dir, { recursive: true, force: true });
}
const of = (runs, field) => median(runs.map((run) => run[field]));
const text = [
  `${PER_DOCUMENT} statements in each document, Node ${process.versions.node}, ${cpus().length} cores that other work shares. One run from scratch, and the median of ${values.rounds} after one statement was edited.`,
  '',
  '| documents | stores, MB | from scratch, CPU s | s | after one change, CPU s | s | times less CPU |',
  '| ---: | ---: | ---: | ---: | ---: | ---: | ---: |',
  ...rows.map(
    ({ documents, size, scratch, again }) =>
      `| ${documents} | ${(size / 1e6).toFixed(0)} | ${scratch.cpu.toFixed(1)} | ${scratch.seconds.toFixed(1)} | ${of(again, 'cpu').toFixed(1)} | ${of(again, 'seconds').toFixed(1)} | ${(scratch.cpu / of(again, 'cpu')).toFixed(1)} |`,
  ),
].join('\n');
say(text);
if (values.write) replaceSection('reseed', text);
