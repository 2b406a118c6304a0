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
import { DocumentsError, escapeUnsafe } from '@dossier/seed-format';
import { StoreError } from '@dossier/store';
import { Command, CommanderError } from 'commander';
import { SeedError } from './seeding.js';

const EXIT = { failure: 1, usage: 2, store: 3 } as const;

/**
 * Garbage that may lie about before it is collected, of what is in use. V8 would wait for three times as much, and a process
 * hold half as much memory again, to save about a fiftieth of its time.
 */
const GARBAGE_PERCENT = 75;

/** A program that goes on until it is told to stop. */
export interface Running {
  /** Says that it is not ready, so that it is asked no more. */
  announceStop?: () => void;
  /** Takes no more connections, and keeps none past an answer. */
  drain?: () => void;
  /** Finishes what is under way, and ends. */
  close: () => Promise<void>;
}

/** Something else that a program can be asked for. */
export interface ProgramCommand<S extends Settings> {
  /** With its arguments, e.g. `backup <folder>`. */
  name: string;
  description: string;
  /** Flags, with a description each. */
  options?: Record<string, string>;
  run: (config: ConfigOf<S>, args: string[], options: Record<string, boolean>) => Promise<void>;
}

/** What a program does when it is asked for nothing else. */
export type Main<S extends Settings> = (
  config: ConfigOf<S>,
  options: Record<string, boolean>,
) => Promise<Running | undefined>;

interface Extras<S extends Settings> {
  /** Flags, with a description each. */
  options?: Record<string, string>;
  commands?: readonly ProgramCommand<S>[];
}

interface Options {
  [flag: string]: boolean | string | undefined;
  config?: string;
  printConfig?: boolean;
}

/**
 * Runs a program: reads the settings, and turns what is known to go wrong into one message and a status (2 a setting, the
 * command line or the seeds, 3 a store). What goes on is stopped by SIGTERM, SIGINT and SIGHUP.
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
    .option('--config <file>', 'configuration file, in YAML; CONFIG_FILE says the same')
    .option('--print-config', 'print the settings in effect, as a configuration file, and end');
  const add = (to: Command, flags: Record<string, string> = {}) => {
    for (const [flag, meaning] of Object.entries(flags)) to.option(flag, meaning);
  };
  add(program, options);
  /** The settings; null where they were only to be printed. */
  const configured = (): ConfigOf<S> | null => {
    const { config: named = process.env['CONFIG_FILE'], printConfig } = program.opts<Options>();
    const file: ConfigFile = named
      ? readConfigFile(fromWorkspace(named), settings, process.env)
      : { given: new Map(), problems: [] };
    const config = readConfig(settings, process.env, file);
    if (!printConfig) return config;
    process.stdout.write(effectiveConfig(settings, process.env, file));
    return null;
  };
  if (main) {
    program.action(async (flags: Record<string, boolean>) => {
      const config = configured();
      if (!config) return;
      // From now on: a signal may come as soon as it says that it listens.
      const running = stopOnSignal(config as Partial<Record<string, number>>);
      setFlagsFromString(`--heap-growing-percent=${GARBAGE_PERCENT}`);
      const began = await main(config, flags);
      running.begin(began ?? null);
    });
  }
  for (const { name, description: meaning, options: flags, run } of commands) {
    const command = program.command(name).description(meaning);
    add(command, flags);
    command.action(async () => {
      const config = configured();
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
  // What was wrong with the command line, it has said.
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? 0 : EXIT.usage;
    return;
  }
  const known = isPortTaken(error)
    ? new ConfigError([
        `PORT="${error.port}": expected a port that is free on ${error.address}; another program listens there.`,
      ])
    : error;
  const status =
    known instanceof ConfigError || known instanceof SeedError || known instanceof DocumentsError
      ? EXIT.usage
      : known instanceof StoreError
        ? EXIT.store
        : EXIT.failure;
  const text = status === EXIT.failure ? ((known as Error).stack ?? String(known)) : (known as Error).message;
  // Messages may contain values from seeds, settings and file names.
  process.stderr.write(`${escapeUnsafe(text)}\n`);
  // What was opened before it went wrong must not keep the program alive.
  process.exit(status);
}

const isPortTaken = (error: unknown): error is { port: number; address: string } =>
  (error as NodeJS.ErrnoException).code === 'EADDRINUSE';

const STOP_SIGNALS = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const;
/** A second SIGINT within this time after the first, in milliseconds, is of the same key. */
const ONE_KEY_MS = 100;

/**
 * On SIGTERM, SIGINT or SIGHUP the process is not ready at once, so that a balancer sends nobody any more. Then it takes no new
 * connections, and whoever asks on a kept one is told that it is the last answer there; told the other way round, all would
 * connect anew, and those just connecting be cut off. Then it ends what is under way. A second signal does not wait.
 */
function stopOnSignal({ DRAIN_MS = 0, GRACE_MS = 10_000 }: Partial<Record<string, number>>): {
  begin: (running: Running | null) => void;
} {
  let begin: (running: Running | null) => void = () => {};
  const begun = new Promise<Running | null>((resolve) => {
    begin = resolve;
  });
  let stoppingSince: number | null = null;
  const finish = async () => {
    const running = await begun;
    if (running?.announceStop) {
      running.announceStop();
      await wait(DRAIN_MS / 2);
    }
    if (running?.drain) {
      running.drain();
      await wait(DRAIN_MS / 2);
    }
    setTimeout(() => {
      process.stderr.write(`Stopped after GRACE_MS=${GRACE_MS} with requests unfinished.\n`);
      process.exit(EXIT.failure);
    }, GRACE_MS).unref();
    await running?.close();
  };
  const stop = (signal: NodeJS.Signals) => {
    // A closed terminal may send SIGHUP more than once, and nobody is left there to be in a hurry.
    if (stoppingSince !== null && signal === 'SIGHUP') return;
    // Ctrl-C reaches a program that npm runs twice, from the terminal and from npm.
    if (stoppingSince !== null && signal === 'SIGINT' && Date.now() - stoppingSince < ONE_KEY_MS) return;
    if (stoppingSince !== null) process.exit(EXIT.failure);
    stoppingSince = Date.now();
    // A terminal that was closed takes no more output.
    if (signal === 'SIGHUP') for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
    finish().then(
      () => process.exit(0),
      (error: Error) => {
        process.stderr.write(`Stopping went wrong: ${error.stack}\n`);
        process.exit(EXIT.failure);
      },
    );
  };
  for (const signal of STOP_SIGNALS) process.on(signal, stop);
  return {
    begin: (running) => {
      // What has ended by itself needs no stopping.
      if (!running) for (const signal of STOP_SIGNALS) process.off(signal, stop);
      begin(running);
    },
  };
}
