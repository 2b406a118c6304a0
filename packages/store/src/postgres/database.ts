import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { toPostgres } from '../dialect.js';
import { RemoteDb } from '../query.js';
import type { Sql } from '../sql.js';
import type { NamedQuery } from './connection.js';
import type { Distribution } from './ddl.js';
import type { FailingReads } from './failingReads.js';
import type { PostgresServers } from './servers.js';

/** Translated queries that are cached: as many as there are prepared ones on SQLite. */
const MAX_TRANSLATED = 500;

/** A store in a schema of a PostgreSQL database. */
export class PostgresDb extends RemoteDb {
  readonly #servers: PostgresServers;
  readonly #schema: string;
  readonly #distribution: Distribution;
  readonly #failing: FailingReads;
  #isOpening = false;
  readonly #translated = new LRUCache<string, NamedQuery>({ max: MAX_TRANSLATED });

  /** `schema` is a quoted identifier. */
  constructor(servers: PostgresServers, schema: string, distribution: Distribution, failing: FailingReads) {
    super();
    this.#servers = servers;
    this.#schema = schema;
    this.#distribution = distribution;
    this.#failing = failing;
  }

  /** A new revision is opened although slow queries of the previous one use all connections. */
  override async prepareReads(queries: readonly Sql[]): Promise<void> {
    this.#isOpening = true;
    try {
      await super.prepareReads(queries);
    } finally {
      this.#isOpening = false;
    }
  }

  override query(text: string, values: readonly unknown[]): Promise<unknown[][]> {
    let query = this.#translated.get(text);
    if (!query) {
      const translated = toPostgres(text, this.#schema, this.#distribution).text;
      query = { text: translated, name: createHash('sha256').update(translated).digest('hex').slice(0, 32) };
      this.#translated.set(text, query);
    }
    const send = () => this.#servers.query(query, values, this.#isOpening);
    const rows = send();
    // A store that cannot be opened is not served, and a server that cannot be reached is reported as such.
    rows.catch((error) => {
      if (!this.#isOpening && this.#servers.failure === null) this.#failing.failed(error, send);
    });
    return rows;
  }
}
