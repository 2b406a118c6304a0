import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

/**
 * The root folder of the workspace. npm and turbo start programs in their own folders, so relative paths in settings are resolved
 * against the root.
 * The current folder if this file is not in a workspace.
 */
export function workspaceRoot(): string {
  for (let folder = import.meta.dirname; folder !== dirname(folder); folder = dirname(folder)) {
    const file = join(folder, 'package.json');
    if (existsSync(file) && 'workspaces' in (JSON.parse(readFileSync(file, 'utf8')) as object)) return folder;
  }
  return process.cwd();
}

/** Resolves a path from a setting against the root of the workspace. */
export const fromWorkspace = (path: string): string => resolve(workspaceRoot(), path);
