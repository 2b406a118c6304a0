// `npm run scorecards`: holds what is measured against docs/standards.md; with `--update` writes it there.
import { spawnSync } from 'node:child_process';

const update = process.argv.includes('--update');
const { status } = spawnSync('npx', ['vitest', 'run', 'tests/scorecards', '--no-file-parallelism'], { stdio: 'inherit', env: { ...process.env, ...(update && { SCORECARDS_UPDATE: '1' }) } });
process.exit(status ?? 1);
