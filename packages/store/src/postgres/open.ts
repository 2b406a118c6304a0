import { StoreError } from '../errors.js';
import type { Store } from '../open.js';
import { observeQueries } from '../query.js';
import type { Sql } from '../sql.js';
import { PostgresDb } from './database.js';
import { type StoreTables, structureOf } from './ddl.js';
import { failureCode } from './errors.js';
import { PostgresPool } from './pool.js';
import { CATALOGUE } from './publish.js';

export interface PostgresStoreOptions {
  /** Connection string of a role that may read. */
  url: string;
  /** Number of connections; 4 by default. */
  poolSize?: number;
  /** See `PoolOptions`; named by default. */
  prepare?: 'named' | 'unnamed';
  /** Called with the duration of every query, in seconds; for metrics. */
  onQueryDuration?: (seconds: number) => void;
  /** Called with the code of each failure to reach the server, and with null when it is reached again. */
  onState?: (code: string | null) => void;
}

/** A store in a schema of a PostgreSQL database. */
export interface PostgresStore extends Store {
  /** The revision that the database has now; null if it is this one, or an older one, as a standby may have. Rejects if the server cannot be reached. */
  findNewer: () => Promise<PublishedRevision | null>;
  /** Why the server cannot be reached, as a code; null if it can. */
  failure: () => string | null;
}

/** A row of the table of revisions. */
export interface PublishedRevision {
  revision: string;
  schema: string;
  structure: string;
  /** When it was published. */
  since: Date;
}

const POOL_SIZE = 4;

/**
 * Opens the store of a service that was published last. `readAtOpen` are the queries that its data sources need at once. Rejects with
 * a StoreError if there is none, if it has other tables than this program, or if the server cannot be reached.
 */
export async function openPostgresStore(
  service: string,
  tables: StoreTables,
  readAtOpen: readonly Sql[],
  options: PostgresStoreOptions,
): Promise<PostgresStore> {
  const { url, poolSize = POOL_SIZE, prepare = 'named', onQueryDuration, onState } = options;
  const pool = new PostgresPool({
    url,
    size: poolSize,
    prepare,
    applicationName: `dossier ${service}`,
    ...(onState && { onState }),
  });
  try {
    const current = await readRevision(pool, service);
    if (!current)
      throw new StoreError(
        'MISSING',
        `The database has no store of "${service}"; run "node services/${service}/dist/main.js publish".`,
      );
    if (current.structure !== structureOf(tables))
      throw new StoreError(
        'OLDER',
        `The store of "${service}" in the database was published by another version; publish it with this one.`,
      );
    const db = new PostgresDb(pool, `"${current.schema}"`);
    await db.prepareReads(readAtOpen);
    if (onQueryDuration) observeQueries(db, onQueryDuration);
    return {
      db,
      source: `${service} in PostgreSQL`,
      revision: current.revision,
      builtAt: current.since,
      findNewer: async () => {
        const found = await readRevision(pool, service);
        return found && found.since > current.since && found.schema !== current.schema ? found : null;
      },
      failure: () => pool.failure,
      close: () => pool.close(),
    };
  } catch (error) {
    pool.close();
    if (error instanceof StoreError) throw error;
    throw new StoreError(
      'UNAVAILABLE',
      `The store of "${service}" in the database cannot be read (${failureCode(error)}); check STORE_URL, the server and the permissions of the role.`,
    );
  }
}

async function readRevision(pool: PostgresPool, service: string): Promise<PublishedRevision | null> {
  const query = {
    name: 'dossier_revision',
    text: `select revision, schema, structure, since from ${CATALOGUE}.revision where service = $1`,
  };
  const [row] = await pool.query(query, [service]);
  if (!row) return null;
  const [revision, schema, structure, since] = row as [string, string, string, Date];
  return { revision, schema, structure, since };
}
