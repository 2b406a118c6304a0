import { setFlagsFromString } from 'node:v8';
import {
  ConfigError,
  type ConfigFile,
  type ConfigOf,
  describeSettings,
  effectiveConfig,
  fromWorkspace,
  type listenSettings,
  readConfig,
  readConfigFile,
  type Settings,
} from '@dossier/config';
import type { Log } from '@dossier/http-server';
import { DocumentsError, escapeUnsafe } from '@dossier/seed-format/sources';
import { StoreError } from '@dossier/store';
import { startTracing } from '@dossier/telemetry';
import { Command, CommanderError } from 'commander';
import { SeedError } from './buildStores.js';
import { assertEnvironment, describeSystemError, type MachineSettings } from './environment.js';
import { type Running, stopOnSignal } from './signals.js';

/** Exit statuses. */
const EXIT = { failure: 1, usage: 2, store: 3 } as const;

/**
 * Growth of the heap before V8 collects garbage, in percent of the live objects. V8's default of three times as much takes half
 * as much memory again and saves about a fiftieth of the CPU time.
 */
const HEAP_GROWING_PERCENT = 75;

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
  /** Runs before `main`, and before signals are handled: while it runs, however long it takes, a signal ends the process. */
  prepare?: (config: ConfigOf<S>, options: Record<string, boolean>) => Promise<void>;
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
  { options, commands = [], prepare }: Extras<S> = {},
): Promise<void> {
  const output = handleOutputErrors();
  /** Set once the settings are known; for messages about errors of the operating system. */
  let settingsInEffect: MachineSettings = {};
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
    settingsInEffect = config as MachineSettings;
    if (!printConfig) return config;
    process.stdout.write(effectiveConfig(settings, process.env, file));
    return null;
  };
  if (main) {
    program.action(async (flags: Record<string, boolean>) => {
      const config = readSettings();
      if (!config) return;
      if ('PORT' in settings) assertEnvironment(config as MachineSettings);
      await prepare?.(config, flags);
      // Before `main`: a signal may arrive as soon as it has printed that it listens.
      const signals = stopOnSignal(config as Partial<Record<string, number>>);
      setFlagsFromString(`--heap-growing-percent=${HEAP_GROWING_PERCENT}`);
      output.isServing = 'PORT' in settings;
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
    fail(error, settingsInEffect);
  }
}

/**
 * Handles errors of standard output and standard error. A reader that is gone (`--help | head`) or a closed terminal is not an
 * error. A program that serves continues also if the disk is full; other programs exit with status 1.
 */
function handleOutputErrors(): { isServing: boolean } {
  const state = { isServing: false };
  for (const stream of [process.stdout, process.stderr])
    stream.on('error', ({ code }: NodeJS.ErrnoException) => {
      if (state.isServing || code === 'EPIPE' || code === 'EIO') return;
      process.exitCode = EXIT.failure;
      if (stream === process.stdout) process.stderr.write(`Standard output could not be written (${code}).\n`);
    });
  return state;
}

function fail(error: unknown, settings: MachineSettings): void {
  // Commander has printed the error.
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? 0 : EXIT.usage;
    return;
  }
  const systemError = describeSystemError(error, settings);
  const reported = systemError === null ? error : new ConfigError([systemError]);
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

/** Exports traces to an OpenTelemetry collector, if its endpoint is set. */
export async function startTracingTo(
  {
    OTEL_EXPORTER_OTLP_ENDPOINT: endpoint,
    OTEL_EXPORTER_OTLP_HEADERS: headers,
  }: Pick<ConfigOf<ReturnType<typeof listenSettings>>, 'OTEL_EXPORTER_OTLP_ENDPOINT' | 'OTEL_EXPORTER_OTLP_HEADERS'>,
  service: string,
  log: Log,
): Promise<void> {
  const warn = (reason: string) => log.warn({ reason }, 'spans were not exported');
  if (endpoint !== null) await startTracing({ endpoint, headers: headers ?? {}, service, warn });
}
