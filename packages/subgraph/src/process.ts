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
    const status = error instanceof ConfigError || error instanceof SeedError ? EXIT.usage : error instanceof StoreError ? EXIT.store : 1;
    process.stderr.write(`${status === 1 ? ((error as Error).stack ?? String(error)) : (error as Error).message}\n`);
    process.exitCode = status;
  }
}

function closeOnSignal(running: { close: () => Promise<void> }): void {
  let closing = false;
  const stop = () => {
    // A second signal does not wait.
    if (closing) process.exit(1);
    closing = true;
    running.close().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}
