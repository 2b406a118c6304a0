import { LOG_LEVELS, type LogLevel } from '@dossier/http-server';
import { httpSettings } from './httpSettings.js';
import { operationMs, serviceLimits } from './limitSettings.js';
import { fromWorkspace } from './workspace.js';

/** A setting: its environment variable, what it is, and how its text is read. */
export interface Setting<T> {
  description: string;
  /** As it would stand in the environment; null where the setting may be left out. */
  default: string | null;
  /** Whether it is never shown. */
  secret?: boolean;
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

/** A setting's text, and where it was found. */
export interface Given {
  /** Null where it is set nowhere. */
  text: string | null;
  /** E.g. `environment`, `default`, or a file with the line. */
  source: string;
}

/** What each setting is given. The environment wins over the file; an empty variable counts as not set. */
export function gather(settings: Settings, env: NodeJS.ProcessEnv, file?: ConfigFile): Map<string, Given> {
  return new Map(
    Object.entries(settings).map(([name, setting]) => {
      const variable = env[name];
      if (variable) return [name, { text: variable, source: 'environment' }];
      return [
        name,
        file?.given.get(name) ?? { text: setting.default, source: setting.default === null ? 'not set' : 'default' },
      ];
    }),
  );
}

/** What a configuration file says, and what is wrong with it. */
export interface ConfigFile {
  given: ReadonlyMap<string, Given>;
  /** Each with its line. */
  problems: readonly string[];
}

/** Reads all settings, from the environment and, below it, a file. Every problem of both is reported at once. */
export function readConfig<S extends Settings>(settings: S, env: NodeJS.ProcessEnv, file?: ConfigFile): ConfigOf<S> {
  const found = [...(file?.problems ?? [])];
  const given = gather(settings, env, file);
  const config: Record<string, unknown> = {};
  for (const [name, setting] of Object.entries(settings)) {
    // An empty secret would leave the process open to everybody, without a word.
    if (setting.secret && env[name] === '') found.push(`${name}="": is empty; expected a secret, or not to be set.`);
    const { text, source } = given.get(name) ?? { text: null, source: '' };
    try {
      config[name] = text === null ? null : setting.read(text);
    } catch (error) {
      const where = source === 'environment' || source === 'default' ? '' : `${source}: `;
      const shown = shownText(setting, text ?? '');
      // A reader may repeat the text.
      found.push(`${where}${name}="${shown}": ${(error as Error).message.replaceAll(text ?? '', shown)}`);
    }
  }
  if (found.length > 0) throw new ConfigError(found);
  return config as ConfigOf<S>;
}

const MASK = '***';

/** A setting's text as it may be shown: nothing of a secret, nor of a password in an address. */
export function shownText(setting: Setting<unknown>, text: string): string {
  if (setting.secret) return MASK;
  const password = URL.canParse(text) ? new URL(text).password : '';
  return password ? text.replace(`:${password}@`, `:${MASK}@`) : text;
}

/** The settings as `--help` prints them. */
export function describeSettings(settings: Settings): string {
  const width = Math.max(...Object.keys(settings).map((name) => name.length)) + 2;
  const rows = Object.entries(settings).map(
    ([name, { description, default: value }]) =>
      `  ${name.padEnd(width)}${description}${value === null ? '' : ` Default: ${value}.`}`,
  );
  return ['Settings, each an environment variable or a line of the configuration file:', ...rows, ''].join('\n');
}

export const port = (text: string): number => {
  const value = Number(text);
  if (!/^\d{1,5}$/.test(text) || value > 65535) throw new Error('expected a port, 0 to 65535 (0 takes any free one).');
  return value;
};
/** A length of time. */
export const milliseconds = (text: string): number => {
  if (!/^\d{1,7}$/.test(text)) throw new Error('expected a whole number of milliseconds, e.g. 1000.');
  return Number(text);
};
export const host = (text: string): string => {
  if (!/^[0-9A-Za-z.:_-]+$/.test(text)) throw new Error('expected a host name or an address, e.g. 127.0.0.1.');
  return text;
};
export const folder = (text: string): string => fromWorkspace(text);
export const httpUrl = (text: string): string => {
  if (!URL.canParse(text) || !/^https?:$/.test(new URL(text).protocol))
    throw new Error('expected an http or https URL, e.g. http://127.0.0.1:4001/graphql.');
  return text;
};

/** One of a few words. */
export function oneOf<Word extends string>(...words: Word[]): (text: string) => Word {
  return (text) => {
    const word = words.find((known) => known === text);
    if (!word) throw new Error(`expected one of ${words.join(', ')}.`);
    return word;
  };
}

const logLevel = (text: string): LogLevel => {
  const level = LOG_LEVELS.find((known) => known === text);
  if (!level) throw new Error(`expected one of ${LOG_LEVELS.join(', ')}.`);
  return level;
};

/** What every process reads. */
export const dataSettings = {
  DATA_DIR: { description: 'Folder of the stores, <service>.sqlite each.', default: 'data', read: folder },
  DOCUMENTS_DIR: {
    description: 'Folder with the texts of documents; without it, excerpts are null.',
    default: null,
    read: folder as (text: string) => string | null,
  },
  SEEDS_DIR: { description: 'Folder of the seeds.', default: 'seeds', read: folder },
} satisfies Settings;

/** What every process reads that serves stores which it does not build. */
export const storeSettings = {
  STALE_STORE: {
    description:
      'What is done at the start about a store that was not built from the seeds at hand: refuse it, or serve it.',
    default: 'refuse',
    read: oneOf('refuse', 'serve'),
  },
} satisfies Settings;

const secret = (text: string): string => {
  if (!/^[\x21-\x7e]{16,256}$/.test(text))
    throw new Error('expected 16 to 256 letters, digits and signs, without spaces.');
  return text;
};

/** What a gateway and its services share. */
export const secretSettings = {
  SUBGRAPH_SECRET: {
    description:
      'What the gateway shows its services, 16 characters or more; a service that has it answers nobody else but probes. The same for all of them.',
    default: null,
    secret: true,
    read: secret as (text: string) => string | null,
  },
} satisfies Settings;

const entities = (text: string): number => {
  if (!/^[1-9]\d{0,6}$/.test(text)) throw new Error('expected a whole number of entities, at least 1.');
  return Number(text);
};

/** What every service reads beside. */
export const serviceSettings = {
  ...secretSettings,
  MAX_ENTITIES: {
    description: 'Entities that one request may ask for by their keys, else TOO_MANY_ENTITIES.',
    default: '10000',
    read: entities,
  },
  REQUEST_MS: operationMs,
  ...serviceLimits,
} satisfies Settings;

/** What every listening process reads. */
export const listenSettings = (defaultPort: number) =>
  ({
    PORT: { description: 'Port to listen on; 0 takes any free one.', default: String(defaultPort), read: port },
    HOST: { description: 'Address to listen on.', default: '127.0.0.1', read: host },
    LOG_LEVEL: {
      description: `What is logged, a line of JSON a request at info: ${LOG_LEVELS.join(', ')}.`,
      default: 'info',
      read: logLevel,
    },
    RELOAD_MS: {
      description:
        'How often it is looked whether another store or supergraph was put in place, in milliseconds; 0 never looks.',
      default: '1000',
      read: milliseconds,
    },
    DRAIN_MS: {
      description:
        'How long it goes on answering once it was told to stop, in milliseconds: for half of it it is not ready, for the other half it takes no new connections and closes each after its answer.',
      default: '1000',
      read: milliseconds,
    },
    GRACE_MS: {
      description: 'How long requests under way may take to finish after that, in milliseconds.',
      default: '10000',
      read: milliseconds,
    },
    PROBE_PORT: {
      description:
        'Port of health and metrics, if they are to have one of their own; without it, they are answered on PORT.',
      default: null,
      read: port as (text: string) => number | null,
    },
    ...httpSettings,
    OTEL_EXPORTER_OTLP_ENDPOINT: {
      description: 'URL of an OpenTelemetry collector that takes OTLP over HTTP; without it, nothing is traced.',
      default: null,
      read: httpUrl as (text: string) => string | null,
    },
  }) satisfies Settings;
