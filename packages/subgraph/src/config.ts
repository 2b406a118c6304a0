import { LOG_LEVELS, type LogLevel } from '@dossier/server';
import { fromWorkspace } from './workspace.js';

/** A setting: its environment variable, what it is, and how its text is read. */
export interface Setting<T> {
  description: string;
  /** As it would stand in the environment; null where the setting may be left out. */
  default: string | null;
  /** Reads the text, or throws an Error that says what was expected. */
  read: (text: string) => T;
}

export type Settings = Record<string, Setting<unknown>>;
export type ConfigOf<S extends Settings> = { [K in keyof S]: S[K] extends Setting<infer T> ? T : never };

/** A setting that is wrong, each named with what was expected. Exit status 2. */
export class ConfigError extends Error {
  constructor(problems: string[]) {
    super(problems.join('\n'));
    this.name = 'ConfigError';
  }
}

/** Reads all settings from the environment. Every problem is reported at once; an empty variable counts as not set. */
export function readConfig<S extends Settings>(settings: S, env: NodeJS.ProcessEnv): ConfigOf<S> {
  const problems: string[] = [];
  const config: Record<string, unknown> = {};
  for (const [name, setting] of Object.entries(settings)) {
    const text = env[name] || setting.default;
    try {
      config[name] = text === null ? null : setting.read(text);
    } catch (error) {
      problems.push(`${name}="${text}": ${(error as Error).message}`);
    }
  }
  if (problems.length > 0) throw new ConfigError(problems);
  return config as ConfigOf<S>;
}

/** The settings as `--help` prints them. */
export function describeSettings(program: string, settings: Settings): string {
  const rows = Object.entries(settings).map(([name, { description, default: value }]) => `  ${name.padEnd(27)} ${description}${value === null ? '' : ` Default: ${value}.`}`);
  return [`${program}`, '', 'Environment variables:', ...rows, ''].join('\n');
}

export const port = (text: string): number => {
  const value = Number(text);
  if (!/^\d{1,5}$/.test(text) || value > 65535) throw new Error('expected a port, 0 to 65535 (0 takes any free one).');
  return value;
};
export const host = (text: string): string => {
  if (!/^[0-9A-Za-z.:_-]+$/.test(text)) throw new Error('expected a host name or an address, e.g. 127.0.0.1.');
  return text;
};
export const folder = (text: string): string => fromWorkspace(text);
export const httpUrl = (text: string): string => {
  if (!URL.canParse(text) || !/^https?:$/.test(new URL(text).protocol)) throw new Error('expected an http or https URL, e.g. http://127.0.0.1:4001/graphql.');
  return text;
};

const logLevel = (text: string): LogLevel => {
  const level = LOG_LEVELS.find((known) => known === text);
  if (!level) throw new Error(`expected one of ${LOG_LEVELS.join(', ')}.`);
  return level;
};

/** What every process reads. */
export const dataSettings = {
  DATA_DIR: { description: 'Folder of the stores, <service>.sqlite each.', default: 'data', read: folder },
  DOCUMENTS_DIR: { description: 'Folder with the texts of documents; without it, excerpts are null.', default: null, read: folder as (text: string) => string | null },
  SEEDS_DIR: { description: 'Folder of the seeds.', default: 'seeds', read: folder },
} satisfies Settings;

/** What every listening process reads. */
export const listenSettings = (defaultPort: number) =>
  ({
    PORT: { description: 'Port to listen on; 0 takes any free one.', default: String(defaultPort), read: port },
    HOST: { description: 'Address to listen on.', default: '127.0.0.1', read: host },
    LOG_LEVEL: { description: `What is logged, a line of JSON a request at info: ${LOG_LEVELS.join(', ')}.`, default: 'info', read: logLevel },
    OTEL_EXPORTER_OTLP_ENDPOINT: {
      description: 'URL of an OpenTelemetry collector that takes OTLP over HTTP; without it, nothing is traced.',
      default: null,
      read: httpUrl as (text: string) => string | null,
    },
  }) satisfies Settings;
