// `npm run bench:threads`: building all stores from scratch with one thread and with several, in alternating rounds.
import { rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { formatMedian, replaceSection } from './report.mjs';
import { seed } from './seedRun.mjs';
import { writeSeeds } from './stores.mjs';

const PER_DOCUMENT = 20;
const { values } = parseArgs({
  options: {
    documents: { type: 'string', default: '2000' },
    rounds: { type: 'string', default: '5' },
    threads: { type: 'string', default: '1' },
    write: { type: 'boolean', default: false },
  },
});
const [documents, rounds] = [Number(values.documents), Number(values.rounds)];
const dir = join(tmpdir(), `dossier-threads-${documents}`);
const seedsDir = await writeSeeds(documents * PER_DOCUMENT, dir, undefined, PER_DOCUMENT);
const runs = { one: [], several: [] };
for (let round = 0; round < rounds; round++) {
  for (const [name, threads] of Object.entries({ one: '0', several: values.threads })) {
    const dataDir = join(dir, 'data');
    rmSync(dataDir, { recursive: true, force: true });
    runs[name].push(seed(seedsDir, dataDir, { SEED_THREADS: threads }));
  }
}
rmSync(dir, { recursive: true, force: true });
const ratios = runs.several.map(({ seconds }, round) => seconds / runs.one[round].seconds);
const row = (name, of, ratio) =>
  `| ${name} | ${formatMedian(of.map(({ seconds }) => seconds))} | ${formatMedian(of.map(({ cpu }) => cpu))} | ${ratio} |`;
const text = [
  `${documents} documents of ${PER_DOCUMENT} statements, Node ${process.versions.node}, ${cpus().length} cores that other work shares, ${rounds} alternating rounds. Medians, with the minimum and maximum.`,
  '',
  '| threads | s | CPU s | time against one thread |',
  '| --- | ---: | ---: | ---: |',
  row('one', runs.one, '1'),
  row(`${values.threads} more to read folders`, runs.several, formatMedian(ratios, 2)),
].join('\n');
process.stdout.write(`${text}\n`);
if (values.write) replaceSection('threads', text);
