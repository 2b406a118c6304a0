import { defineConfig } from 'vitest/config';

export default defineConfig({
  // Node takes the CommonJS build of graphql, Vite would take the other: two of them cannot share a schema.
  resolve: { alias: [{ find: /^graphql$/, replacement: new URL('node_modules/graphql/index.js', import.meta.url).pathname }] },
  test: {
    include: ['packages/*/src/**/*.test.ts', 'services/*/src/**/*.test.ts', 'gateway/src/**/*.test.ts', 'tests/**/*.test.ts'],
    reporters: ['default', ['json', { outputFile: 'reports/vitest.json' }]],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
    // Tests open databases of their own; see there.
    setupFiles: Number.parseInt(process.versions.node, 10) >= 24 ? ['packages/store/dist/lasting.js'] : [],
    server: { deps: { external: [/\/dist\/.*\.js$/] } },
  },
});
