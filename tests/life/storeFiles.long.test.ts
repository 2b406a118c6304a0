import { once } from 'node:events';
import { chmodSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { lockStores, verifyStore } from '@dossier/store';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { namespaces, ordinaryUser, permissions, smallDisk } from '../support/needs.js';
import { createTempFolder, type ProcessResult, removeFolder, run, start, waitFor } from '../support/processes.js';
import { copyOfStores } from '../support/stores.js';

/** Without and with --force. */
const ROUNDS = process.env['SOAK'] === '1' ? 10 : 2;
const SERVICES = ['actors', 'sanctions', 'statements', 'trade'];
const filesOf = (...services: string[]) => services.flatMap((name) => [`${name}.sqlite`, `${name}.sqlite.sums`]);
const PARTS = '.parts-actors-sanctions-statements-trade';
const SERVICE = 'services/trade/dist/main.js';
const EMBEDDED = 'gateway/dist/embeddedMain.js';
const SEEDING = 'gateway/dist/seedCli.js';
/** Node is process 1 there, as in a container. */
const CONTAINER = ['unshare', '--pid', '--fork', '--mount-proc'];

let folder: string;
let dataDir: string;
beforeEach(() => {
  folder = createTempFolder();
  dataDir = join(folder, 'data');
});
afterEach(() => removeFolder(folder));

const store = () => join(dataDir, 'trade.sqlite');

/** Expects complete stores and nothing else, except what their seeding knows of them. */
async function expectIntactStores(...parts: string[]): Promise<void> {
  expect(readdirSync(dataDir).sort()).toEqual([...parts, ...filesOf(...SERVICES)]);
  for (const service of SERVICES) {
    const file = join(dataDir, `${service}.sqlite`);
    const db = new Database(file, { readonly: true });
    const revision = db.prepare('select revision from store').pluck().get() as string;
    db.close();
    expect(await verifyStore(file, { service, revision }, '')).toBe('verified');
  }
}

/** The program ended with a status and one line, without a stack. */
function expectOneLine({ status, stderr }: ProcessResult, expected: number): void {
  expect({ status, lines: stderr.trim().split('\n') }).toEqual({ status: expected, lines: [expect.any(String)] });
}

describe('two containers that seed one volume', () => {
  it.skipIf(namespaces.isMissing)(
    `leave complete stores and nothing else, in each of ${ROUNDS} rounds`,
    namespaces.options,
    async () => {
      for (let round = 0; round < ROUNDS; round++) {
        rmSync(dataDir, { recursive: true, force: true });
        const args = round % 2 === 0 ? [] : ['--force'];
        const seeders = await Promise.all(
          [1, 2].map(() => run(SEEDING, args, { DATA_DIR: dataDir }, { through: CONTAINER })),
        );
        expect(
          seeders.map(({ status, stderr }) => [status, stderr.replace(/^(Waiting|Passages were|Seeding:) .*\n/gm, '')]),
        ).toEqual([
          [0, ''],
          [0, ''],
        ]);
        await expectIntactStores(PARTS);
      }
    },
  );

  it('do not build a store twice: the second says that it waits, and finds it built', async () => {
    mkdirSync(dataDir);
    const lock = await lockStores([store()]);
    let said = '';
    const seeding = run(SERVICE, ['seed'], { DATA_DIR: dataDir }, { onStderr: (text) => (said += text) });
    await waitFor('the second seeding', () => said.includes(`Waiting for another process that writes ${store()}`));
    copyOfStores(dataDir);
    lock.release();

    expect(await seeding).toMatchObject({ status: 0, stdout: expect.stringMatching(/^trade: unchanged/) });
  });
});

describe('a damaged store', () => {
  it.each<[what: string, damage: () => void]>([
    ['with two pages overwritten', () => writeFileSync(store(), readFileSync(store()).fill(0xff, 9 * 4096, 11 * 4096))],
    ['with its first page overwritten', () => writeFileSync(store(), readFileSync(store()).fill(0xff, 0, 4096))],
    ['without one of its tables', () => void new Database(store()).exec('drop table figure_party').close()],
  ])('%s is found at the start, by doctor and backup, and repaired by seed', async (_, damage) => {
    copyOfStores(dataDir);
    const before = readFileSync(store());
    damage();
    const env = { DATA_DIR: dataDir };

    const [service, graph, backup, doctor] = await Promise.all([
      run(SERVICE, [], env),
      run(EMBEDDED, [], env),
      run(SERVICE, ['backup', join(folder, 'backup')], env),
      run(SERVICE, ['doctor'], env),
    ]);

    for (const result of [service, graph, backup]) {
      expectOneLine(result, 3);
      expect(result.stderr).toMatch(/trade\.sqlite is damaged.*[Rr]un "npm run seed"/);
    }
    expect([doctor.status, doctor.stdout]).toEqual([1, expect.stringMatching(/failed +store trade: .*is damaged/)]);
    expect(await run(SERVICE, ['seed'], env)).toMatchObject({ status: 0, stdout: expect.stringContaining('rebuilt') });
    expect(readFileSync(store()).equals(before)).toBe(true);
  });

  it('without checksums, as older versions built it, is served with a warning, and gets them from seed', async () => {
    copyOfStores(dataDir);
    rmSync(`${store()}.sums`);
    const service = await start(SERVICE, { DATA_DIR: dataDir });
    expect(await (await fetch(service.url.replace('graphql', 'health'))).json()).toMatchObject({ store: 'unverified' });
    expect(service.log.map(({ msg }) => msg)).toContainEqual(
      expect.stringContaining('the store has no checksums of its revision'),
    );
    expect(await service.stop()).toBe(0);

    expect((await run(SERVICE, ['seed'], { DATA_DIR: dataDir })).status).toBe(0);

    await expectIntactStores(PARTS, '.parts-trade');
  });
});

describe('a store without permissions or space is one line with the reason and the remedy:', () => {
  it.skipIf(permissions.isMissing)(
    'a file or folder that may not be read or written',
    permissions.options,
    async () => {
      const env = { DATA_DIR: dataDir };
      copyOfStores(dataDir);
      chmodSync(folder, 0o755);
      chmodSync(dataDir, 0o755);
      chmodSync(store(), 0);
      const unreadable = await Promise.all([[], ['seed']].map((args) => run(SERVICE, args, env, ordinaryUser)));
      chmodSync(dataDir, 0);
      const closed = await Promise.all([[], ['seed']].map((args) => run(SERVICE, args, env, ordinaryUser)));
      chmodSync(dataDir, 0o555);
      chmodSync(store(), 0o644);
      const [unwritable, doctor] = await Promise.all([
        run(SERVICE, ['seed', '--force'], env, ordinaryUser),
        run(SERVICE, ['doctor'], env, ordinaryUser),
      ]);
      const missing = await run(SERVICE, ['seed'], { DATA_DIR: join(dataDir, 'new') }, ordinaryUser);

      for (const result of [...unreadable, ...closed]) {
        expectOneLine(result, 3);
        expect(result.stderr).toMatch(/trade\.sqlite cannot be read \(EACCES\): user \d+ needs read permission/);
      }
      for (const result of [unwritable, missing]) {
        expectOneLine(result, 3);
        expect(result.stderr).toMatch(/trade\.sqlite cannot be written \(EACCES\): user \d+ needs a folder/);
      }
      expect(doctor.stdout).toMatch(
        /ok +data folder: The stores can be served, but not built\. DATA_DIR=.* is not accessible \(EACCES\)/,
      );
      chmodSync(dataDir, 0o755);
    },
  );

  it.skipIf(smallDisk.isMissing)('a full disk, at any size', smallDisk.options, async () => {
    mkdirSync(dataDir);
    const through = (size: string) => [
      'unshare',
      '--mount',
      'sh',
      '-c',
      `mount -t tmpfs -o size=${size} tmpfs ${dataDir} && exec "$@"`,
      'sh',
    ];
    // From a disk on which not even the tables fit to one on which only the last pages do not.
    const sizes = ['4k', '64k', '120k', '152k'];

    const results = await Promise.all(
      sizes.map((size) => run(SERVICE, ['seed'], { DATA_DIR: dataDir }, { through: through(size) })),
    );
    const doctor = await run(SERVICE, ['doctor'], { DATA_DIR: dataDir }, { through: through('64k') });

    for (const result of results) {
      expectOneLine(result, 3);
      expect(result.stderr).toMatch(
        /trade\.sqlite cannot be written \((SQLITE_FULL|ENOSPC)\): .* are free in .*Free space/,
      );
    }
    expect(doctor.stdout).toMatch(
      /failed +data folder: DATA_DIR=.* the disk has 0 MiB free; seeding needs about \d+ MiB\./,
    );
  });

  it('a folder that is a file', async () => {
    writeFileSync(dataDir, '');
    const results = await Promise.all([[], ['seed']].map((args) => run(SERVICE, args, { DATA_DIR: dataDir })));
    for (const result of results) {
      expectOneLine(result, 3);
      expect(result.stderr).toMatch(/\(ENOTDIR\)/);
    }
  });
});

describe('published stores', () => {
  it('are installed by any number of processes at once, from a folder or a server, without seeds if the revision is named', async () => {
    copyOfStores(join(folder, 'built'));
    const artifacts = join(folder, 'artifacts');
    const published = await run('gateway/dist/operateCli.js', ['backup', artifacts, '--artifact'], {
      DATA_DIR: join(folder, 'built'),
    });
    expect(published.status).toBe(0);
    const [trade = ''] = readdirSync(join(artifacts, 'trade'));
    const revision = trade.replace('.sqlite', '');
    const server = createServer((request, response) => response.end(readFileSync(join(artifacts, request.url ?? ''))));
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const env = { DATA_DIR: dataDir };

    const fetched = await Promise.all([
      run(SERVICE, ['fetch', base], env),
      run(SERVICE, ['fetch', base, revision], { ...env, SEEDS_DIR: join(folder, 'nowhere') }),
    ]);
    const all = await run('gateway/dist/operateCli.js', ['fetch', artifacts], env);
    const unknown = await run(SERVICE, ['fetch', base], { ...env, SEEDS_DIR: join(folder, 'nowhere') });
    server.close();

    expect(fetched.map(({ status }) => status)).toEqual([0, 0]);
    expect(fetched.map(({ stdout }) => stdout.split(',')[0]).sort()).toEqual(['trade: fetched', 'trade: unchanged']);
    expect([all.status, all.stdout.match(/: (fetched|unchanged)/g)]).toEqual([
      0,
      [': fetched', ': fetched', ': fetched', ': unchanged'],
    ]);
    await expectIntactStores();
    expectOneLine(unknown, 2);
    expect(unknown.stderr).toContain('name one: fetch <base> <revision>');
  });
});
