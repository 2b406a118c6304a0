import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { workspaceRoot } from '@dossier/config';

export type Environment = Record<string, string>;

const QUIET: Environment = { PORT: '0', LOG_LEVEL: 'info', RELOAD_MS: '50', DRAIN_MS: '300', GRACE_MS: '5000' };
// Only PATH and the variables of the test: nothing else of this machine's environment.
const environment = (env: Environment) => ({ PATH: process.env['PATH'] ?? '', ...env });

export const createTempFolder = (): string => mkdtempSync(join(tmpdir(), 'dossier-life-'));

export interface ProcessResult {
  status: number;
  stdout: string;
  stderr: string;
}

export interface RunOptions {
  /** A command that runs the program as its last arguments, e.g. `unshare --pid`. */
  through?: string[];
  uid?: number;
  gid?: number;
  /** Called with each chunk of its standard error. */
  onStderr?: (text: string) => void;
}

/** Runs a program until it exits. */
export const run = (
  script: string,
  args: string[],
  env: Environment,
  { through = [], onStderr, ...user }: RunOptions = {},
): Promise<ProcessResult> =>
  new Promise((resolve) => {
    const [command = process.execPath, ...rest] = [
      ...through,
      process.execPath,
      join(workspaceRoot(), script),
      ...args,
    ];
    const child = execFile(
      command,
      rest,
      { env: environment({ ...QUIET, ...env }), encoding: 'utf8', ...user },
      (_error, stdout, stderr) => resolve({ status: child.exitCode ?? -1, stdout, stderr }),
    );
    child.stderr?.on('data', (chunk) => onStderr?.(String(chunk)));
  });

/** A running server. */
export interface Program {
  /** Its GraphQL endpoint. */
  url: string;
  process: ChildProcess;
  /** Lines of its log so far. */
  log: Record<string, unknown>[];
  /** Resolves with its exit status. */
  ended: Promise<number | null>;
  stop: () => Promise<number | null>;
}

interface StartOptions {
  args?: string[];
  /** Whether to open a channel to the process, over which Node.js reports that its parent is gone. */
  ipc?: boolean;
  /** The folder of the workspace or image that the script is in; defaults to this workspace. */
  root?: string;
  /** Options of Node.js. */
  nodeOptions?: string[];
}

/** Starts a program on a free port unless `env` has one, and waits until it listens. */
export async function start(
  script: string,
  env: Environment,
  { args = [], ipc = false, root = workspaceRoot(), nodeOptions = [] }: StartOptions = {},
): Promise<Program> {
  const child = spawn(process.execPath, [...nodeOptions, join(root, script), ...args], {
    cwd: root,
    env: environment({ ...QUIET, ...env }),
    stdio: ['ignore', 'pipe', 'pipe', ...(ipc ? (['ipc'] as const) : [])],
  });
  const log: Program['log'] = [];
  let stderr = '';
  child.stderr?.on('data', (chunk) => {
    stderr += chunk;
  });
  const ended = once(child, 'exit').then(([status]) => status as number | null);
  const origin = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout as Readable }).on('line', (line) => {
      if (line.startsWith('{')) log.push(JSON.parse(line));
      const address = /http:\/\/(?:localhost|127\.0\.0\.1|\[::1\]):\d+/.exec(line);
      if (address && !line.startsWith('{')) resolve(address[0].replace('localhost', '127.0.0.1'));
    });
    void ended.then((status) => reject(new Error(`${script} ended with status ${status}: ${stderr}`)));
  });
  const stop = () => {
    child.kill('SIGTERM');
    return ended;
  };
  return { url: `${origin}/graphql`, process: child, log, ended, stop };
}

/** Sends an operation to a program. */
export async function postQuery(
  { url }: Program,
  query: string,
  headers: Record<string, string> = {},
): Promise<{ data?: Record<string, unknown>; errors?: unknown[] }> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query }),
  });
  return (await response.json()) as { data?: Record<string, unknown>; errors?: unknown[] };
}

// Below the ports that systems give to clients and to servers without a fixed one: another test cannot get such a port in between.
const FIXED_PORTS = { first: 10_000, last: 32_000 };
const givenPorts = new Set<number>();

/** A free port, for a program that needs a fixed one. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(FIXED_PORTS.first, FIXED_PORTS.last);
    if (givenPorts.has(port)) continue;
    givenPorts.add(port);
    const server = createServer().listen(port, '127.0.0.1');
    const isFree = await once(server, 'listening').then(
      () => true,
      () => false,
    );
    if (!isFree) continue;
    server.close();
    await once(server, 'close');
    return port;
  }
}

/** A copy of the seeds with another digest: a comment is added. */
export function changedSeeds(folder: string, remark = 'others'): string {
  cpSync(join(workspaceRoot(), 'seeds'), folder, { recursive: true });
  const file = join(folder, 'memri-sd-10149/trade.yaml');
  writeFileSync(file, `${readFileSync(file, 'utf8')}# ${remark}\n`);
  return folder;
}

export const removeFolder = (folder: string): void => rmSync(folder, { recursive: true, force: true });

/** Waits until a condition holds, else fails with its name. */
export async function waitFor(what: string, holds: () => boolean | Promise<boolean>, seconds = 60): Promise<void> {
  for (const end = Date.now() + seconds * 1000; Date.now() < end; ) {
    if (await holds()) return;
    await new Promise((later) => setTimeout(later, 20));
  }
  throw new Error(`Timed out waiting for: ${what}.`);
}
