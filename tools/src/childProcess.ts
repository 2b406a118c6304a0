import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';

/** Milliseconds from SIGTERM to SIGKILL. */
const KILL_AFTER_MS = 5_000;

/** A Node program that can be restarted; its output goes to that of this process. */
export class Child {
  readonly #name: string;
  readonly #script: string;
  readonly #env: NodeJS.ProcessEnv;
  #process: ChildProcess | null = null;

  constructor(name: string, script: string, env: NodeJS.ProcessEnv) {
    this.#name = name;
    this.#script = script;
    this.#env = env;
  }

  start(): void {
    // With an IPC channel, the program notices if this process is killed, and stops.
    const child = spawn(process.execPath, [this.#script], {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      env: this.#env,
    });
    this.#process = child;
    child.once('exit', (code, signal) => {
      // It was not stopped by us. The next change restarts it.
      if (this.#process === child) process.stderr.write(`${this.#name} exited (${signal ?? `status ${code}`}).\n`);
    });
  }

  async stop(): Promise<void> {
    const child = this.#process;
    this.#process = null;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, 'exit');
    child.kill('SIGTERM');
    const killTimer = setTimeout(() => child.kill('SIGKILL'), KILL_AFTER_MS);
    await exited;
    clearTimeout(killTimer);
  }

  async restart(): Promise<void> {
    await this.stop();
    this.start();
  }
}
