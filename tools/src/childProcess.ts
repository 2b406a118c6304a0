import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';

const KILL_AFTER_MS = 5_000;

/** A program that is run again and again, its output among ours. */
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
    const child = spawn(process.execPath, [this.#script], { stdio: ['ignore', 'inherit', 'inherit'], env: this.#env });
    this.#process = child;
    child.once('exit', (code, signal) => {
      // Ended by itself: it is told, and starts anew at the next change.
      if (this.#process === child) process.stderr.write(`${this.#name} ended (${signal ?? `status ${code}`}).\n`);
    });
  }

  async stop(): Promise<void> {
    const child = this.#process;
    this.#process = null;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGTERM');
    const impatience = setTimeout(() => child.kill('SIGKILL'), KILL_AFTER_MS);
    await ended;
    clearTimeout(impatience);
  }

  async restart(): Promise<void> {
    await this.stop();
    this.start();
  }
}
