import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

/**
 * The root folder of the workspace: npm and turbo start a program in its package, so relative paths in settings start here.
 * The current folder if this file is not in a workspace.
 */
export function workspaceRoot(): string {
  for (let folder = import.meta.dirname; folder !== dirname(folder); folder = dirname(folder)) {
    const file = join(folder, 'package.json');
    if (existsSync(file) && 'workspaces' in (JSON.parse(readFileSync(file, 'utf8')) as object)) return folder;
  }
  return process.cwd();
}

/** Resolves a path of a setting. */
export const fromWorkspace = (path: string): string => resolve(workspaceRoot(), path);
