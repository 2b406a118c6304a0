import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { delimiter, dirname } from 'node:path';
import { workspaceRoot } from '@dossier/config';
import { freePort, waitFor } from '../support/processes.js';
import { deployFile } from './files.js';
import { filtersOfUnit, sandboxed, valuesOf } from './sandbox.js';

export const UNITS = readdirSync(deployFile('systemd'));

/** Runs once; the others serve. */
export const PUBLISHING = 'dossier-publish.service';
/** Serves a store in PostgreSQL. */
export const ON_POSTGRESQL = 'dossier-postgresql@.service';

/** The arguments of a unit's `ExecStart`, for the instance `trade` of a template. */
export function execStart(unit: string): string[] {
  const line = (valuesOf(unit, 'ExecStart')[0] ?? []).join(' ').replaceAll('%i', 'trade');
  return [...line.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, word]) => quoted ?? word ?? '');
}

/**
 * The environment of a unit's process: its own variables, then those of the machine's file.
 *
 * @param node The Node.js that comes first in the path.
 */
export const unitEnvironment = (
  unit: string,
  file: Record<string, string>,
  node = process.execPath,
): Record<string, string> => ({
  PATH: [dirname(node), process.env['PATH']].join(delimiter),
  ...Object.fromEntries(valuesOf(unit, 'Environment').flatMap((words) => words.map((word) => word.split('=')))),
  ...file,
});

/**
 * Runs the command of a unit under its filters, on all addresses, until it answered one request.
 *
 * @returns The body of the response, and the exit status and signal after SIGTERM.
 */
export async function serveUnit(
  unit: string,
  file: Record<string, string>,
  node?: string,
): Promise<{ body: unknown; exit: unknown[] }> {
  const port = await freePort();
  const [command, ...args] = sandboxed(filtersOfUnit(unit), execStart(unit));
  const child = spawn(command, args, {
    cwd: workspaceRoot(),
    env: unitEnvironment(unit, { HOST: '0.0.0.0', PORT: String(port), ...file }, node),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = once(child, 'exit');
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
  try {
    await waitFor('readiness', async () => {
      if (child.exitCode !== null || child.signalCode !== null)
        throw new Error(`${unit} ended with ${child.signalCode ?? child.exitCode}:\n${output}`);
      return fetch(`http://127.0.0.1:${port}/readyz`).then(
        ({ ok }) => ok,
        () => false,
      );
    });
    const response = await fetch(`http://127.0.0.1:${port}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: '{ __typename }' }),
    });
    const body: unknown = await response.json();
    child.kill('SIGTERM');
    return { body, exit: await ended };
  } finally {
    child.kill('SIGKILL');
  }
}
