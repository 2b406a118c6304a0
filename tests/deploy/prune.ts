import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { workspaceRoot } from '@dossier/config';
import { removalCommands } from './dockerfile.js';

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

/** Runs the commands of the Dockerfile that leave in a built folder only what the image of a program has. */
export function makeImageFolder(folder: string, service: string): void {
  for (const command of removalCommands()) run(folder, 'env', `SERVICE=${service}`, 'sh', '-ec', command);
}

/** The packages that are installed in a folder, without links to workspaces. */
export function installedPackages(folder: string): string[] {
  const lock = JSON.parse(readFileSync(join(folder, 'node_modules/.package-lock.json'), 'utf8')) as {
    packages: Record<string, { link?: boolean }>;
  };
  return Object.entries(lock.packages).flatMap(([path, { link }]) =>
    link || !path.includes('node_modules/')
      ? []
      : [path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length)],
  );
}

/** The size of a folder in megabytes. */
export const megabytesOf = (folder: string): number => Number.parseInt(run(folder, 'du', '-sm', '.'), 10);
