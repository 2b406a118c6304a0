import { configDefaults, defineConfig } from 'vitest/config';

/** What holds processes to times, or measures them: run when nothing else is. */
const ALONE = ['tests/bench/*.test.ts', 'tests/failure/**/*.test.ts', 'tests/hostile/**/*.test.ts'];

export default defineConfig({
  // Node takes the CommonJS build of graphql, Vite would take the other: two of them cannot share a schema.
  resolve: { alias: [{ find: /^graphql$/, replacement: new URL('node_modules/graphql/index.js', import.meta.url).pathname }] },
  test: {
    reporters: ['default', ['json', { outputFile: 'reports/vitest.json' }]],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // Tests open databases of their own; see there.
    setupFiles: Number.parseInt(process.versions.node, 10) >= 24 ? ['packages/store/dist/lasting.js'] : [],
    server: { deps: { external: [/\/dist\/.*\.js$/] } },
    projects: [
      {
        extends: true,
        test: {
          name: 'together',
          include: ['packages/*/src/**/*.test.ts', 'services/*/src/**/*.test.ts', 'gateway/src/**/*.test.ts', 'tests/**/*.test.ts'],
          exclude: [...configDefaults.exclude, ...ALONE],
          maxWorkers: 2,
          sequence: { groupOrder: 0 },
        },
      },
      { extends: true, test: { name: 'alone', include: ALONE, maxWorkers: 1, sequence: { groupOrder: 1 } } },
    ],
  },
});
