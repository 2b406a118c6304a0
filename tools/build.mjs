// Builds what is out of date, and reports to standard error, which leaves standard output to the program that follows: node tools/build.mjs [options of turbo run].
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const root = join(import.meta.dirname, '..');
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/** Disables telemetry of dependencies. Turbo's is on by default. */
export const NO_TELEMETRY = { TURBO_TELEMETRY_DISABLED: '1', DO_NOT_TRACK: '1' };

/**
 * Builds the workspaces that `args` select; all of them by default. Exits this process if the build fails or is stopped by a
 * signal. No process of the build is left running.
 *
 * @param {readonly string[]} args Options of `turbo run`, e.g. `--filter=@dossier/trade`.
 */
export async function build(args = []) {
  if (!existsSync(join(root, 'packages/store/dist'))) {
    process.stderr.write(
      'Building for the first time: TypeScript of the packages, services and gateway, then the reader. This takes about a minute; later builds take seconds.\n',
    );
  }
  const turbo = createRequire(import.meta.url).resolve('turbo/bin/turbo');
  const child = spawn(
    process.execPath,
    [turbo, 'run', 'build', '--output-logs=errors-only', '--log-order=stream', ...args],
    {
      cwd: root,
      env: { ...process.env, ...NO_TELEMETRY },
      stdio: ['ignore', process.stderr, 'inherit'],
    },
  );
  let stoppedBy = null;
  const stop = (signal) => {
    stoppedBy = signal;
    child.kill(signal);
  };
  for (const signal of SIGNALS) process.on(signal, stop);
  const status = await new Promise((resolve) => child.once('exit', resolve));
  for (const signal of SIGNALS) process.off(signal, stop);
  // Die from the same signal, so that the parent process sees it.
  if (stoppedBy) {
    process.kill(process.pid, stoppedBy);
    await new Promise(() => {});
  }
  if (status !== 0) process.exit(status ?? 1);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await build(process.argv.slice(2));
