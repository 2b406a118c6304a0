import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { workspaceRoot } from '@dossier/config';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createTempFolder, removeFolder, waitFor } from '../support/processes.js';
import { copyOfStores } from '../support/stores.js';

vi.setConfig({ testTimeout: 240_000, hookTimeout: 120_000 });

let folder: string;
let child: ChildProcess | undefined;
let printed = '';
/** Every process that `npm start` starts inherits it. */
const marker = () => `DATA_DIR=${join(folder, 'data')}`;

beforeEach(() => {
  folder = createTempFolder();
  copyOfStores(join(folder, 'data'));
});
afterEach(() => {
  for (const pid of remaining()) process.kill(pid, 'SIGKILL');
  removeFolder(folder);
});

function start(
  command: string,
  args: string[],
  more: Record<string, string> = {},
  cwd = workspaceRoot(),
): ChildProcess {
  printed = '';
  const { HOME = folder, PATH = '' } = process.env;
  const env = {
    HOME,
    PATH,
    DATA_DIR: join(folder, 'data'),
    PORT: '0',
    HOST: '127.0.0.1',
    DRAIN_MS: '100',
    GRACE_MS: '5000',
    npm_config_update_notifier: 'false',
    ...more,
  };
  child = spawn(command, args, { cwd, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk) => {
      printed += chunk;
    });
  return child;
}

/** Ids of the processes that a start left running. */
function remaining(): number[] {
  return readdirSync('/proc').flatMap((pid) => {
    try {
      return /^\d+$/.test(pid) && readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0').includes(marker())
        ? [Number(pid)]
        : [];
    } catch {
      return [];
    }
  });
}

const expectNothingLeft = () =>
  waitFor(`the end of every process, of which are left: ${remaining().join(', ')}`, () => remaining().length === 0, 30);

describe('npm start leaves no process behind', () => {
  it.each(['SIGTERM', 'SIGINT', 'SIGHUP', 'SIGKILL'] as const)('when npm gets %s', async (signal) => {
    const npm = start('npm', ['start']);
    await waitFor('its address', () => /GraphQL: http/.test(printed), 120);

    npm.kill(signal);

    await once(npm, 'exit');
    await expectNothingLeft();
  });

  it('when its terminal is closed, and it logs another request afterwards', async () => {
    const terminal = start('script', ['--quiet', '--return', '--command', 'npm start', '/dev/null'], {
      DRAIN_MS: '4000',
    });
    await waitFor('its last line', () => printed.includes('curl') && /GraphQL: http/.test(printed), 120);
    const [, url] = /Explorer: (http:\S+)/.exec(printed) ?? [];

    terminal.kill('SIGKILL');
    const response = await fetch(`${url}graphql?query={__typename}`, { headers: { 'apollo-require-preflight': '1' } });

    expect(response.status).toBe(200);
    await expectNothingLeft();
  });

  it('when it is stopped during the build, after printing how long that takes', async () => {
    const copy = join(folder, 'copy');
    const { stdout } = spawnSync('git', ['ls-files', '-z'], { cwd: workspaceRoot(), encoding: 'utf8' });
    for (const file of stdout.split('\0').filter((name) => name !== '' && existsSync(join(workspaceRoot(), name))))
      cpSync(join(workspaceRoot(), file), join(copy, file));
    symlinkSync(join(workspaceRoot(), 'node_modules'), join(copy, 'node_modules'));
    const npm = start('npm', ['start'], {}, copy);
    await waitFor('the build', () => printed.includes('Packages in scope') || printed.includes('Running build'), 60);

    npm.kill('SIGTERM');

    await once(npm, 'exit');
    await expectNothingLeft();
    const [first] = printed.split('\n').filter((line) => line !== '' && !line.startsWith('>'));
    expect(first).toMatch(/^Building for the first time: .* This takes about a minute/);
    expect(existsSync(join(copy, 'gateway/dist/embeddedMain.js'))).toBe(false);
    rmSync(copy, { recursive: true });
  });
});
