// `npm run bench`: every contender receives the same requests, alternately, and must return the same responses before anything is timed.
import { parseArgs } from 'node:util';
import { CONTENDER_NAMES, resourceUsage, startContender, stop, timeStart } from './contenders/index.mjs';
import { assertRealisticData, assertVaryingResponses } from './dataChecks.mjs';
import { load, sendOne } from './load.mjs';
import { bodiesOf, operations } from './operations.mjs';
import { profile } from './profile.mjs';
import { writeResults } from './report.mjs';
import { benchStores } from './stores.mjs';

const BODIES = 400;
/** Contenders whose start is not measured: `cached` starts the same program as `embedded`. */
const NOT_STARTED = ['cached'];

const { values } = parseArgs({
  options: {
    size: { type: 'string', default: '10000' },
    seconds: { type: 'string', default: '4' },
    rounds: { type: 'string', default: '5' },
    starts: { type: 'string', default: '5' },
    only: { type: 'string', default: CONTENDER_NAMES.join(',') },
    operation: { type: 'string' },
    quick: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
    profile: { type: 'boolean', default: false },
  },
});

const say = (text) => process.stdout.write(`${text}\n`);
const size = values.quick ? 1000 : Number(values.size);
const [seconds, rounds, turns] = values.quick
  ? [0.5, 1, 1]
  : [Number(values.seconds), Number(values.rounds), Number(values.starts)];
const names = values.only.split(',');
const selected = Object.entries(operations(size)).filter(
  ([name]) => !values.operation || values.operation.split(',').includes(name),
);

const stores = await benchStores(size);
assertRealisticData(stores.dataDir, size);
if (stores.seconds !== null) say(`${size} statements seeded in ${stores.seconds.toFixed(1)} s`);

if (values.profile) {
  say(await profile(stores, size, values.operation ?? 'page', seconds));
  process.exit(0);
}

const running = {};
try {
  for (const name of names) running[name] = await startContender(name, stores);
  await compareResponses();
  const results = [];
  for (const [operation, definition] of selected) results.push(...(await measure(operation, definition)));
  const starts = await measureStarts();
  say(writeResults({ size, seconds, rounds, results, starts }, values.write));
} finally {
  await Promise.all(Object.values(running).map(({ children }) => stop(children)));
}

/** `limit` supports only one operation. */
function answers(name, operation) {
  return name !== 'limit' || operation === 'page';
}

async function compareResponses() {
  for (const [operation, definition] of selected) {
    const contenders = names.filter((name) => answers(name, operation));
    const seen = [];
    for (const body of bodiesOf(definition, 1, 20)) {
      // Twice: the response from the cache must be the same.
      const texts = [];
      for (const name of contenders)
        for (let time = 0; time < 2; time++)
          texts.push({ name, text: (await sendOne(running[name].url, body)).trim() });
      const other = texts.find(({ text }) => text !== texts[0].text);
      if (other || texts[0].text.includes('"errors"'))
        throw new Error(
          `${operation}: ${texts[0].name} and ${other?.name} differ on ${body}\n${texts[0].text.slice(0, 500)}\n${other?.text.slice(0, 500)}`,
        );
      seen.push(texts[0].text);
    }
    assertVaryingResponses(operation, seen);
    say(`${operation}: the same answers from ${contenders.join(', ')}`);
  }
}

async function measure(operation, definition) {
  const contenders = names.filter((name) => answers(name, operation));
  const samples = Object.fromEntries(contenders.map((name) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    for (const name of contenders) {
      const { url, children } = running[name];
      const bodies = bodiesOf(definition, round * BODIES, BODIES);
      if (round === 0) await load(url, bodies, Math.min(2, seconds));
      const before = resourceUsage(children);
      const { requests, perSecond, median, p99 } = await load(url, bodies, seconds);
      const after = resourceUsage(children);
      samples[name].push({
        perSecond,
        cpu: ((after.cpu - before.cpu) / requests) * 1000,
        memory: after.memory,
        median,
        p99,
      });
    }
  }
  return contenders.map((name) => ({ operation, name, samples: samples[name] }));
}

/** Also alternately: starts only the gateway process, next to the idle running ones. */
async function measureStarts() {
  const [body] = bodiesOf(operations(size).page, 0, 1);
  const starts = Object.fromEntries(names.filter((name) => !NOT_STARTED.includes(name)).map((name) => [name, []]));
  for (let turn = 0; turn < turns; turn++)
    for (const name of Object.keys(starts))
      starts[name].push(await timeStart(running[name], stores, (url) => sendOne(url, body)));
  return starts;
}
