// `npm run bench:growth`: the same operations on stores of several sizes, one client at a time.
import { parseArgs } from 'node:util';
import { CONTENDERS, stop } from './contenders/index.mjs';
import { load } from './load.mjs';
import { bodiesOf, operations } from './operations.mjs';
import { benchStores } from './stores.mjs';

const { values } = parseArgs({ options: { sizes: { type: 'string', default: '1000,100000' }, seconds: { type: 'string', default: '3' } } });
const sizes = values.sizes.split(',').map(Number);
const say = (text) => process.stdout.write(`${text}\n`);

const medians = {};
const seeding = {};
for (const size of sizes) {
  const { dataDir, seconds } = benchStores(size);
  if (seconds !== null) seeding[size] = size / seconds;
  const { url, children } = await CONTENDERS.embedded(dataDir);
  try {
    for (const [name, operation] of Object.entries(operations(size))) {
      const bodies = bodiesOf(operation, 0, 400);
      await load(url, bodies, 1, 1);
      medians[name] ??= {};
      medians[name][size] = (await load(url, bodies, Number(values.seconds), 1)).median;
    }
  } finally {
    await stop(children);
  }
}
say(`| operation | ${sizes.map((size) => `${size} statements, ms`).join(' | ')} | × |`);
say(`| --- | ${sizes.map(() => '---:').join(' | ')} | ---: |`);
for (const [name, of] of Object.entries(medians)) say(`| ${name} | ${sizes.map((size) => of[size].toFixed(2)).join(' | ')} | ${(of[sizes.at(-1)] / of[sizes[0]]).toFixed(1)} |`);
for (const [size, rate] of Object.entries(seeding)) say(`Seeding ${size} statements with what hangs on them: ${rate.toFixed(0)} statements a second.`);
