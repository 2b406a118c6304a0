import { StoreError } from '@dossier/store';
import { ConfigError, type ConfigOf, describeSettings, readConfig, type Settings } from './config.js';
import { SeedError } from './seeding.js';

const EXIT = { usage: 2, store: 3 } as const;

/**
 * Runs a program: prints `--help`, reads the settings, and turns what is known to go wrong into one message and a status
 * (2 a setting or the seeds, 3 a store). What it returns is closed on SIGTERM and SIGINT.
 */
export async function runProcess<S extends Settings>(program: string, settings: S, main: (config: ConfigOf<S>) => Promise<{ close: () => Promise<void> } | undefined>): Promise<void> {
  if (process.argv.includes('--help')) {
    process.stdout.write(describeSettings(program, settings));
    return;
  }
  try {
    const running = await main(readConfig(settings, process.env));
    if (running) closeOnSignal(running);
  } catch (error) {
    const known = isPortTaken(error) ? new ConfigError([`PORT="${error.port}": expected a port that is free on ${error.address}; another program listens there.`]) : error;
    const status = known instanceof ConfigError || known instanceof SeedError ? EXIT.usage : known instanceof StoreError ? EXIT.store : 1;
    process.stderr.write(`${status === 1 ? ((known as Error).stack ?? String(known)) : (known as Error).message}\n`);
    // What was opened before it went wrong must not keep the program alive.
    process.exit(status);
  }
}

const isPortTaken = (error: unknown): error is { port: number; address: string } => (error as NodeJS.ErrnoException).code === 'EADDRINUSE';

/** How long requests may take to finish once the process was told to stop. */
const GRACE_MS = 10_000;

/** On SIGTERM or SIGINT no new request is taken, those under way are finished, and the process ends; a second signal does not wait. */
function closeOnSignal(running: { close: () => Promise<void> }): void {
  let closing = false;
  const stop = () => {
    if (closing) process.exit(1);
    closing = true;
    setTimeout(() => process.exit(1), GRACE_MS).unref();
    running.close().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}
