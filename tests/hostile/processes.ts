import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { seedAll } from '@dossier/gateway';
import { workspaceRoot } from '@dossier/subgraph';

const SERVICES = ['actors', 'statements', 'sanctions', 'trade'];

/** A process that is asked, and what it logs. */
export interface Target {
  name: string;
  port: number;
  /** How many lines a request has in the log. */
  linesOf: (requestId: string) => number;
  /** Whether a word stands anywhere in the log. */
  hasLogged: (word: string) => boolean;
  /** Memory that it holds, in megabytes. */
  memory: () => number;
  isRunning: () => boolean;
  stop: () => Promise<void>;
}

/** Starts a program of this project on a free port of loopback. */
async function startProgram(name: string, script: string, env: Record<string, string>): Promise<Target> {
  const child: ChildProcess = spawn(process.execPath, [join(workspaceRoot(), script)], {
    env: { PATH: process.env['PATH'], HOST: '127.0.0.1', PORT: '0', NODE_ENV: 'production', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const lines = new Map<string, number>();
  const logged: string[] = [];
  const said: string[] = [];
  const port = await new Promise<number>((found, failed) => {
    child.once('exit', () => failed(new Error(`${name} ended: ${said.join('\n')}`)));
    child.stderr?.on('data', (chunk) => said.push(String(chunk)));
    createInterface({ input: child.stdout as NodeJS.ReadableStream }).on('line', (line) => {
      const address = /http:\/\/localhost:(\d+)\//.exec(line)?.[1];
      if (address) found(Number(address));
      if (!line.startsWith('{')) return;
      logged.push(line);
      const { msg, requestId } = JSON.parse(line) as { msg?: string; requestId?: string };
      if (msg === 'request' && requestId) lines.set(requestId, (lines.get(requestId) ?? 0) + 1);
    });
  });
  return {
    name,
    port,
    linesOf: (requestId) => lines.get(requestId) ?? 0,
    hasLogged: (word) => logged.some((line) => line.includes(word)),
    memory: () => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1]) / 1024,
    isRunning: () => child.exitCode === null && child.signalCode === null,
    stop: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
    },
  };
}

/** The graph in one process, a gateway over services, and one of those services, on stores of the real seeds. */
export async function startTargets(env: Record<string, string> = {}): Promise<{ targets: Target[]; close: () => Promise<void> }> {
  const dataDir = mkdtempSync(join(tmpdir(), 'dossier-hostile-'));
  const folders = { DATA_DIR: dataDir, SEEDS_DIR: join(workspaceRoot(), 'seeds') };
  seedAll({ dataDir, seedsDir: folders.SEEDS_DIR });
  const embedded = await startProgram('embedded', 'gateway/dist/embeddedMain.js', { ...folders, ...env });
  const services = await Promise.all(SERVICES.map((name) => startProgram(name, `services/${name}/dist/main.js`, { ...folders, ...env })));
  const urls = Object.fromEntries(services.map(({ name, port }) => [`${name.toUpperCase()}_URL`, `http://127.0.0.1:${port}/graphql`]));
  const gateway = await startProgram('gateway', 'gateway/dist/main.js', { ...urls, ...env });
  return {
    targets: [embedded, gateway, ...services.filter(({ name }) => name === 'statements')],
    close: async () => {
      await Promise.all([embedded, gateway, ...services].map((program) => program.stop()));
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
