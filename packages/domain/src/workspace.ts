import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

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

/**
 * A script of the root package.json, for messages: `npm run <name>`. Null if it cannot run here: a pruned folder, an image and an
 * installation without development dependencies have the package.json, but not the programs that its scripts start.
 */
export function npmScript(name: string, root: string = workspaceRoot()): string | null {
  const needed = ['gateway/package.json', 'tools/start.mjs', 'node_modules/turbo/package.json'];
  const isRepository = needed.every((file) => existsSync(join(root, file)));
  return isRepository && name in scriptsOf(root) ? `npm run ${name}` : null;
}

const scriptsOf = (root: string): Record<string, string> =>
  (JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts?: Record<string, string> }).scripts ?? {};

/** What an operator can run here for a command of a service, e.g. `seed`; for messages. */
export function serviceCommand(service: string, command: string, root: string = workspaceRoot()): string {
  const script = npmScript(command, root);
  if (script) return script;
  const program = join(root, 'services', service, 'dist/main.js');
  // Readable where the programs are started in the root, as in an image and a unit; otherwise it works in any folder.
  return `node ${root === process.cwd() ? relative(root, program) : program} ${command}`;
}
