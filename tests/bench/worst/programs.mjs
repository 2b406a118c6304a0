import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, openSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { fromWorkspace } from '@dossier/config';

const SERVICES = ['actors', 'statements', 'sanctions', 'trade'];
/** Half of the 512 MB that deploy/ gives a process, as V8 chooses by itself in a container with that limit. */
const HEAP_MB = 256;
const PAUSES = fileURLToPath(new URL('./pauses.mjs', import.meta.url));

const logs = mkdtempSync(join(tmpdir(), 'dossier-worst-'));
process.on('exit', () => rmSync(logs, { recursive: true, force: true }));

/** A process of Dossier with its default settings, which reports its pauses and its memory. */
class Program {
  #child;
  #log;

  constructor(name, file, env) {
    this.name = name;
    this.#log = join(logs, `${name}-${readdirSync(logs).length}`);
    const args = [`--max-old-space-size=${HEAP_MB}`, '--import', PAUSES, file];
    const settings = {
      PATH: process.env.PATH,
      NODE_ENV: 'production',
      HOST: '127.0.0.1',
      PORT: '0',
      DRAIN_MS: '0',
      LOG_LEVEL: 'warn',
      ...env,
    };
    this.#child = spawn(process.execPath, args, {
      env: settings,
      stdio: ['ignore', openSync(this.#log, 'w'), 'inherit', 'ipc'],
    });
  }

  /** Resolves when the process listens. */
  async ready() {
    for (;;) {
      const [, origin] = /^[^{\n]*?(http:\/\/[\w.]+:\d+)/m.exec(readFileSync(this.#log, 'utf8')) ?? [];
      if (origin) {
        this.origin = origin.replace('localhost', '127.0.0.1');
        return this;
      }
      if (!this.isRunning)
        throw new Error(
          `${this.name} ended with ${this.#child.exitCode ?? this.#child.signalCode} before it was ready.`,
        );
      await new Promise((later) => setTimeout(later, 5));
    }
  }

  get isRunning() {
    return this.#child.exitCode === null && this.#child.signalCode === null;
  }

  /** The longest pause since the last call, in milliseconds of CPU. */
  async longestPause() {
    const answer = once(this.#child, 'message');
    this.#child.send('ask');
    const [longest] = await answer;
    return longest;
  }

  /** Milliseconds of CPU so far, of all threads. */
  get cpuMs() {
    const stat = readFileSync(`/proc/${this.#child.pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return (Number(fields[11]) + Number(fields[12])) * 10;
  }

  /** The peak of its resident memory (RSS) since the last call, in megabytes. */
  takePeak() {
    const peak = Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${this.#child.pid}/status`, 'utf8'))?.[1]) / 1024;
    writeFileSync(`/proc/${this.#child.pid}/clear_refs`, '5');
    return peak;
  }

  async stop() {
    if (!this.isRunning) return;
    const ended = once(this.#child, 'exit');
    this.#child.kill('SIGTERM');
    await ended;
  }
}

/** Starts the graph in one process, or a gateway and four services. Clients send requests to the first of the programs. */
export async function startPrograms(mode, { dataDir, seedsDir }) {
  const stores = { DATA_DIR: dataDir, SEEDS_DIR: seedsDir, STALE_STORE: 'serve' };
  if (mode === 'embedded')
    return [
      await new Program('embedded', fromWorkspace('gateway/dist/embeddedMain.js'), {
        ...stores,
        CACHE_MB: '0',
      }).ready(),
    ];
  const services = await Promise.all(
    SERVICES.map((name) => new Program(name, fromWorkspace(`services/${name}/dist/main.js`), stores).ready()),
  );
  const urls = Object.fromEntries(
    services.map(({ name, origin }) => [`${name.toUpperCase()}_URL`, `${origin}/graphql`]),
  );
  return [
    await new Program('gateway', fromWorkspace('gateway/dist/main.js'), { ...urls, CACHE_MB: '0' }).ready(),
    ...services,
  ];
}
