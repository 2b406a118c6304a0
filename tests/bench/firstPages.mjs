import { startContender, stop } from './contenders/index.mjs';
import { sendOne } from './load.mjs';
import { bodiesOf, operations } from './operations.mjs';
import { blocksAgainst } from './postgres.mjs';

/** Requests to a program that was just started: more would find the rows of a small store in its memory. */
const REQUESTS = 10;

/**
 * A table of the blocks that the first pages of a program read, by operation: at the smallest and the largest size, and their ratio for the
 * same queries and numbers of rows. `storesOf` returns the stores of a size.
 */
export async function firstPages(server, [smallest, largest], storesOf) {
  const lines = [];
  for (const name of Object.keys(operations(largest))) {
    const [small, large] = [await countsOf(name, smallest), await countsOf(name, largest)];
    const perPage = [small, large].map((counts) => (sumOf(counts) / REQUESTS).toFixed(0));
    lines.push(`| ${name} | ${perPage.join(' | ')} | ${blocksAgainst(large, small).toFixed(2)} |`);
  }
  return [
    `Blocks of 8 KB that the first ${REQUESTS} different requests to a program read, for each request; and their ratio for the same queries and numbers of rows, at most 1.5.`,
    '',
    `| operation | ${smallest} statements | ${largest} statements | × |`,
    '| --- | ---: | ---: | ---: |',
    ...lines,
  ];

  async function countsOf(name, size) {
    const { url, children } = await startContender('embedded', storesOf(size));
    await server.reset(size);
    for (const body of bodiesOf(operations(size)[name], 20_000, REQUESTS)) await sendOne(url, body);
    await stop(children);
    return server.counts(size);
  }
}

const sumOf = (counts) => [...counts.values()].reduce((sum, { blocks }) => sum + blocks, 0);
