// `npm run bench:worst`: what the most expensive operations take that the default limits admit, against programs as they are deployed.
import { readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { putIn } from './report.mjs';
import { refuseDegenerate } from './sound.mjs';
import { benchStores } from './stores.mjs';
import { measure } from './worst/measure.mjs';
import { startPrograms } from './worst/programs.mjs';

/** What deploy/ gives a process, and what a probe waits at most. */
const BUDGETS = { memory: 512, health: 500 };
const MODES = ['embedded', 'services'];

const { values } = parseArgs({
  options: {
    size: { type: 'string', default: '10000' },
    only: { type: 'string' },
    modes: { type: 'string', default: MODES.join(',') },
    write: { type: 'boolean', default: false },
  },
});
const say = (text) => process.stdout.write(`${text}\n`);
const size = Number(values.size);
const stores = benchStores(size);
refuseDegenerate(stores.dataDir, size);
const operations = Object.entries(JSON.parse(readFileSync(new URL('./worst/operations.json', import.meta.url), 'utf8'))).filter(([name]) => !values.only || values.only.split(',').includes(name));

const rows = [];
const broken = [];
for (const mode of values.modes.split(',')) {
  const programs = await startPrograms(mode, stores);
  try {
    // What is started is not to be charged to the first of them.
    await measure(programs, { query: '{ statements(first: 1) { nodes { id } } }', variables: {} });
    for (const [name, operation] of operations) {
      const measured = await measure(programs, operation);
      rows.push(rowOf(name, mode, operation, measured));
      say(rows.at(-1));
      if (measured.memory > BUDGETS.memory) broken.push(`${name}, ${mode}: ${measured.memory.toFixed(0)} MB; expected at most ${BUDGETS.memory}.`);
      // By CPU, since the clock also counts what other processes of the machine do.
      if (Math.max(measured.pause, measured.pauseTogether) > BUDGETS.health) broken.push(`${name}, ${mode}: the main thread did nothing else for ${Math.max(measured.pause, measured.pauseTogether).toFixed(0)} ms; expected at most ${BUDGETS.health}.`);
    }
  } finally {
    await Promise.all(programs.map((program) => program.stop()));
  }
}

function rowOf(name, mode, { query, variables }, { status, codes, bytes, planning, milliseconds, cpu, pause, health, pauseTogether, healthTogether, memory }) {
  const sent = Buffer.byteLength(JSON.stringify({ query, variables }));
  const whole = [planning, milliseconds, cpu, pause, pauseTogether, health, healthTogether, memory].map((number) => number.toFixed(0));
  return `| ${name} | ${mode} | ${sent} | ${[status, ...codes].join(' ')} | ${bytes} | ${whole.join(' | ')} |`;
}

const text = [
  `${size} statements, Node ${process.versions.node}, ${cpus().length} cores that other work shares. Default settings, no response cached, each process with the heap that V8 gives it under 512 MB.`,
  '',
  '| most | mode | bytes sent | status | bytes received | planning ms | ms | CPU ms | pause ms | of 8 | health ms | of 8 | MB |',
  '| --- | --- | ---: | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |',
  ...rows,
].join('\n');
say(`\n${text}\n`);
if (values.write) putIn('worst', text);
for (const budget of broken) say(`Over budget: ${budget}`);
if (broken.length > 0) process.exitCode = 1;
