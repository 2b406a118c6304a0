import pg from 'pg';
import { failureCode, StoreUnavailableError, storeError } from './errors.js';

export interface PoolOptions {
  /** Connection string. */
  url: string;
  /** Number of connections. */
  size: number;
  /** Whether queries are prepared under a name, once for each connection; not with PgBouncer before 1.21 in transaction mode. */
  prepare: 'named' | 'unnamed';
  /** Shown by the server: https://www.postgresql.org/docs/15/runtime-config-logging.html#GUC-APPLICATION-NAME */
  applicationName: string;
  /** Called with the code of each failure to connect, and with null when a connection succeeds after failures. */
  onState?: (code: string | null) => void;
}

/** The text of a query and its name, unique for the text. */
export interface NamedQuery {
  name: string;
  text: string;
}

const CONNECT_MS = 3_000;
/** Time from a failed connection to the next attempt. */
const RETRY_MS = 500;
/** Running time after which the queries behind a query go to another connection as well. */
const STALLED_MS = 100;

/** Running time after which a connection is closed: the server ends a query before, if it is alive (`statement_timeout`). */
const HUNG_MS = 10_000;

const BIGINT = 20;
/** Counts and positions are below 2^53. */
const types: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format: 'text') =>
    oid === BIGINT ? Number : pg.types.getTypeParser(oid, format)) as typeof pg.types.getTypeParser,
};

interface Pending {
  query: NamedQuery;
  values: unknown[];
  resolve: (rows: unknown[][]) => void;
  reject: (error: unknown) => void;
  isSettled: boolean;
  /** Whether it is the second attempt. */
  isRetry: boolean;
  /** Whether it was sent on another connection because this one was slow. */
  isRelieved: boolean;
}

/**
 * A fixed number of connections. Each sends queries without waiting for the results of those before (pipelining), and a query goes
 * to the connection with the fewest. All queries are reads, so one that was lost with its connection is sent again, once.
 * https://www.postgresql.org/docs/15/protocol-flow.html#PROTOCOL-FLOW-PIPELINING
 */
export class PostgresPool {
  readonly #options: PoolOptions;
  readonly #connections: Connection[];
  #isClosed = false;
  #failure: string | null = null;

  constructor(options: PoolOptions) {
    this.#options = options;
    this.#connections = Array.from({ length: options.size }, () => new Connection(options, this));
  }

  /** Why the server cannot be reached, as a code; null if it can. */
  get failure(): string | null {
    return this.#failure;
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  /** Runs a query; each row is an array. Rejects with a StoreUnavailableError or a StoreTimeoutError. */
  query(query: NamedQuery, values: readonly unknown[]): Promise<unknown[][]> {
    return new Promise((resolve, reject) => {
      this.send({
        query,
        values: values.map(bound),
        resolve,
        reject,
        isSettled: false,
        isRetry: false,
        isRelieved: false,
      });
    });
  }

  send(pending: Pending): void {
    if (this.#isClosed) settleWith(pending, new StoreUnavailableError('CLOSED'));
    else leastBusy(this.#connections)?.send(pending);
  }

  /** Sends queries that wait behind a slow one to a connection that is not slow, if there is one. */
  relieve(waiting: readonly Pending[], slow: Connection): void {
    const others = this.#connections.filter((connection) => connection !== slow && connection.isResponsive);
    for (const pending of waiting) {
      if (pending.isSettled || pending.isRelieved || others.length === 0) continue;
      pending.isRelieved = true;
      leastBusy(others)?.send(pending);
    }
  }

  /** Records whether the server could be reached. */
  report(code: string | null): void {
    if (code === this.#failure || this.#isClosed) return;
    this.#failure = code;
    this.#options.onState?.(code);
  }

  close(): void {
    this.#isClosed = true;
    for (const connection of this.#connections) connection.close();
  }
}

/** A connection of a pool. It is opened by its first query, and again by the first one after it was lost. */
class Connection {
  readonly #options: PoolOptions;
  readonly #pool: PostgresPool;
  /** Queries that were sent, in order. The server runs the first one. */
  #pending: Pending[] = [];
  #client: pg.Client | null = null;
  #opening: Promise<pg.Client> | null = null;
  #retryAt = 0;
  #lastFailure = '';
  #headSince = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: PoolOptions, pool: PostgresPool) {
    this.#options = options;
    this.#pool = pool;
  }

  /** Fewer is better: queries in progress; opening a connection takes as long as some, and one that failed is the last choice. */
  get load(): number {
    if (!this.#client && performance.now() < this.#retryAt) return Number.MAX_SAFE_INTEGER;
    return this.#pending.length + (this.isResponsive ? 0 : 1000) + (this.#client ? 0 : 0.5);
  }

  /** Whether its first query has not run for long. */
  get isResponsive(): boolean {
    return this.#pending.length === 0 || performance.now() - this.#headSince < STALLED_MS;
  }

  send(pending: Pending): void {
    this.#pending.push(pending);
    if (this.#pending.length === 1) this.#headSince = performance.now();
    this.#timer ??= setInterval(() => this.#checkStall(), STALLED_MS).unref();
    if (this.#client) this.#submit(this.#client, pending);
    else
      this.#open().then(
        (client) => this.#submit(client, pending),
        (error) => this.#fail(pending, error),
      );
  }

  #open(): Promise<pg.Client> {
    if (performance.now() < this.#retryAt) return Promise.reject(new StoreUnavailableError(this.#lastFailure));
    this.#opening ??= this.#connect().finally(() => {
      this.#opening = null;
    });
    return this.#opening;
  }

  async #connect(): Promise<pg.Client> {
    const { url, applicationName } = this.#options;
    const client = new pg.Client({
      connectionString: url,
      application_name: applicationName,
      connectionTimeoutMillis: CONNECT_MS,
      keepAlive: true,
      types,
      pipeline: true,
    } as pg.ClientConfig);
    const lose = () => {
      if (this.#client === client) this.#client = null;
    };
    client.on('error', lose);
    client.on('end', lose);
    try {
      await client.connect();
      if (this.#pool.isClosed) throw new StoreUnavailableError('CLOSED');
    } catch (error) {
      client.end().catch(() => {});
      this.#lastFailure = failureCode(error);
      this.#retryAt = performance.now() + RETRY_MS;
      this.#pool.report(this.#lastFailure);
      throw error;
    }
    this.#client = client;
    this.#pool.report(null);
    return client;
  }

  #submit(client: pg.Client, pending: Pending): void {
    const { query, values } = pending;
    const { name, text } = query;
    client.query({ text, values, rowMode: 'array', ...(this.#options.prepare === 'named' && { name }) }).then(
      ({ rows }) => {
        this.#remove(pending);
        if (pending.isSettled) return;
        pending.isSettled = true;
        pending.resolve(rows as unknown[][]);
      },
      (error) => this.#fail(pending, error),
    );
  }

  /** Sends a query again if it was lost with the connection, or rejects it. */
  #fail(pending: Pending, error: unknown): void {
    this.#remove(pending);
    if (pending.isSettled) return;
    const failure = storeError(error);
    if (failure instanceof StoreUnavailableError && !pending.isRetry && isTransient(failure.code)) {
      pending.isRetry = true;
      this.#pool.send(pending);
      return;
    }
    settleWith(pending, failure);
  }

  #remove(pending: Pending): void {
    const index = this.#pending.indexOf(pending);
    if (index < 0) return;
    this.#pending.splice(index, 1);
    if (index === 0) this.#headSince = performance.now();
    if (this.#pending.length > 0) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  #checkStall(): void {
    if (this.isResponsive) return;
    if (performance.now() - this.#headSince > HUNG_MS) this.#abandon();
    else this.#pool.relieve(this.#pending.slice(1), this);
  }

  /** Closes a connection whose server does not answer. Its queries are sent again on another one. */
  #abandon(): void {
    const client = this.#client;
    this.#client = null;
    // Not `end`, which waits for the server.
    (client as unknown as { connection: { stream: { destroy: () => void } } } | null)?.connection.stream.destroy();
  }

  close(): void {
    clearInterval(this.#timer);
    this.#client?.end().catch(() => {});
    this.#client = null;
  }
}

/** Whether a new connection may succeed at once: not if the server refuses it or lacks the schema. */
const isTransient = (code: string): boolean => code.length !== 5 || /^(?:08|57P01|57P02|26000)/.test(code);

function settleWith(pending: Pending, error: unknown): void {
  if (pending.isSettled) return;
  pending.isSettled = true;
  pending.reject(error);
}

function leastBusy(connections: readonly Connection[]): Connection | undefined {
  let best = connections[0];
  for (const connection of connections) if (best && connection.load < best.load) best = connection;
  return best;
}

/** PostgreSQL has no text with U+0000. Replaced, it matches nothing, as in SQLite, and sorts the same. */
const bound = (value: unknown): unknown => {
  if (typeof value === 'string') return value.includes('\0') ? value.replaceAll('\0', '\u0001') : value;
  return Array.isArray(value) ? value.map(bound) : value;
};
