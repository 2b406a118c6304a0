import { ConfigError } from './config.js';
import { folder, milliseconds, oneOf } from './parsers.js';
import { withFiles } from './secretFile.js';
import type { ConfigOf, Settings } from './setting.js';
import { wholeNumber } from './wholeNumber.js';

/** The folders of seeds, texts and stores. */
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
