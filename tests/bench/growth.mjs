// `npm run bench:growth`: the same operations on stores of several sizes, alternately, one client at a time.
import { parseArgs } from 'node:util';
import { resourceUsage, startContender, stop } from './contenders/index.mjs';
import { assertRealisticData, assertVaryingResponses } from './dataChecks.mjs';
import { firstPages } from './firstPages.mjs';
import { load, sendOne } from './load.mjs';
import { bodiesOf, operations } from './operations.mjs';
import { startServer } from './postgres.mjs';
import { formatMedian, middle, replaceSection } from './report.mjs';
import { benchStores } from './stores.mjs';

const { values } = parseArgs({
  options: {
    sizes: { type: 'string', default: '1000,100000' },
    seconds: { type: 'string', default: '3' },
    rounds: { type: 'string', default: '3' },
    engine: { type: 'string', default: 'sqlite' },
    write: { type: 'boolean', default: false },
  },
});
const sizes = values.sizes.split(',').map(Number);
const [smallest, largest] = [sizes[0], sizes.at(-1)];
/** Requests before a measurement. */
const WARM_UP = 600;
/** Requests of each operation that are sent once. */
const FRESH = 400;
const say = (text) => process.stdout.write(`${text}\n`);

const server = values.engine === 'postgres' ? await startServer() : null;
/** The publications of all sizes. */
const published = new Map();
/** CPU milliseconds of each request, by operation and size. */
const cpu = {};
/** The same for requests that were not sent before, whose rows are read from the store. */
const fresh = {};
/** Lines about the blocks that first pages read. */
let blocks = [];

const running = new Map();
const rates = new Map();
/** The medians of all rounds by operation and size. */
const medians = {};
try {
  for (const size of sizes) {
    const stores = await benchStores(size);
    assertRealisticData(stores.dataDir, size);
    rates.set(size, stores.rate);
    if (server) published.set(size, { ...stores, ...(await server.publish(size, stores.dataDir)) });
    running.set(size, await startContender('embedded', published.get(size) ?? stores));
  }
  for (const operation of Object.keys(operations(largest))) {
    medians[operation] = new Map(sizes.map((size) => [size, []]));
    for (let round = 0; round < Number(values.rounds); round++)
      for (const size of sizes) medians[operation].get(size).push(await medianOf(operation, size, round));
    await measureFresh(operation);
  }
  if (server) blocks = await firstPages(server, [smallest, largest], (size) => published.get(size));
} finally {
  await Promise.all([...running.values()].map(({ children }) => stop(children)));
}

async function medianOf(name, size, round) {
  const { url } = running.get(size);
  const bodies = bodiesOf(operations(size)[name], 0, 400);
  if (round === 0) {
    const answers = [];
    for (const body of bodies.slice(0, 20)) answers.push(await sendOne(url, body));
    assertVaryingResponses(name, answers);
    // Until the code that runs often is compiled.
    for (let sent = 0; sent < WARM_UP; ) sent += (await load(url, bodies, 1, 1)).requests;
  }
  const before = cpuOf(size);
  const { median, requests } = await load(url, bodies, Number(values.seconds), 1);
  const after = cpuOf(size);
  cpu[name] ??= new Map(sizes.map((each) => [each, { program: [], server: [] }]));
  for (const part of ['program', 'server'])
    cpu[name].get(size)[part].push(((after[part] - before[part]) * 1000) / requests);
  return median;
}

/** CPU seconds of the program and the server so far. */
function cpuOf(size) {
  return { program: resourceUsage(running.get(size).children).cpu, server: server?.cpu() ?? 0 };
}

/** Measures requests that were not sent before. */
async function measureFresh(name) {
  fresh[name] = new Map();
  for (const size of sizes) {
    const before = cpuOf(size);
    for (const body of bodiesOf(operations(size)[name], 10_000, FRESH)) await sendOne(running.get(size).url, body);
    const after = cpuOf(size);
    const spent = (part) => [((after[part] - before[part]) * 1000) / FRESH];
    fresh[name].set(size, { program: spent('program'), server: spent('server') });
  }
}

const against = (operation, size, other, otherSize) =>
  medians[operation].get(size).map((took, round) => took / medians[other].get(otherSize)[round]);
/** CPU of the program, and that of the server if there is one. Medians of the rounds. */
const cpuText = (used) =>
  [used.program, ...(server ? [used.server] : [])].map((samples) => middle(samples).toFixed(2)).join(' + ');
const text = [
  `${sizes.join(', ')} statements, ${values.rounds} alternating rounds of ${values.seconds} s, embedded, one client. Medians, with the minimum and maximum of the rounds.${server ? ' Stores in PostgreSQL on the same machine, plans for any parameters, 256 MB of shared buffers.' : ''}`,
  '',
  `| ${largest} statements against ${smallest} | measured | target |`,
  '| --- | ---: | --- |',
  `| keyset page, time | ${formatMedian(against('keyset', largest, 'keyset', smallest), 2)} | at most 2, better 1.3 |`,
  `| nested page, time | ${formatMedian(against('page', largest, 'page', smallest), 2)} | at most 2, better 1.3 |`,
  `| search for a word in half of ${largest} statements against a keyset page of them, time | ${formatMedian(against('common', largest, 'keyset', largest), 2)} | at most 100, better 20 |`,
  `| the same, ordered by relevance | ${formatMedian(against('ranked', largest, 'keyset', largest), 2)} | at most 100, better 20 |`,
  // Publishing follows seeding, which the run on files measures.
  ...(server ? [] : sizes.slice(0, -1)).map(
    (size) =>
      `| seeding, statements per second, ${largest} against ${size} | ${(rates.get(largest) / rates.get(size)).toFixed(2)} | at least 0.8, better 1 |`,
  ),
  '',
  `| operation | ${sizes.map((size) => `${size} statements, ms`).join(' | ')} | × |`,
  `| --- | ${sizes.map(() => '---:').join(' | ')} | ---: |`,
  ...Object.keys(medians).map(
    (name) =>
      `| ${name} | ${sizes.map((size) => formatMedian(medians[name].get(size), 2)).join(' | ')} | ${formatMedian(against(name, largest, name, smallest))} |`,
  ),
  ...(server ? ['', ...blocks] : []),
  '',
  `CPU for each request, in ms${server ? ': of the program and of the server' : ''}. New: ${FRESH} requests that were not sent before, so that their rows are read from the store.`,
  '',
  `| operation | ${sizes.map((size) => `${size} statements`).join(' | ')} | ${sizes.map((size) => `new, ${size} statements`).join(' | ')} |`,
  `| --- | ${sizes.map(() => '---: | ---:').join(' | ')} |`,
  ...Object.keys(medians).map(
    (name) =>
      `| ${name} | ${[cpu, fresh].flatMap((of) => sizes.map((size) => cpuText(of[name].get(size)))).join(' | ')} |`,
  ),
  '',
  ...(server
    ? [
        `Publishing: ${sizes.map((size) => `${(size / published.get(size).seconds).toFixed(0)} statements per second and ${(published.get(size).bytes / size).toFixed(0)} bytes for each at ${size}`).join(', ')}.`,
      ]
    : [
        `Seeding rate with all checks, when the stores were built: ${sizes.map((size) => `${rates.get(size).toFixed(0)} statements per second at ${size}`).join(', ')}.`,
      ]),
].join('\n');
say(text);
if (values.write) replaceSection(server ? 'growth-postgres' : 'growth', text);
// The server would keep this process running.
process.exit();
