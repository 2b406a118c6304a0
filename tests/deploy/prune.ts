import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { workspaceRoot } from '@dossier/config';

/** Runs a command in a folder. Throws with its output if it fails. */
export function run(folder: string, command: string, ...args: string[]): string {
  const { status, stdout, stderr } = spawnSync(command, args, {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, TURBO_TELEMETRY_DISABLED: '1' },
  });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}: status ${status}\n${stdout}${stderr}`);
  return stdout;
}

/** A workspace with only its dependencies, installed and built. The caller removes the folder. */
export function prunedFolder(workspace: string): string {
  const root = workspaceRoot();
  const folder = mkdtempSync(join(tmpdir(), 'dossier-pruned-'));
  run(root, join(root, 'node_modules/.bin/turbo'), 'prune', workspace, '--out-dir', folder);
  run(folder, 'npm', 'ci', '--ignore-scripts', '--prefer-offline');
  // Compiling the driver takes minutes, so the compiled driver of this project is used.
  cpSync(join(root, 'node_modules/better-sqlite3/build'), join(folder, 'node_modules/better-sqlite3/build'), {
    recursive: true,
  });
  run(folder, 'npm', 'run', 'build');
  return folder;
}
