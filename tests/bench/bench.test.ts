import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

it('the benchmark runs, and its contenders give the same answers', () => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [fileURLToPath(new URL('run.mjs', import.meta.url)), '--quick', '--only', 'embedded,cached,services,stock,limit'], {
    encoding: 'utf8',
  });
  expect(status, stderr).toBe(0);
  expect(stdout.match(/the same answers from/g)?.length).toBeGreaterThanOrEqual(5);
}, 180_000);
