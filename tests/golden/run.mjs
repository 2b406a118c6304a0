// `npm run golden`: compares the golden responses; `--update <name>` (or `all`) rewrites them.
import { spawnSync } from 'node:child_process';

const at = process.argv.indexOf('--update');
const name = at < 0 ? undefined : process.argv[at + 1];
if (at >= 0 && !name) {
  process.stderr.write('--update: expected part of the name of a golden query, or all.\n');
  process.exit(2);
}
const { status } = spawnSync('npx', ['vitest', 'run', 'tests/golden'], {
  stdio: 'inherit',
  env: { ...process.env, ...(name && { GOLDEN_UPDATE: name }) },
});
process.exit(status ?? 1);
