import { StoreError } from '../errors.js';
import type { Store } from '../open.js';
import { observeQueries } from '../query.js';
import type { Sql } from '../sql.js';
import { PostgresDb } from './database.js';
import { type StoreTables, structureOf } from './ddl.js';
import { failureCode, isMissing, StoreUnavailableError } from './errors.js';
import { FailingReads } from './failingReads.js';
import { CATALOGUE } from './publish.js';
import type { PostgresServers } from './servers.js';

export interface PostgresStoreOptions {
  /** The revision to open, as `findNewer` returned it; by default, the one that the database has now. */
  published?: PublishedRevision | null;
  /** Called with the duration of every query, in seconds; for metrics. */
  onQueryDuration?: (seconds: number) => void;
  /** Called with a code when tables of the store cannot be read although a server can be reached, and with null when they can be again. */
  onFailingReads?: (code: string | null) => void;
}

/** A store in a schema of a PostgreSQL database. */
export interface PostgresStore extends Store {
  /**
   * The revision that the server that is read from has now; null if it is this one, or an older one, as a standby may have. Rejects if no
   * server can be reached.
   */
  findNewer: () => Promise<PublishedRevision | null>;
}

/** A row of the table of revisions. */
export interface PublishedRevision {
  revision: string;
  schema: string;
  structure: string;
  /** When it was published, in microseconds since 1970: the unit of the database, in which two revisions always differ. */
  since: number;
}

/**
 * Opens the store of a service that was published last. `readAtOpen` are the queries that its data sources need at once. Rejects with
 * a StoreError if there is none, if it has other tables than this program, or if no server can be reached. Closing it leaves the
 * servers open.
 */
export async function openPostgresStore(
  service: string,
  definition: StoreTables,
  readAtOpen: readonly Sql[],
  servers: PostgresServers,
  { published = null, onQueryDuration, onFailingReads }: PostgresStoreOptions = {},
): Promise<PostgresStore> {
  try {
    const structures = [structureOf(definition), structureOf(definition, { isDistributed: true })];
    const isReadable = (revision: PublishedRevision | null) => structures.includes(revision?.structure ?? '');
    let current = published ?? (await readRevision(servers, service));
    // A standby may not have the first revision yet, or the first one of this version.
    if (servers.states.length > 1 && !isReadable(current)) current = await readRevision(servers, service, 'primary');
    if (!current)
      throw new StoreError(
        'MISSING',
        `The database has no store of "${service}"; run "node services/${service}/dist/main.js publish".`,
      );
    if (!isReadable(current))
      throw new StoreError(
        'OLDER',
        `The store of "${service}" in the database was published by another version; publish it with this one.`,
      );
    const failing = new FailingReads(onFailingReads);
    const isDistributed = current.structure === structures[1];
    const db = new PostgresDb(servers, `"${current.schema}"`, { isDistributed }, failing);
    await db.prepareReads(readAtOpen);
    if (onQueryDuration) observeQueries(db, onQueryDuration);
    return {
      db,
      source: `${service} in PostgreSQL`,
      revision: current.revision,
      builtAt: new Date(current.since / 1000),
      findNewer: async () => {
        const found = await readRevision(servers, service);
        return found && found.since > current.since && found.schema !== current.schema ? found : null;
      },
      failure: () => servers.failure ?? failing.failure,
      servers: () => servers.states,
      close: () => {
        failing.close();
        servers.renew();
      },
    };
  } catch (error) {
    if (error instanceof StoreError) throw error;
    throw new StoreError(
      'UNAVAILABLE',
      `The store of "${service}" in the database cannot be read (${failureCode(error)}); check STORE_URL, the server and the permissions of the role.`,
    );
  }
}

async function readRevision(
  servers: PostgresServers,
  service: string,
  from: 'any' | 'primary' = 'any',
): Promise<PublishedRevision | null> {
  const query = {
    name: 'dossier_revision',
    text: `select revision, schema, structure, (extract(epoch from since) * 1000000)::bigint from ${CATALOGUE}.revision where service = $1`,
  };
  const run = from === 'any' ? servers.query(query, [service], true) : servers.queryPrimary(query, [service]);
  const [row] = await run.catch((error: unknown) => {
    // The first publisher creates the table.
    if (error instanceof StoreUnavailableError && isMissing(error)) return [];
    throw error;
  });
  if (!row) return null;
  const [revision, schema, structure, since] = row as [string, string, string, number];
  return { revision, schema, structure, since };
}
