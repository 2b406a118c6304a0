import type { Reporter, TestModule } from 'vitest/node';

const NOT_STATED = 'to be selected (-t, it.only), or something that the test does not state';

/** Prints at the end of a run how many tests were skipped, and what they need. */
export class SkipReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const counts = new Map<string, number>();
    for (const module of modules)
      for (const test of module.children.allTests('skipped')) {
        const needs = test.meta().needs ?? NOT_STATED;
        counts.set(needs, (counts.get(needs) ?? 0) + 1);
      }
    for (const [needs, count] of counts)
      process.stdout.write(`Skipped ${count} ${count === 1 ? 'test, which needs' : 'tests, which need'} ${needs}.\n`);
    process.stdout.write(
      'npm test does not run *.long.test.ts (npm run test:long) and *.soak.test.ts (npm run test:soak).\n',
    );
  }
}
