import type { ServerState } from '../open.js';
import { currentReadLimits } from '../readLimits.js';
import type { NamedQuery } from './connection.js';
import { isMissing, StoreUnavailableError } from './errors.js';
import { PostgresPool } from './pool.js';

/** How to reach the servers of a database. */
export interface DatabaseOptions {
  /** Connection string of the primary, of a role that may read. */
  url: string;
  /** Connection strings of standbys; none by default. */
  readUrls?: readonly string[];
  /** Number of connections to each server; 4 by default. */
  poolSize?: number;
  /** See `ConnectionOptions`; named by default. */
  prepare?: 'named' | 'unnamed';
}

export interface ServersOptions extends DatabaseOptions {
  applicationName: string;
  /** Called with a code when no server can be reached any more or for another reason, and with null when one can be again. */
  onState?: (code: string | null) => void;
  /** The same for one server, called before `onState`; only if there are standbys. */
  onServerState?: (server: string, code: string | null) => void;
  /** Called for each query that failed on one server, with a code, and is sent to another. */
  onRepeat?: (server: string, code: string) => void;
}

const POOL_SIZE = 4;

/** How long a standby that lacks the schema of a query is the last choice: it is behind. */
const BEHIND_MS = 1_000;

interface Server {
  name: string;
  pool: PostgresPool;
  behindUntil: number;
}

/**
 * The servers of a database. Queries go to one standby, which each program chooses at random; if it cannot be reached, cancels the query
 * because of what it replays, or does not have the schema yet, to the next one, and at last to the primary.
 * https://www.postgresql.org/docs/15/hot-standby.html#HOT-STANDBY-CONFLICT
 */
export class PostgresServers {
  /** In the order in which they are tried. */
  readonly #servers: Server[];
  readonly #options: ServersOptions;
  #failure: string | null = null;

  constructor(options: ServersOptions) {
    const { url, readUrls = [], poolSize = POOL_SIZE, prepare = 'named', applicationName } = options;
    this.#options = options;
    const server = (name: string, address: string): Server => {
      const onState = (code: string | null) => this.#changed(name, code);
      const pool = new PostgresPool({ url: address, size: poolSize, prepare, applicationName, onState });
      return { name, pool, behindUntil: 0 };
    };
    const standbys = readUrls.map((address, index) => server(`standby ${index + 1}`, address));
    const first = Math.floor(Math.random() * standbys.length);
    this.#servers = [...standbys.slice(first), ...standbys.slice(0, first), server('primary', url)];
  }

  /** Why no server can be reached, as a code; null if one can. */
  get failure(): string | null {
    return this.#failure;
  }

  get states(): ServerState[] {
    return this.#servers.map(({ name, pool }) => ({ name, failure: pool.failure }));
  }

  /**
   * Runs a query; each row is an array. An urgent one does not wait for slow ones. Rejects with a StoreUnavailableError or a
   * StoreTimeoutError.
   */
  query(query: NamedQuery, values: readonly unknown[], isUrgent = false): Promise<unknown[][]> {
    const [only] = this.#servers;
    return only && this.#servers.length === 1
      ? only.pool.query(query, values, currentReadLimits(), isUrgent)
      : this.#queryInTurn(query, values, isUrgent);
  }

  /** Runs a query on the primary, because a standby may be behind. */
  queryPrimary(query: NamedQuery, values: readonly unknown[]): Promise<unknown[][]> {
    return (this.#servers.at(-1) as Server).pool.query(query, values);
  }

  async #queryInTurn(query: NamedQuery, values: readonly unknown[], isUrgent: boolean): Promise<unknown[][]> {
    const limits = currentReadLimits();
    let failed: { server: Server; error: StoreUnavailableError } | null = null;
    for (const server of this.#inTurn()) {
      if (failed) this.#options.onRepeat?.(failed.server.name, failed.error.code);
      try {
        return await server.pool.query(query, values, limits, isUrgent);
      } catch (error) {
        if (!(error instanceof StoreUnavailableError)) throw error;
        if (isMissing(error)) server.behindUntil = performance.now() + BEHIND_MS;
        failed = { server, error };
      }
    }
    throw failed?.error ?? new StoreUnavailableError('CLOSED');
  }

  /** Those that can be reached, then those that are behind. If none can be reached, all: each has its reason. */
  #inTurn(): Server[] {
    const reachable = this.#servers.filter(({ pool }) => pool.failure === null);
    if (reachable.length === 0) return this.#servers;
    const now = performance.now();
    if (reachable.every(({ behindUntil }) => behindUntil < now)) return reachable;
    const isCurrent = ({ behindUntil }: Server) => behindUntil < now;
    return [...reachable.filter(isCurrent), ...reachable.filter((server) => !isCurrent(server))];
  }

  /** Replaces all connections, after the store that used them. */
  renew(): void {
    for (const { pool } of this.#servers) pool.renew();
  }

  close(): void {
    for (const { pool } of this.#servers) pool.close();
  }

  #changed(name: string, code: string | null): void {
    if (this.#servers.length > 1) this.#options.onServerState?.(name, code);
    // The primary's reason, if there are several.
    const failure = this.#servers.every(({ pool }) => pool.failure !== null)
      ? (this.#servers.at(-1)?.pool.failure ?? null)
      : null;
    if (failure === this.#failure) return;
    this.#failure = failure;
    this.#options.onState?.(failure);
  }
}
