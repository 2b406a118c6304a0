// `npm run scorecards`: compares the results with docs/standards.md; `--update` writes them there.
// `npm run scorecards -- --audit <folder> [--suite <name>] [--execution stock]`: runs the federation gateway audit of a checkout.
import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';
import { runAudit } from './audit.mjs';

const { values } = parseArgs({
  options: {
    update: { type: 'boolean', default: false },
    audit: { type: 'string' },
    suite: { type: 'string', default: '' },
    execution: { type: 'string', default: 'own' },
  },
});

if (values.audit === undefined) {
  const { status } = spawnSync('npx', ['vitest', 'run', 'tests/scorecards', '--no-file-parallelism'], {
    stdio: 'inherit',
    env: { ...process.env, ...(values.update && { SCORECARDS_UPDATE: '1' }) },
  });
  process.exit(status ?? 1);
}

const { passed, cases } = await runAudit(values.audit, {
  execution: values.execution,
  only: values.suite,
  onSuite: (id, { cases: count, list }) => {
    process.stdout.write(`${list.length === 0 ? 'passed' : 'FAILED'} ${id}: ${count - list.length} of ${count}\n`);
    for (const { query, expected, received } of list)
      process.stdout.write(
        `  ${query.replaceAll(/\s+/g, ' ')}\n  expected ${JSON.stringify(expected)}\n  received ${JSON.stringify(received)}\n`,
      );
  },
});
process.stdout.write(`${passed} of ${cases} cases passed.\n`);
process.exit(passed === cases ? 0 : 1);
