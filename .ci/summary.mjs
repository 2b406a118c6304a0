// Sums the reports of a CI run: node .ci/summary.mjs <part>=<exit status> ... Its last line is `N passed, N failed`.
// A part without a report, one that failed although its report has no failure, and a test that was skipped count as failed.
import { readFileSync } from 'node:fs';

const PARTS = ['test', 'long', 'check'];
/** What only some machines have. A test that needs it may be skipped. */
const OF_OTHER_MACHINES = [];

const statuses = Object.fromEntries(process.argv.slice(2).map((argument) => argument.split('=')));

/** Null if there is none that can be read. */
function reportOf(part) {
  try {
    return JSON.parse(readFileSync(`reports/${part}.json`, 'utf8'));
  } catch {
    return null;
  }
}

/** What `part` counts for, and why it has failed. */
function countsOf(part) {
  const report = reportOf(part);
  if (!report) return { passed: 0, problems: ['it wrote no report'], skipped: [] };
  const { numPassedTests: passed, testResults } = report;
  const problems = testResults.flatMap(({ name, status, assertionResults }) => {
    const failed = assertionResults
      .filter((test) => test.status === 'failed')
      .map((test) => `failed: ${test.fullName ?? test.title}`);
    return status === 'failed' && failed.length === 0 ? [`failed: ${name}`] : failed;
  });
  const skipped = testResults
    .flatMap(({ assertionResults }) => assertionResults)
    .filter(({ status }) => status !== 'passed' && status !== 'failed')
    .map(({ fullName, meta }) => ({ fullName, needs: meta?.needs ?? null }));
  problems.push(
    ...skipped
      .filter(({ needs }) => !OF_OTHER_MACHINES.includes(needs))
      .map(({ fullName, needs }) => `skipped: ${fullName} (needs ${needs ?? 'nothing that it states'})`),
  );
  if (statuses[part] !== '0' && problems.length === 0) problems.push(`it ended with status ${statuses[part]}`);
  return { passed, problems, skipped };
}

let passed = 0;
let failed = 0;
for (const part of PARTS) {
  const counts = countsOf(part);
  passed += counts.passed;
  failed += counts.problems.length;
  for (const { fullName, needs } of counts.skipped.filter((test) => OF_OTHER_MACHINES.includes(test.needs)))
    console.log(`${part}: skipped: ${fullName} (needs ${needs})`);
  for (const problem of counts.problems) console.log(`${part}: ${problem}`);
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
