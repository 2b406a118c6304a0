import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { changedSeeds, createTempFolder, type Environment, removeFolder, run, start } from '../support/processes.js';
import { sharedStores } from '../support/stores.js';

const SERVICE = 'services/trade/dist/main.js';
const EMBEDDED = 'gateway/dist/embeddedMain.js';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

let folder: string;
let built: string;
beforeAll(() => {
  folder = createTempFolder();
  built = sharedStores();
});
afterAll(() => removeFolder(folder));

/** A folder of valid stores, except for a corrupt one of the trade service. */
function stores(spoil: (file: string) => void): { file: string; env: Environment } {
  const dataDir = join(folder, 'data');
  rmSync(dataDir, { recursive: true, force: true });
  mkdirSync(dataDir);
  for (const service of ['actors', 'statements', 'sanctions', 'trade'])
    copyFileSync(join(built, `${service}.sqlite`), join(dataDir, `${service}.sqlite`));
  const file = join(dataDir, 'trade.sqlite');
  spoil(file);
  return { file, env: { DATA_DIR: dataDir } };
}

const change = (sql: string) => (file: string) => void new Database(file).exec(sql).close();
const rewrite = (file: string, sql: string) => {
  rmSync(file);
  change(sql)(file);
};
const contentsOf = (file: string) => (existsSync(file) ? readFileSync(file) : null);

const missing: [what: string, spoil: (file: string) => void] = ['missing', (file) => rmSync(file)];
const ofOlder: [what: string, spoil: (file: string) => void][] = [
  ['of older seeds', change("update store set revision = '0123456789abcdef'")],
  ['of an older format', change('pragma user_version = 0')],
  ['of other migrations', change("update __drizzle_migrations set hash = 'another'")],
];
const refused: [what: string, spoil: (file: string) => void][] = [
  ['empty', (file) => truncateSync(file, 0)],
  ['cut off in its first page', (file) => truncateSync(file, 700)],
  ['cut off at a page', (file) => truncateSync(file, 8192)],
  ['a text', (file) => writeFileSync(file, 'a letter\n'.repeat(1000))],
  ['another database', (file) => rewrite(file, 'create table letter (text text)')],
  ['of another service', (file) => copyFileSync(join(built, 'actors.sqlite'), file)],
  ['of a newer format', change('pragma user_version = 99')],
  ['of newer migrations', change("insert into __drizzle_migrations (hash, created_at) values ('another', 0)")],
];

describe.each([
  ['a service', SERVICE, [missing, ...ofOlder, ...refused]],
  // It opens stores with the same function.
  ['the whole graph', EMBEDDED, [missing, ...ofOlder.slice(0, 1), ...refused.slice(0, 1)]],
] as const)('%s', (_form, script, spoiled) => {
  it.each(spoiled)(
    'does not start with a store that is %s: prints one line with the file and the remedy, exits with 3, changes nothing',
    async (_what, spoil) => {
      const { file, env } = stores(spoil);
      const before = contentsOf(file);

      const { status, stdout, stderr } = await run(script, [], env);

      expect({ status, stdout, lines: stderr.trim().split('\n').length }).toEqual({ status: 3, stdout: '', lines: 1 });
      expect(stderr).toContain(file);
      expect(stderr).toMatch(/run "npm run seed"|run that version|[Mm]ove it away/);
      expect(contentsOf(file)).toEqual(before);
    },
  );
});

describe('seeding', () => {
  it.each([missing, ...ofOlder])('rebuilds a store that is %s', async (_what, spoil) => {
    const { file, env } = stores(spoil);

    const { status, stdout } = await run(SERVICE, ['seed'], env);

    expect({ status, stdout }).toEqual({ status: 0, stdout: expect.stringMatching(/^trade: (re)?built, revision/) });
    expect(contentsOf(file)).toEqual(contentsOf(join(built, 'trade.sqlite')));
  });

  it.each(refused)(
    'does not touch a store that is %s: prints one line with the file and the remedy, exits with 3',
    async (_what, spoil) => {
      const { file, env } = stores(spoil);
      const before = contentsOf(file);

      const ended = await Promise.all([run(SERVICE, ['seed'], env), run(EMBEDDED, ['--seed'], env)]);

      for (const { status, stderr } of ended) {
        expect({ status, lines: stderr.trim().split('\n').length }).toEqual({ status: 3, lines: 1 });
        expect(stderr).toContain(file);
      }
      expect(contentsOf(file)).toEqual(before);
    },
  );
});

describe('a store built from other seeds', () => {
  it('is served if the operator allows it, or if there are no seeds to compare with', async () => {
    const { env } = stores(change("update store set revision = '0123456789abcdef'"));
    for (const more of [{ STALE_STORE: 'serve' }, { SEEDS_DIR: join(folder, 'nowhere') }] as Environment[]) {
      const running = await start(SERVICE, { ...env, ...more });
      expect((await fetch(running.url.replace('graphql', 'health'))).headers.get('x-dossier-revision')).toBe(
        '0123456789abcdef',
      );
      expect(await running.stop()).toBe(0);
    }
  });

  it('is rebuilt when the seeds change, if the whole graph is started with --seed', async () => {
    const { file, env } = stores(() => {});
    const before = contentsOf(file);
    const seedsDir = changedSeeds(join(folder, 'others'));
    const running = await start(EMBEDDED, { ...env, SEEDS_DIR: seedsDir }, { args: ['--seed'] });
    expect(await running.stop()).toBe(0);
    expect(contentsOf(file)).not.toEqual(before);
    renameSync(seedsDir, `${seedsDir}.gone`);
  });
});
