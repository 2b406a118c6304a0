import { configDefaults, defineConfig } from 'vitest/config';
import { SkipReporter } from './tests/support/skipReporter.js';

// A test file belongs to the run that its name says:
//   *.test.ts       `npm test`: in this process, or with a short-lived one; some also on stores in PostgreSQL
//   *.long.test.ts  `npm run test:long`: starts programs, drives a browser, sends load, or takes more than ten seconds
//   *.soak.test.ts  `npm run test:soak`: measures, or takes minutes; also runs the long tests in their longest form
const FOLDERS = ['packages/*/src', 'services/*/src', 'gateway/src', 'tools/src', 'tests'];
const filesOf = (suffix: string, folders = FOLDERS): string[] => folders.map((folder) => `${folder}/**/*.${suffix}`);

/** Long tests with time limits or load: nothing else may run at the same time. */
const TIMED = filesOf('long.test.ts', ['tests/failure', 'tests/hostile']);
const LONG = filesOf('long.test.ts');
const SOAK = filesOf('soak.test.ts');
/** What is also run on stores in PostgreSQL: files whose graph is from `startGraph`, and that do not look into its stores. */
const ON_POSTGRES = [
  ...['golden/golden', 'coverage/coverage', 'contract/pages', 'contract/search', 'contract/scalars', 'http/responses'],
  ...['federation/nodes', 'federation/unknownIds', 'federation/responseKeys', 'limits/sizes', 'mcp/tools'],
  // biome-ignore lint/suspicious/noUndeclaredEnvVars: turbo does not run this task
  ...(process.env['SOAK'] ? ['hostile/hostile.long', 'hostile/fuzz.long', 'hostile/attacks.long'] : []),
].map((name) => `tests/${name}.test.ts`);
const LONG_OPTIONS = {
  /** Milliseconds. Starting a program or a browser takes long on a busy machine. */
  testTimeout: 120_000,
  hookTimeout: 180_000,
};

export default defineConfig({
  // Node takes the CommonJS build of graphql, Vite would take the other: two of them cannot share a schema.
  resolve: {
    alias: [{ find: /^graphql$/, replacement: new URL('node_modules/graphql/index.js', import.meta.url).pathname }],
  },
  test: {
    reporters: ['default', 'json', new SkipReporter()],
    globalSetup: 'tests/support/storesSetup.ts',
    outputFile: { json: 'reports/vitest.json' },
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // Tests open databases of their own; see there.
    setupFiles: Number.parseInt(process.versions.node, 10) >= 24 ? ['packages/store/dist/node24GcWorkaround.js'] : [],
    server: { deps: { external: [/\/dist\/.*\.js$/] } },
    projects: [
      {
        extends: true,
        test: {
          name: 'test',
          include: filesOf('test.ts'),
          exclude: [...configDefaults.exclude, ...LONG, ...SOAK],
          maxWorkers: 2,
          // Files of one worker share what they import: loading the gateway takes longer than most of them.
          isolate: false,
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          name: 'long',
          ...LONG_OPTIONS,
          include: LONG,
          exclude: [...configDefaults.exclude, ...TIMED],
          // More than cores: these tests spend much of their time waiting for programs to start and stop.
          maxWorkers: 3,
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: { name: 'timed', ...LONG_OPTIONS, include: TIMED, maxWorkers: 1, sequence: { groupOrder: 2 } },
      },
      {
        extends: true,
        test: {
          name: 'postgres',
          ...LONG_OPTIONS,
          include: ON_POSTGRES,
          // The second replaces a value of the first.
          globalSetup: ['tests/support/storesSetup.ts', 'tests/support/postgresSetup.ts'],
          maxWorkers: 1,
          isolate: false,
          sequence: { groupOrder: 4 },
        },
      },
      {
        extends: true,
        test: {
          name: 'soak',
          ...LONG_OPTIONS,
          include: SOAK,
          maxWorkers: 1,
          sequence: { groupOrder: 3 },
        },
      },
    ],
  },
});
