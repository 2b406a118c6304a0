import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { workspaceRoot } from '@dossier/config';
import { inject } from 'vitest';
import { type Environment, start } from '../support/processes.js';
import { copyOfStores } from '../support/stores.js';

const SERVICES = ['actors', 'statements', 'sanctions', 'trade'];

/** A process under test, with its log. */
export interface Target {
  name: string;
  port: number;
  /** Number of log lines of a request. */
  linesOf: (requestId: string) => number;
  /** Whether the log contains a word. */
  hasLogged: (word: string) => boolean;
  /** Resident memory in megabytes. */
  memory: () => number;
  isRunning: () => boolean;
  stop: () => Promise<number | null>;
}

/** Starts a program with production settings. */
async function startProgram(name: string, script: string, env: Environment): Promise<Target> {
  const { url, log, process, stop } = await start(script, { HOST: '127.0.0.1', NODE_ENV: 'production', ...env });
  return {
    name,
    port: Number(new URL(url).port),
    linesOf: (id) => log.filter(({ msg, requestId }) => msg === 'request' && requestId === id).length,
    hasLogged: (word) => log.some((line) => JSON.stringify(line).includes(word)),
    memory: () => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${process.pid}/status`, 'utf8'))?.[1]) / 1024,
    isRunning: () => process.exitCode === null && process.signalCode === null,
    stop,
  };
}

/** Starts the embedded graph, the gateway and the four services, with stores of the real seeds; in the project `postgres`, in a database. */
export async function startTargets(env: Environment = {}): Promise<{ targets: Target[]; close: () => Promise<void> }> {
  const dataDir = copyOfStores();
  const storesUrl = inject('storesUrl');
  const folders = {
    ...{ DATA_DIR: dataDir, SEEDS_DIR: join(workspaceRoot(), 'seeds') },
    ...(storesUrl && { STORE_URL: storesUrl }),
  };
  const embedded = await startProgram('embedded', 'gateway/dist/embeddedMain.js', { ...folders, ...env });
  const services = await Promise.all(
    SERVICES.map((name) => startProgram(name, `services/${name}/dist/main.js`, { ...folders, ...env })),
  );
  const urls = Object.fromEntries(
    services.map(({ name, port }) => [`${name.toUpperCase()}_URL`, `http://127.0.0.1:${port}/graphql`]),
  );
  const gateway = await startProgram('gateway', 'gateway/dist/main.js', { ...urls, ...env });
  return {
    targets: [embedded, gateway, ...services],
    close: async () => {
      await Promise.all([embedded, gateway, ...services].map((program) => program.stop()));
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
