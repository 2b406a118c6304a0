import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { workspaceRoot } from '@dossier/config';

const PATIENCE_MS = 20_000;

export interface Program {
  /** Where it listens, with a slash at its end. */
  url: string;
  /** What it has logged so far, a record a line. */
  log: () => Record<string, unknown>[];
  /** Sends SIGTERM and waits; the status it ended with. */
  stop: () => Promise<number | null>;
}

interface Start {
  /** The project's root; this one's unless said. */
  root?: string;
  env?: Record<string, string>;
  /** Options of Node itself. */
  nodeOptions?: string[];
}

/** A program of the project as a process of its own, on any free port. Resolves when it listens. */
export async function startProgram(
  script: string,
  { root = workspaceRoot(), env = {}, nodeOptions = [] }: Start = {},
): Promise<Program> {
  const child = spawn(process.execPath, [...nodeOptions, join(root, script)], {
    cwd: root,
    env: { PATH: process.env['PATH'], PORT: '0', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said: string[] = [];
  const listen = new Promise<string>((resolve, reject) => {
    const hear = (chunk: Buffer) => {
      said.push(chunk.toString());
      const url = /^[a-z]+: (http:\/\/[^/\s]+\/)/m.exec(said.join(''))?.[1];
      if (url) resolve(url.replace('localhost', '127.0.0.1'));
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.once('exit', (status) => reject(new Error(`${script} ended with ${status}:\n${said.join('')}`)));
    setTimeout(() => reject(new Error(`${script} does not listen:\n${said.join('')}`)), PATIENCE_MS).unref();
  });
  try {
    return { url: await listen, log: () => recordsOf(said.join('')), stop: () => stop(child) };
  } catch (error) {
    child.kill('SIGKILL');
    throw error;
  }
}

async function stop(child: ChildProcess): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  const impatience = setTimeout(() => child.kill('SIGKILL'), PATIENCE_MS);
  const [status] = await ended;
  clearTimeout(impatience);
  return status;
}

const recordsOf = (text: string): Record<string, unknown>[] =>
  text
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as Record<string, unknown>);

/** Asks a program for an operation. */
export async function ask(
  url: string,
  query: string,
  headers: Record<string, string> = {},
): Promise<{ data?: Record<string, unknown>; errors?: unknown[] }> {
  const response = await fetch(new URL('graphql', url), {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query }),
  });
  return (await response.json()) as { data?: Record<string, unknown>; errors?: unknown[] };
}
