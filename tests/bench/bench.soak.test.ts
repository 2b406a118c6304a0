import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { chromium } from '../support/needs.js';

it('the benchmark runs, its contenders return the same responses, and it reports every ratio that has a target', () => {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [fileURLToPath(new URL('run.mjs', import.meta.url)), '--quick'],
    { encoding: 'utf8' },
  );
  expect(status, stderr).toBe(0);
  expect(stdout.match(/the same answers from embedded, cached, services, stock, hive/g)?.length).toBeGreaterThanOrEqual(
    5,
  );
  expect(stdout.match(/\| \d+\.\d\d \(.+\) \| at (least|most) /g)).toHaveLength(8);
}, 240_000);

it('growth is reported for pages, search and seeding', () => {
  const args = [
    fileURLToPath(new URL('growth.mjs', import.meta.url)),
    '--sizes',
    '1000,1500',
    '--seconds',
    '0.2',
    '--rounds',
    '1',
  ];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  expect(status, stderr).toBe(0);
  expect(stdout.match(/\| \d+\.\d\d( \(.+\))? \| at (least|most) /g)).toHaveLength(5);
}, 240_000);

const inChromium = { ...chromium.options, timeout: 240_000 };
it.skipIf(chromium.isMissing)('no task of the annotation page is long while words are selected', inChromium, () => {
  const args = [fileURLToPath(new URL('pages.mjs', import.meta.url)), '--words', '10000', '--rounds', '1'];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  expect(status, stdout + stderr).toBe(0);
  expect(stdout.match(/\| (?:under 50|\d+ \(.+\)) \| at most 100 \|/g)).toHaveLength(5);
});
