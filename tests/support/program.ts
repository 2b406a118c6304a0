import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { workspaceRoot } from '@dossier/config';

const TIMEOUT_MS = 20_000;

export interface Program {
  /** Its URL, with a trailing slash. */
  url: string;
  /** The log records so far. */
  log: () => Record<string, unknown>[];
  /** Sends SIGTERM, and resolves with the exit status. */
  stop: () => Promise<number | null>;
}

interface Start {
  /** The root of the workspace; defaults to this one. */
  root?: string;
  env?: Record<string, string>;
  /** Options of Node.js. */
  nodeOptions?: string[];
}

/** Starts a program of a workspace as a process, on a free port. Resolves when it listens. */
export async function startProgram(
  script: string,
  { root = workspaceRoot(), env = {}, nodeOptions = [] }: Start = {},
): Promise<Program> {
  const child = spawn(process.execPath, [...nodeOptions, join(root, script)], {
    cwd: root,
    env: { PATH: process.env['PATH'], PORT: '0', DRAIN_MS: '0', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output: string[] = [];
  const listen = new Promise<string>((resolve, reject) => {
    const onOutput = (chunk: Buffer) => {
      output.push(chunk.toString());
      const url = /^[a-z]+: (http:\/\/[^/\s]+\/)/m.exec(output.join(''))?.[1];
      if (url) resolve(url.replace('localhost', '127.0.0.1'));
    };
    child.stdout.on('data', onOutput);
    child.stderr.on('data', onOutput);
    child.once('exit', (status) => reject(new Error(`${script} ended with ${status}:\n${output.join('')}`)));
    setTimeout(() => reject(new Error(`${script} does not listen:\n${output.join('')}`)), TIMEOUT_MS).unref();
  });
  try {
    return { url: await listen, log: () => recordsOf(output.join('')), stop: () => stop(child) };
  } catch (error) {
    child.kill('SIGKILL');
    throw error;
  }
}

async function stop(child: ChildProcess): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), TIMEOUT_MS);
  const [status] = await ended;
  clearTimeout(timer);
  return status;
}

const recordsOf = (text: string): Record<string, unknown>[] =>
  text
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as Record<string, unknown>);

/** Sends an operation to a program. */
export async function postQuery(
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
