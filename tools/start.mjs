// Builds a program and its dependencies, then runs it in this process: node tools/start.mjs [--seed] <program> [arguments].
// With --seed, `<program> seed` runs first. npm scripts `exec` this process and the program is not a child process, so that no
// shell stands between npm and the program: it would not forward signals.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from './build.mjs';

const PARENT_CHECK_MS = 500;

const args = process.argv.slice(2);
const seedsFirst = args[0] === '--seed' && args.shift() !== undefined;
const [program, ...rest] = args;
if (program === undefined) {
  process.stderr.write('Expected a program, e.g. node tools/start.mjs gateway/dist/main.js.\n');
  process.exit(2);
}
const file = resolve(program);

/** Stops this process when npm exits: npm does not forward SIGHUP, and cannot forward SIGKILL. Detected by the changed parent process id. */
function stopWithParent() {
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    process.kill(process.pid, 'SIGHUP');
  }, PARENT_CHECK_MS).unref();
}

/** Runs a program as a child process; exits this process if the program fails. */
async function run(...command) {
  const child = spawn(process.execPath, command, { stdio: 'inherit' });
  const stop = (signal) => child.kill(signal);
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  for (const signal of signals) process.on(signal, stop);
  const status = await new Promise((done) => child.once('exit', done));
  for (const signal of signals) process.off(signal, stop);
  if (status !== 0) process.exit(status ?? 1);
}

if (process.env.npm_lifecycle_event !== undefined) stopWithParent();
const { name, workspaces } = JSON.parse(readFileSync('package.json', 'utf8'));
await build(workspaces ? [] : [`--filter=${name}`]);
if (seedsFirst) await run(file, 'seed');
process.argv = [process.execPath, file, ...rest];
await import(pathToFileURL(file).href);
