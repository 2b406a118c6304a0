import { fromWorkspace } from '@dossier/domain';
import { LOG_LEVELS, type LogLevel } from '@dossier/http-server';
import { httpSettings } from './httpSettings.js';
import { operationMs, serviceLimits } from './limitSettings.js';
import { fileSettingOf, readSecretFile, withFiles } from './secretFile.js';
import type { ConfigOf, Setting, Settings } from './setting.js';
import { wholeNumber } from './wholeNumber.js';

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
  const add = (name: string, source: string, shown: string, message: string) =>
    found.push(
      `${source === 'environment' || source === 'default' ? '' : `${source}: `}${name}="${shown}": ${message}`,
    );
  for (const [name, setting] of Object.entries(settings)) {
    // An empty secret would silently disable authentication.
    if (setting.secret && env[name] === '') found.push(`${name}="": is empty; set a secret or unset the variable.`);
    const { text, source } = given.get(name) ?? { text: null, source: '' };
    try {
      config[name] = text === null ? null : setting.read(text);
    } catch (error) {
      const shown = shownText(setting, text ?? '');
      // The parser's message may contain the text.
      add(name, source, shown, (error as Error).message.replaceAll(text ?? '', shown));
    }
  }
  for (const [name, setting] of Object.entries(settings)) {
    const { text: file = null, source = '' } = given.get(fileSettingOf(name)) ?? {};
    if (!setting.secret || file === null) continue;
    const path = config[fileSettingOf(name)] as string;
    try {
      if (given.get(name)?.text !== null) throw new Error(`expected either this setting or ${name}, not both.`);
      const secret = readSecretFile(path);
      try {
        config[name] = setting.read(secret);
      } catch (error) {
        throw new Error(`the content of the file: ${(error as Error).message.replaceAll(secret, MASK)}`);
      }
    } catch (error) {
      add(fileSettingOf(name), source, path, (error as Error).message);
    }
  }
  if (found.length > 0) throw new ConfigError(found);
  return config as ConfigOf<S>;
}

const MASK = '***';

/** A setting's text with secrets, and credentials in URLs, masked. */
export const shownText = (setting: Setting<unknown>, text: string): string =>
  setting.secret ? MASK : maskCredentials(text);

/** Masks the credentials in URLs. Also in texts that are not valid URLs, where a password may contain any character. */
export const maskCredentials = (text: string): string => text.replace(/(\/\/|\\\\)[^\s,]*@/g, `$1${MASK}@`);

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
export const milliseconds = wholeNumber({ unit: 'milliseconds', maxDigits: 7, example: 1000 });
export const host = (text: string): string => {
  if (!/^[0-9A-Za-z.:_-]+$/.test(text)) throw new Error('expected a host name or IP address, e.g. 127.0.0.1.');
  return text;
};
export const folder = (text: string): string => fromWorkspace(text);
/** Parses a URL. Credentials in it would not be sent, and would appear wherever the URL is printed. */
export const httpUrl = (text: string): string => {
  if (!URL.canParse(text) || !/^https?:$/.test(new URL(text).protocol))
    throw new Error('expected an http or https URL, e.g. http://127.0.0.1:4001/graphql.');
  if (hasCredentials(text)) throw new Error('expected a URL without a user and password.');
  return text;
};

export const hasCredentials = (url: string): boolean => {
  const { username, password } = new URL(url);
  return username !== '' || password !== '';
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

/** Settings of every program that runs until it is stopped, with or without HTTP. */
export const processSettings = {
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
} satisfies Settings;

/** Settings of every process. */
export const dataSettings = {
  DATA_DIR: { description: 'Folder of the stores (<service>.sqlite).', default: 'data', read: folder },
  DOCUMENTS_DIR: {
    description:
      'Folder with the texts of documents, against which seeding verifies every passage. If not set, excerpts are null.',
    default: null,
    read: folder as (text: string) => string | null,
  },
  INDEX_WORDS: {
    description:
      'Whether to index the words of the mounted texts when a store is built, so that searches find them: on, off. If on, protect the store of the statements service as you protect the texts.',
    default: 'on',
    read: oneOf('on', 'off'),
  },
  SEEDS_DIR: { description: 'Folder of the seeds.', default: 'seeds', read: folder },
  SEED_THREADS: {
    description:
      'Number of threads that read and check seeds while others write the stores; 0 reads and writes in one thread. If not set: one less than there are processors, at most 4, or 1 if texts are mounted, and 0 for less than 4 MiB of seeds.',
    default: null,
    read: wholeNumber({ unit: 'threads', maxDigits: 2 }) as (text: string) => number | null,
  },
} satisfies Settings;

/** Parses the URL of a PostgreSQL database. The error does not have the value, which may contain a password. */
const postgresUrl = (text: string): string => {
  if (!URL.canParse(text) || !/^postgres(?:ql)?:$/.test(new URL(text).protocol) || new URL(text).pathname.length < 2)
    throw new Error('expected a PostgreSQL URL with a database, e.g. postgres://reader@127.0.0.1/dossier.');
  return text;
};

/** Parses the URLs of standbys. */
const postgresUrls = (text: string): string[] => {
  const urls = text.split(/[\s,]+/).filter((url) => url !== '');
  if (urls.length === 0) throw new Error('expected a PostgreSQL URL, several separated by commas.');
  return urls.map(postgresUrl);
};

/** The database that stores are published to and read from. */
export const databaseSettings = {
  ...withFiles({
    STORE_URL: {
      description:
        'URL of the PostgreSQL database from which services read their stores, with a role that may only read, or to which "publish" copies them. If not set, stores are files in DATA_DIR.',
      default: null,
      secret: true,
      read: postgresUrl as (text: string) => string | null,
    },
    STORE_READ_URLS: {
      description:
        'URLs of standbys of this database, separated by commas. A program reads from one of them; from another, and at last from STORE_URL, while that one cannot be reached, is behind or cancels a query. If not set, it reads from STORE_URL.',
      default: null,
      secret: true,
      read: postgresUrls as (text: string) => string[] | null,
    },
  } satisfies Settings),
  STORE_POOL: {
    description: 'Number of connections to each server of the database, for each store.',
    default: '4',
    read: wholeNumber({ unit: 'connections', min: 1, maxDigits: 3 }),
  },
  STORE_PREPARE: {
    description:
      'How queries are prepared in the database: named, once for each connection; or unnamed, for PgBouncer before 1.21 in transaction mode.',
    default: 'named',
    read: oneOf('named', 'unnamed'),
  },
  STORE_GRACE_MS: {
    description:
      'How long "publish" keeps the tables of a replaced store, in milliseconds: programs read them until they have switched.',
    default: '600000',
    read: milliseconds,
  },
} satisfies Settings;

/** How to reach the database of the stores; null if they are files. Throws a ConfigError for standbys without a primary. */
export function databaseOptions({
  STORE_URL: url,
  STORE_READ_URLS: readUrls,
  STORE_POOL: poolSize,
  STORE_PREPARE: prepare,
}: Omit<ConfigOf<typeof databaseSettings>, 'STORE_GRACE_MS'>) {
  if (url !== null) return { url, readUrls: readUrls ?? [], poolSize, prepare };
  if (readUrls !== null)
    throw new ConfigError(['STORE_READ_URLS="***": expected STORE_URL to be set as well, to the primary.']);
  return null;
}

/** Settings of every process that opens stores but does not build them. */
export const storeSettings = {
  ...databaseSettings,
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
export const secretSettings = withFiles({
  SUBGRAPH_SECRET: {
    description:
      'Secret that the gateway sends to the services, at least 16 characters, the same for all. A service with a secret rejects every request without it, except probes.',
    default: null,
    secret: true,
    read: secret as (text: string) => string | null,
  },
} satisfies Settings);

/** Secrets that only services have. */
const previousSecretSettings = withFiles({
  SUBGRAPH_SECRET_PREVIOUS: {
    description:
      'A second secret that the service accepts while SUBGRAPH_SECRET is replaced: the one that the gateway still sends.',
    default: null,
    secret: true,
    read: secret as (text: string) => string | null,
  },
} satisfies Settings);

/** The secrets that a service accepts, the current one first; empty if it accepts every request. */
export function acceptedSecrets({
  SUBGRAPH_SECRET: current,
  SUBGRAPH_SECRET_PREVIOUS: previous,
}: Pick<ConfigOf<typeof serviceSettings>, 'SUBGRAPH_SECRET' | 'SUBGRAPH_SECRET_PREVIOUS'>): string[] {
  if (current === null && previous !== null)
    throw new ConfigError(['SUBGRAPH_SECRET_PREVIOUS="***": expected SUBGRAPH_SECRET to be set as well.']);
  return [current, previous].filter((accepted) => accepted !== null);
}

/** Additional settings of every service. */
export const serviceSettings = {
  ...secretSettings,
  ...previousSecretSettings,
  MAX_ENTITIES: {
    description: 'Maximum number of entity representations in one request; more are rejected with TOO_MANY_ENTITIES.',
    default: '10000',
    read: wholeNumber({ unit: 'entities', min: 1, maxDigits: 7 }),
  },
  REQUEST_MS: operationMs,
  ...serviceLimits,
} satisfies Settings;

/** Parses the format of the OpenTelemetry SDK: names and URL-encoded values, e.g. `authorization=Bearer%20abc,x-tenant=a`. */
const headerList = (text: string): Record<string, string> =>
  Object.fromEntries(
    text.split(',').map((entry) => {
      const [, name, value] = /^\s*([\w-]+)\s*=\s*([\x21-\x7e]*)\s*$/.exec(entry) ?? [];
      const decoded = value === undefined ? null : decode(value);
      if (name === undefined || decoded === null)
        throw new Error('expected headers, e.g. authorization=Bearer%20abc, several separated by commas.');
      return [name, decoded];
    }),
  );

/** Null if the text is not URL-encoded. */
function decode(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}

const collectorSecrets = withFiles({
  OTEL_EXPORTER_OTLP_HEADERS: {
    description: 'Headers for the OpenTelemetry collector, e.g. authorization=Bearer%20abc, separated by commas.',
    default: null,
    secret: true,
    read: headerList as (text: string) => Record<string, string> | null,
  },
} satisfies Settings);

/** Settings of every process that listens. */
export const listenSettings = (defaultPort: number) =>
  ({
    PORT: { description: 'Port to listen on; 0 uses any free port.', default: String(defaultPort), read: port },
    HOST: { description: 'Address to listen on.', default: '127.0.0.1', read: host },
    ...processSettings,
    DRAIN_MS: {
      description:
        'How long to keep serving after a stop signal, in milliseconds: the first half as not ready, the second half without new connections, closing each connection after its response.',
      default: '1000',
      read: milliseconds,
    },
    GRACE_MS: {
      description: 'How long requests in flight may take to finish after DRAIN_MS, in milliseconds.',
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
    ...collectorSecrets,
  }) satisfies Settings;
