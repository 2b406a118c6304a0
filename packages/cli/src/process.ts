import { setTimeout as wait } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import {
  ConfigError,
  type ConfigFile,
  type ConfigOf,
  describeSettings,
  effectiveConfig,
  fromWorkspace,
  readConfig,
  readConfigFile,
  type Settings,
} from '@dossier/config';
import type { Log } from '@dossier/http-server';
import { DocumentsError, escapeUnsafe } from '@dossier/seed-format';
import { StoreError } from '@dossier/store';
import { startTracing } from '@dossier/telemetry';
import { Command, CommanderError } from 'commander';
import { SeedError } from './seeding.js';

/** Exit statuses. */
const EXIT = { failure: 1, usage: 2, store: 3 } as const;

/**
 * Growth of the heap before V8 collects garbage, in percent of the live objects. V8's default of three times as much takes half
 * as much memory again and saves about a fiftieth of the CPU time.
 */
const HEAP_GROWING_PERCENT = 75;

/** A program that runs until it is stopped by a signal. */
export interface Running {
  /** Reports that it is not ready, so that load balancers send no more requests. */
  announceStop?: () => void;
  /** Accepts no more connections, and closes each after its next response. */
  drain?: () => void;
  /** Completes requests in progress, then closes. */
  close: () => Promise<void>;
}

/** A command of a program. */
export interface ProgramCommand<S extends Settings> {
  /** Name and arguments, e.g. `backup <folder>`. */
  name: string;
  description: string;
  /** Descriptions by flag. */
  options?: Record<string, string>;
  run: (config: ConfigOf<S>, args: string[], options: Record<string, boolean>) => Promise<void>;
}

/** What a program does without a command. Resolves to undefined if it has completed. */
export type Main<S extends Settings> = (
  config: ConfigOf<S>,
  options: Record<string, boolean>,
) => Promise<Running | undefined>;

interface Extras<S extends Settings> {
  /** Descriptions by flag. */
  options?: Record<string, string>;
  commands?: readonly ProgramCommand<S>[];
}

interface Options {
  [flag: string]: boolean | string | undefined;
  config?: string;
  printConfig?: boolean;
}

/**
 * Runs a program: reads the settings, prints known errors as a message, and sets the exit status (2 for settings, the command
 * line and seeds, 3 for a store, 1 for any other error). A running program is stopped by SIGTERM, SIGINT and SIGHUP.
 */
export async function runProcess<S extends Settings>(
  description: string,
  settings: S,
  main: Main<S> | null,
  { options, commands = [] }: Extras<S> = {},
): Promise<void> {
  const program = new Command()
    .description(description)
    .exitOverride()
    .addHelpText('after', `\n${describeSettings(settings)}`);
  program
    .option('--config <file>', 'configuration file in YAML; also set by CONFIG_FILE')
    .option('--print-config', 'print the settings in effect as a configuration file, and exit');
  const addOptions = (command: Command, flags: Record<string, string> = {}) => {
    for (const [flag, meaning] of Object.entries(flags)) command.option(flag, meaning);
  };
  addOptions(program, options);
  /** The settings; null if they were printed instead. */
  const readSettings = (): ConfigOf<S> | null => {
    const { config: path = process.env['CONFIG_FILE'], printConfig } = program.opts<Options>();
    const file: ConfigFile = path
      ? readConfigFile(fromWorkspace(path), settings, process.env)
      : { given: new Map(), problems: [] };
    const config = readConfig(settings, process.env, file);
    if (!printConfig) return config;
    process.stdout.write(effectiveConfig(settings, process.env, file));
    return null;
  };
  if (main) {
    program.action(async (flags: Record<string, boolean>) => {
      const config = readSettings();
      if (!config) return;
      // Before `main`: a signal may arrive as soon as it has printed that it listens.
      const signals = stopOnSignal(config as Partial<Record<string, number>>);
      setFlagsFromString(`--heap-growing-percent=${HEAP_GROWING_PERCENT}`);
      const running = await main(config, flags);
      signals.started(running ?? null);
    });
  }
  for (const { name, description: meaning, options: flags, run } of commands) {
    const command = program.command(name).description(meaning);
    addOptions(command, flags);
    command.action(async () => {
      const config = readSettings();
      if (config) await run(config, command.processedArgs as string[], command.opts<Record<string, boolean>>());
    });
  }
  try {
    await program.parseAsync();
  } catch (error) {
    fail(error);
  }
}

function fail(error: unknown): void {
  // Commander has printed the error.
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? 0 : EXIT.usage;
    return;
  }
  const reported = isPortInUse(error)
    ? new ConfigError([
        `PORT="${error.port}": expected a free port on ${error.address}; another program uses this one.`,
      ])
    : error;
  const status =
    reported instanceof ConfigError || reported instanceof SeedError || reported instanceof DocumentsError
      ? EXIT.usage
      : reported instanceof StoreError
        ? EXIT.store
        : EXIT.failure;
  const text = status === EXIT.failure ? ((reported as Error).stack ?? String(reported)) : (reported as Error).message;
  // Messages may contain values from seeds, settings and file names.
  process.stderr.write(`${escapeUnsafe(text)}\n`);
  // Open handles must not keep the program alive.
  process.exit(status);
}

const isPortInUse = (error: unknown): error is { port: number; address: string } =>
  (error as NodeJS.ErrnoException).code === 'EADDRINUSE';

const STOP_SIGNALS = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const;
/** A second SIGINT within this time after the first, in milliseconds, is a duplicate of it. */
const DUPLICATE_MS = 100;

/**
 * Stops the process on SIGTERM, SIGINT or SIGHUP. First it reports that it is not ready, so that load balancers send no more
 * requests. Then it accepts no new connections, and closes each open one after its next response; if it did this first, clients
 * would reconnect, and new connections would be lost. Then it completes requests in progress. A second signal exits
 * immediately.
 */
function stopOnSignal({ DRAIN_MS = 0, GRACE_MS = 10_000 }: Partial<Record<string, number>>): {
  started: (running: Running | null) => void;
} {
  let resolveRunning: (running: Running | null) => void = () => {};
  const starting = new Promise<Running | null>((resolve) => {
    resolveRunning = resolve;
  });
  let stoppingSince: number | null = null;
  const finish = async () => {
    const running = await starting;
    if (running?.announceStop) {
      running.announceStop();
      await wait(DRAIN_MS / 2);
    }
    if (running?.drain) {
      running.drain();
      await wait(DRAIN_MS / 2);
    }
    setTimeout(() => {
      process.stderr.write(`Stopped after GRACE_MS=${GRACE_MS} with requests in progress.\n`);
      process.exit(EXIT.failure);
    }, GRACE_MS).unref();
    await running?.close();
  };
  const stop = (signal: NodeJS.Signals) => {
    // A closed terminal may send SIGHUP repeatedly, where no one can repeat it on purpose.
    if (stoppingSince !== null && signal === 'SIGHUP') return;
    // A program that npm runs receives Ctrl-C twice, from the terminal and from npm.
    if (stoppingSince !== null && signal === 'SIGINT' && Date.now() - stoppingSince < DUPLICATE_MS) return;
    if (stoppingSince !== null) process.exit(EXIT.failure);
    stoppingSince = Date.now();
    // Writing to a closed terminal fails.
    if (signal === 'SIGHUP') for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
    finish().then(
      () => process.exit(0),
      (error: Error) => {
        process.stderr.write(`Stopping failed: ${error.stack}\n`);
        process.exit(EXIT.failure);
      },
    );
  };
  for (const signal of STOP_SIGNALS) process.on(signal, stop);
  return {
    started: (running) => {
      // A program that has completed needs no signal handlers.
      if (!running) for (const signal of STOP_SIGNALS) process.off(signal, stop);
      resolveRunning(running);
    },
  };
}

/** Exports traces to an OpenTelemetry collector; null does not trace. */
export async function startTracingTo(endpoint: string | null, service: string, log: Log): Promise<void> {
  if (endpoint !== null)
    await startTracing({ endpoint, service, warn: (reason) => log.warn({ reason }, 'spans were not exported') });
}
