import { fromWorkspace } from '@dossier/domain';
import { LOG_LEVELS, type LogLevel } from '@dossier/http-server';
import { httpSettings } from './httpSettings.js';
import { operationMs, serviceLimits } from './limitSettings.js';
import type { ConfigOf, Setting, Settings } from './setting.js';

/** Invalid settings; each line of the message names one and says what was expected. Programs exit with status 2. */
export class ConfigError extends Error {
  constructor(problems: string[]) {
    super(problems.join('\n'));
    this.name = 'ConfigError';
  }
}

/** A setting's text and its source. */
export interface Given {
  /** Null if it is not set. */
  text: string | null;
  /** `environment`, `default`, `not set`, or a file and line. */
  source: string;
}

/** Finds the text of each setting. The environment overrides the file; an empty variable counts as not set. */
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

/** The settings in a configuration file, and its problems. */
export interface ConfigFile {
  given: ReadonlyMap<string, Given>;
  /** Each starts with file and line. */
  problems: readonly string[];
}

/** Reads all settings from the environment and a file. Throws ConfigError with all problems of both. */
export function readConfig<S extends Settings>(settings: S, env: NodeJS.ProcessEnv, file?: ConfigFile): ConfigOf<S> {
  const found = [...(file?.problems ?? [])];
  const given = gather(settings, env, file);
  const config: Record<string, unknown> = {};
  for (const [name, setting] of Object.entries(settings)) {
    // An empty secret would silently disable authentication.
    if (setting.secret && env[name] === '') found.push(`${name}="": is empty; set a secret or unset the variable.`);
    const { text, source } = given.get(name) ?? { text: null, source: '' };
    try {
      config[name] = text === null ? null : setting.read(text);
    } catch (error) {
      const where = source === 'environment' || source === 'default' ? '' : `${source}: `;
      const shown = shownText(setting, text ?? '');
      // The parser's message may contain the text.
      found.push(`${where}${name}="${shown}": ${(error as Error).message.replaceAll(text ?? '', shown)}`);
    }
  }
  if (found.length > 0) throw new ConfigError(found);
  return config as ConfigOf<S>;
}

const MASK = '***';

/** A setting's text with secrets, and passwords in URLs, masked. */
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
  return ['Settings (environment variables, or entries of the configuration file):', ...rows, ''].join('\n');
}

export const port = (text: string): number => {
  const value = Number(text);
  if (!/^\d{1,5}$/.test(text) || value > 65535) throw new Error('expected a port from 0 to 65535 (0: any free port).');
  return value;
};
export const milliseconds = (text: string): number => {
  if (!/^\d{1,7}$/.test(text)) throw new Error('expected a whole number of milliseconds, e.g. 1000.');
  return Number(text);
};
export const host = (text: string): string => {
  if (!/^[0-9A-Za-z.:_-]+$/.test(text)) throw new Error('expected a host name or IP address, e.g. 127.0.0.1.');
  return text;
};
export const folder = (text: string): string => fromWorkspace(text);
export const httpUrl = (text: string): string => {
  if (!URL.canParse(text) || !/^https?:$/.test(new URL(text).protocol))
    throw new Error('expected an http or https URL, e.g. http://127.0.0.1:4001/graphql.');
  return text;
};

/** Parses one of the given words. */
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

/** Settings of every process. */
export const dataSettings = {
  DATA_DIR: { description: 'Folder of the stores (<service>.sqlite).', default: 'data', read: folder },
  DOCUMENTS_DIR: {
    description: 'Folder with the texts of documents. If not set, excerpts are null.',
    default: null,
    read: folder as (text: string) => string | null,
  },
  SEEDS_DIR: { description: 'Folder of the seeds.', default: 'seeds', read: folder },
} satisfies Settings;

/** Settings of every process that opens stores but does not build them. */
export const storeSettings = {
  STALE_STORE: {
    description: 'Whether to start with a store that was not built from the current seeds: refuse, serve.',
    default: 'refuse',
    read: oneOf('refuse', 'serve'),
  },
} satisfies Settings;

const secret = (text: string): string => {
  if (!/^[\x21-\x7e]{16,256}$/.test(text))
    throw new Error('expected 16 to 256 printable ASCII characters without spaces.');
  return text;
};

/** Settings that the gateway and its services share. */
export const secretSettings = {
  SUBGRAPH_SECRET: {
    description:
      'Secret that the gateway sends to the services, at least 16 characters, the same for all. A service with a secret rejects every request without it, except probes.',
    default: null,
    secret: true,
    read: secret as (text: string) => string | null,
  },
} satisfies Settings;

const entities = (text: string): number => {
  if (!/^[1-9]\d{0,6}$/.test(text)) throw new Error('expected a whole number of entities, at least 1.');
  return Number(text);
};

/** Additional settings of every service. */
export const serviceSettings = {
  ...secretSettings,
  MAX_ENTITIES: {
    description: 'Maximum number of entity representations in one request; more are rejected with TOO_MANY_ENTITIES.',
    default: '10000',
    read: entities,
  },
  REQUEST_MS: operationMs,
  ...serviceLimits,
} satisfies Settings;

/** Settings of every process that listens. */
export const listenSettings = (defaultPort: number) =>
  ({
    PORT: { description: 'Port to listen on; 0 uses any free port.', default: String(defaultPort), read: port },
    HOST: { description: 'Address to listen on.', default: '127.0.0.1', read: host },
    LOG_LEVEL: {
      description: `Log level: ${LOG_LEVELS.join(', ')}. One JSON line per request at info.`,
      default: 'info',
      read: logLevel,
    },
    RELOAD_MS: {
      description: 'How often to check for a replaced store or supergraph, in milliseconds; 0 disables the check.',
      default: '1000',
      read: milliseconds,
    },
    DRAIN_MS: {
      description:
        'How long to keep serving after a stop signal, in milliseconds: the first half as not ready, the second half without new connections, closing each connection after its response.',
      default: '1000',
      read: milliseconds,
    },
    GRACE_MS: {
      description: 'How long running requests may take to finish after that, in milliseconds.',
      default: '10000',
      read: milliseconds,
    },
    PROBE_PORT: {
      description: 'Separate port for health and metrics. If not set, they are served on PORT.',
      default: null,
      read: port as (text: string) => number | null,
    },
    ...httpSettings,
    OTEL_EXPORTER_OTLP_ENDPOINT: {
      description: 'URL of an OpenTelemetry collector that accepts OTLP over HTTP. If not set, tracing is off.',
      default: null,
      read: httpUrl as (text: string) => string | null,
    },
  }) satisfies Settings;
