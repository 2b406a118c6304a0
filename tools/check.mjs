// npm run check: all checks that are not tests. Runs every step, even after a failure, prints the duration of each, and writes
// reports/check.json in the format of the test reports.
import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { NO_TELEMETRY } from './build.mjs';

const root = join(import.meta.dirname, '..');
const REPORT = join(root, 'reports/check.json');

const STEPS = {
  build: 'npm run build',
  lint: 'npm run lint',
  'unused code': 'npx knip',
  'boundaries between packages': 'npx turbo boundaries',
  'types of all tests': 'npx tsc -p tests',
  'generated types of the services': 'npm run codegen -- --check',
  'gateway/supergraph.graphql': 'npm run compose -- --check',
  'changes of the schema': 'npm run schema:changes',
  'generated docs': 'npm run docs -- --check',
  'docs/third-party.md': 'npm run third-party -- --check',
  'the manifest of the client': 'npm run manifest -w packages/client -- --check',
};

/** Runs a command. `passed` is whether its exit status is 0; `duration` is in milliseconds. */
async function run(command) {
  const startedAt = performance.now();
  const child = spawn(command, {
    cwd: root,
    shell: true,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, ...NO_TELEMETRY },
  });
  const status = await new Promise((resolve) => child.once('exit', resolve));
  return { passed: status === 0, duration: performance.now() - startedAt };
}

const results = [];
for (const [title, command] of Object.entries(STEPS)) {
  process.stdout.write(`\n${title}: ${command}\n`);
  results.push({ title, ...(await run(command)) });
}
const assertionResults = results.map(({ title, passed, duration }) => ({
  title,
  status: passed ? 'passed' : 'failed',
  duration,
}));
const numPassedTests = results.filter(({ passed }) => passed).length;
const numFailedTests = results.length - numPassedTests;
mkdirSync(join(root, 'reports'), { recursive: true });
writeFileSync(
  REPORT,
  JSON.stringify({
    numPassedTests,
    numFailedTests,
    testResults: [{ name: 'npm run check', status: numFailedTests > 0 ? 'failed' : 'passed', assertionResults }],
  }),
);

process.stdout.write('\n');
for (const { title, passed, duration } of results)
  process.stdout.write(`${passed ? 'passed' : 'FAILED'} ${(duration / 1000).toFixed(1).padStart(6)} s  ${title}\n`);
process.exitCode = numFailedTests > 0 ? 1 : 0;
