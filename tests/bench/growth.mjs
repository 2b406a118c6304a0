// `npm run bench:growth`: the same operations on stores of several sizes, alternately, one client at a time.
import { parseArgs } from 'node:util';
import { startContender, stop } from './contenders/index.mjs';
import { assertRealisticData, assertVaryingResponses } from './dataChecks.mjs';
import { load, sendOne } from './load.mjs';
import { bodiesOf, operations } from './operations.mjs';
import { formatMedian, replaceSection } from './report.mjs';
import { benchStores } from './stores.mjs';

const { values } = parseArgs({
  options: {
    sizes: { type: 'string', default: '1000,100000' },
    seconds: { type: 'string', default: '3' },
    rounds: { type: 'string', default: '3' },
    write: { type: 'boolean', default: false },
  },
});
const sizes = values.sizes.split(',').map(Number);
const [smallest, largest] = [sizes[0], sizes.at(-1)];
const say = (text) => process.stdout.write(`${text}\n`);

const running = new Map();
const rates = new Map();
/** The medians of all rounds by operation and size. */
const medians = {};
try {
  for (const size of sizes) {
    const stores = await benchStores(size);
    assertRealisticData(stores.dataDir, size);
    rates.set(size, stores.rate);
    running.set(size, await startContender('embedded', stores));
  }
  for (const operation of Object.keys(operations(largest))) {
    medians[operation] = new Map(sizes.map((size) => [size, []]));
    for (let round = 0; round < Number(values.rounds); round++)
      for (const size of sizes) medians[operation].get(size).push(await medianOf(operation, size, round));
  }
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
    await load(url, bodies, 1, 1);
  }
  return (await load(url, bodies, Number(values.seconds), 1)).median;
}

const against = (operation, size, other, otherSize) =>
  medians[operation].get(size).map((took, round) => took / medians[other].get(otherSize)[round]);
const text = [
  `${sizes.join(', ')} statements, ${values.rounds} alternating rounds of ${values.seconds} s, embedded, one client. Medians, with the minimum and maximum of the rounds.`,
  '',
  `| ${largest} statements against ${smallest} | measured | target |`,
  '| --- | ---: | --- |',
  `| keyset page, time | ${formatMedian(against('keyset', largest, 'keyset', smallest), 2)} | at most 2, better 1.3 |`,
  `| nested page, time | ${formatMedian(against('page', largest, 'page', smallest), 2)} | at most 2, better 1.3 |`,
  `| search for a word in half of ${largest} statements against a keyset page of them, time | ${formatMedian(against('common', largest, 'keyset', largest), 2)} | at most 100, better 20 |`,
  `| the same, ordered by relevance | ${formatMedian(against('ranked', largest, 'keyset', largest), 2)} | at most 100, better 20 |`,
  ...sizes
    .slice(0, -1)
    .map(
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
  '',
  `Seeding rate with all checks, when the stores were built: ${sizes.map((size) => `${rates.get(size).toFixed(0)} statements per second at ${size}`).join(', ')}.`,
].join('\n');
say(text);
if (values.write) replaceSection('growth', text);
