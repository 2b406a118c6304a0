// `npm run bench:worst`: time and memory of the most expensive operations that the default limits admit, as tests/worst found them,
// in processes with the memory that deploy/ gives them.
import { readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { assertRealisticData } from './dataChecks.mjs';
import { replaceSection } from './report.mjs';
import { benchStores } from './stores.mjs';
import { measure } from './worst/measure.mjs';
import { startPrograms } from './worst/programs.mjs';

/** Megabytes that deploy/ gives a process, and milliseconds within which a health check must be answered. */
const BUDGETS = { memory: 512, health: 500 };
const MODES = ['embedded', 'services'];

const { values } = parseArgs({
  options: {
    size: { type: 'string', default: '5000' },
    only: { type: 'string' },
    modes: { type: 'string', default: MODES.join(',') },
    write: { type: 'boolean', default: false },
  },
});
const say = (text) => process.stdout.write(`${text}\n`);
const size = Number(values.size);
const stores = await benchStores(size);
assertRealisticData(stores.dataDir, size);
const operations = Object.entries(
  JSON.parse(readFileSync(new URL('./worst/operations.json', import.meta.url), 'utf8')),
).filter(([name]) => !values.only || values.only.split(',').includes(name));

const rows = [];
const broken = [];
for (const mode of values.modes.split(',')) {
  const programs = await startPrograms(mode, stores);
  try {
    // Warms up, so that the first operation does not include what is done once.
    await measure(programs, { query: '{ statements(first: 1) { nodes { id } } }', variables: {} });
    for (const [name, operation] of operations) {
      const measured = await measure(programs, operation);
      rows.push(rowOf(name, mode, operation, measured));
      say(rows.at(-1));
      if (measured.memory > BUDGETS.memory)
        broken.push(`${name}, ${mode}: ${measured.memory.toFixed(0)} MB; expected at most ${BUDGETS.memory}.`);
      // In CPU time, which other processes of the machine do not change.
      if (Math.max(measured.pause, measured.pauseTogether) > BUDGETS.health)
        broken.push(
          `${name}, ${mode}: the main thread did nothing else for ${Math.max(measured.pause, measured.pauseTogether).toFixed(0)} ms; expected at most ${BUDGETS.health}.`,
        );
    }
  } finally {
    await Promise.all(programs.map((program) => program.stop()));
  }
}

function rowOf(
  name,
  mode,
  { query, variables },
  { status, codes, bytes, planning, milliseconds, cpu, pause, health, pauseTogether, healthTogether, memory },
) {
  const sent = Buffer.byteLength(JSON.stringify({ query, variables }));
  const whole = [planning, milliseconds, cpu, pause, pauseTogether, health, healthTogether, memory].map((number) =>
    number.toFixed(0),
  );
  return `| ${name} | ${mode} | ${sent} | ${[status, ...codes].join(' ')} | ${bytes} | ${whole.join(' | ')} |`;
}

const text = [
  `${size} statements, Node ${process.versions.node}, ${cpus().length} cores that other work shares. Default settings without a response cache; each process has a heap of at most 256 MB, as V8 chooses it in a container of 512 MB. \`pause\` is the longest CPU time of the main thread between two turns of the event loop, \`health\` the slowest health check by the clock, \`of 8\` the same while eight such requests run at once.`,
  '',
  '| operation with the most | mode | bytes sent | status | bytes received | planning ms | ms | CPU ms | pause ms | of 8 | health ms | of 8 | MB |',
  '| --- | --- | ---: | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |',
  ...rows,
].join('\n');
say(`\n${text}\n`);
if (values.write) replaceSection('worst', text);
for (const budget of broken) say(`Over budget: ${budget}`);
if (broken.length > 0) process.exitCode = 1;
