import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

/**
 * The workspace's root: npm and turbo start a program in its own folder, so relative paths in settings count from here.
 * The current folder where there is no workspace around this file.
 */
export function workspaceRoot(): string {
  for (let folder = import.meta.dirname; folder !== dirname(folder); folder = dirname(folder)) {
    const file = join(folder, 'package.json');
    if (existsSync(file) && 'workspaces' in (JSON.parse(readFileSync(file, 'utf8')) as object)) return folder;
  }
  return process.cwd();
}

/** A path of a setting, made absolute. */
export const fromWorkspace = (path: string): string => resolve(workspaceRoot(), path);
