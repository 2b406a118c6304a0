import { Worker } from 'node:worker_threads';
import { expect, it } from 'vitest';
import { cpuSeconds } from './cpu.mjs';

const BURN = 'for (const end = performance.now() + 300; performance.now() < end; );';

/** CPU seconds of this process while something is done: as /proc has them, and as Node does. */
async function measured(act: () => unknown): Promise<[number, number]> {
  const [before, usage] = [cpuSeconds(process.pid), process.cpuUsage()];
  await act();
  const { user, system } = process.cpuUsage(usage);
  return [cpuSeconds(process.pid) - before, (user + system) / 1e6];
}

it('counts the CPU time of a process', async () => {
  const [counted, expected] = await measured(() => new Function(BURN)());

  expect(counted).toBeGreaterThan(0.02);
  expect(Math.abs(counted - expected)).toBeLessThan(0.03);
});

it('counts threads, also those that have ended', async () => {
  const [counted, expected] = await measured(
    () => new Promise((resolve) => new Worker(BURN, { eval: true }).once('exit', resolve)),
  );

  expect(counted).toBeGreaterThan(0.02);
  expect(Math.abs(counted - expected)).toBeLessThan(0.03);
});
