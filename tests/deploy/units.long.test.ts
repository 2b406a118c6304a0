import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { workspaceRoot } from '@dossier/config';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seccomp } from '../support/needs.js';
import { postgres, startPostgres, type TestPostgres } from '../support/postgres.js';
import { createTempFolder, removeFolder } from '../support/processes.js';
import { filtersOf, filtersOfUnit, sandboxed, valuesOf } from './sandbox.js';
import { execStart, ON_POSTGRESQL, PUBLISHING, serveUnit, UNITS, unitEnvironment } from './units.js';

const folder = createTempFolder();
afterAll(() => removeFolder(folder));

describe.each(UNITS.filter((unit) => unit !== ON_POSTGRESQL && unit !== PUBLISHING))(
  'the command of the systemd unit %s',
  (unit) => {
    it.skipIf(seccomp.isMissing)(
      'starts, serves on all addresses and stops under the system call filter and the address families of the unit',
      seccomp.options,
      async () => {
        expect(await serveUnit(unit, { DATA_DIR: folder })).toEqual({
          body: { data: { __typename: 'Query' } },
          exit: [0, null],
        });
      },
    );

    it.each([
      ['a setting is not valid', { PORT: 'none' }],
      // A gateway has no seeds.
      ...(unit === 'dossier-gateway.service'
        ? []
        : [['the folder of the seeds does not exist', { SEEDS_DIR: '/none.invalid' }] as const]),
    ] as const)('ends with a status that systemd does not restart, if %s', (_, file) => {
      const [command = '', ...args] = execStart(unit);

      const { status, stderr } = spawnSync(command, args, {
        cwd: workspaceRoot(),
        env: unitEnvironment(unit, { DATA_DIR: folder, ...file }),
        encoding: 'utf8',
      });

      expect(valuesOf(unit, 'RestartPreventExitStatus').flat(), stderr).toContain(String(status));
    });
  },
);

const need = postgres.isMissing ? postgres : seccomp;

describe.skipIf(need.isMissing)('the commands of the systemd units on PostgreSQL', need.options, () => {
  let server: TestPostgres;
  beforeAll(async () => {
    server = await startPostgres();
  });
  afterAll(async () => server?.close());

  const secret = (name: string, url: string) => {
    writeFileSync(join(folder, name), url);
    return { STORE_URL_FILE: join(folder, name) };
  };

  it.each([
    ['the URL is not valid', () => 'none'],
    ['the store was not published', () => server.readerUrl],
  ])('end with a status that systemd does not restart, if %s', (_, url) => {
    const [command = '', ...args] = execStart(ON_POSTGRESQL);

    const { status, stdout, stderr } = spawnSync(command, args, {
      cwd: workspaceRoot(),
      env: unitEnvironment(ON_POSTGRESQL, secret('reader-url', url())),
      encoding: 'utf8',
      timeout: 60_000,
    });

    expect(valuesOf(ON_POSTGRESQL, 'RestartPreventExitStatus').flat(), stdout + stderr).toContain(String(status));
  });

  it('publish the stores, and serve one, under the system call filters and the address families of the units', async () => {
    const [command, ...args] = sandboxed(filtersOfUnit(PUBLISHING), execStart(PUBLISHING));
    const published = spawnSync(command, args, {
      cwd: workspaceRoot(),
      env: unitEnvironment(PUBLISHING, { DATA_DIR: folder, ...secret('publisher-url', server.publisherUrl) }),
      encoding: 'utf8',
    });
    expect([published.status, published.stdout.match(/published, revision/g)?.length], published.stderr).toEqual([
      0, 4,
    ]);

    expect(await serveUnit(ON_POSTGRESQL, secret('reader-url', server.readerUrl))).toEqual({
      body: { data: { __typename: 'Query' } },
      exit: [0, null],
    });
  });
});

describe('the seccomp filter of these tests', () => {
  const node = (systemCallFilter: string[][]) => {
    const [command, ...args] = sandboxed(filtersOf(systemCallFilter, [['AF_UNIX']]), [process.execPath, '-e', '']);
    return spawnSync(command, args, { encoding: 'utf8' });
  };

  it.skipIf(seccomp.isMissing)('ends a process with SIGSYS for a call that is not allowed', seccomp.options, () => {
    expect(node([['@system-service', '@pkey']]).status).toBe(0);
    // Not epoll_ctl, which later releases of Node.js call through io_uring.
    expect(node([['@system-service', '@pkey'], ['~epoll_create1']]).signal).toBe('SIGSYS');
  });

  // Its V8 allocates the key where it can; later ones do not.
  const isNode20 = process.versions.node.startsWith('20.');
  it.skipIf(seccomp.isMissing || !isNode20)('ends Node.js 20 without @pkey', seccomp.options, () => {
    expect(node([['@system-service']]).signal).toBe('SIGSYS');
  });
});
