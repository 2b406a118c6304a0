// npm run check: all checks that are not tests. Runs every step, even after a failure, prints the output and the duration of each,
// and writes reports/check.json in the format of the test reports.
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

/** The step that takes as long as all others together. It uses one core, and they run at the same time. */
const LONGEST = 'types of all tests';

/** Runs a step, and prints its output when it has ended. `passed` is whether its exit status is 0; `duration` is in milliseconds. */
async function run(title) {
  const command = STEPS[title];
  const output = [];
  const startedAt = performance.now();
  const child = spawn(command, {
    cwd: root,
    shell: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...NO_TELEMETRY },
  });
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => output.push(chunk));
  const status = await new Promise((resolve) => child.once('close', resolve));
  process.stdout.write(`\n${title}: ${command}\n${Buffer.concat(output)}`);
  return { title, passed: status === 0, duration: performance.now() - startedAt };
}

/** Runs steps one after the other. */
async function runInOrder(titles) {
  const results = [];
  for (const title of titles) results.push(await run(title));
  return results;
}

const [first, ...others] = Object.keys(STEPS).filter((title) => title !== LONGEST);
const results = [await run(first), ...(await Promise.all([runInOrder(others), runInOrder([LONGEST])])).flat()];
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
