import pg from 'pg';
import { isOver, type ReadLimits } from '../readLimits.js';
import { destroyClient, requestCancel } from './cancel.js';
import {
  failureCode,
  isCanceled,
  isServerCode,
  StoreTimeoutError,
  StoreUnavailableError,
  storeError,
} from './errors.js';

export interface ConnectionOptions {
  /** Connection string. */
  url: string;
  /** Whether queries are prepared under a name, once for each connection; not with PgBouncer before 1.21 in transaction mode. */
  prepare: 'named' | 'unnamed';
  /** Shown by the server: https://www.postgresql.org/docs/15/runtime-config-logging.html#GUC-APPLICATION-NAME */
  applicationName: string;
}

/** The text of a query and its name, unique for the text. */
export interface NamedQuery {
  name: string;
  text: string;
}

/** A query that was not answered yet. */
export interface Pending {
  query: NamedQuery;
  values: unknown[];
  /** Of the request that runs it. */
  limits: ReadLimits | undefined;
  resolve: (rows: unknown[][]) => void;
  reject: (error: unknown) => void;
  isSettled: boolean;
  /** How often it was lost while the server ran it. */
  lossCount: number;
  /** How often it failed because of another query: one that was lost before it on the same connection, or that was to be cancelled. */
  mishapCount: number;
  /** Whether it was sent on another connection because this one was slow. */
  isRelieved: boolean;
  /** Whether it must not wait for slow queries. */
  isUrgent: boolean;
}

/** What a connection needs of its pool. */
interface ConnectionPool {
  readonly isClosed: boolean;
  /** Sends a query on another connection, or rejects it. */
  send: (pending: Pending) => void;
  /** Sends queries that wait behind a slow one on connections that are not slow. */
  relieve: (waiting: readonly Pending[], slow: Connection) => void;
  opened: () => void;
  notOpened: (code: string) => void;
  /** Called about every STALLED_MS while a query has run for longer than a server that is alive should be silent. */
  silent: () => void;
}

const CONNECT_MS = 3_000;
/** Time from a failed connection to the next attempt. */
export const RETRY_MS = 500;
/** Running time after which the queries behind a query go to another connection as well. */
const STALLED_MS = 100;
/** Running time after which the pool checks whether the server still answers. */
const SILENT_MS = 1_000;
/** Running time after which a connection is closed: the server ends a query before, if it is alive (`statement_timeout`). */
const HUNG_MS = 10_000;
/** How long after a request to cancel a query the server may still cancel another one. */
const LATE_CANCEL_MS = 1_000;
/** The server has ended a connection, at the request of an administrator or because it stops. */
const ENDED = '57P01';
/** How often a query is sent again after it was lost while the server ran it: it may be the reason. */
const MAX_LOSSES = 1;
/** Time until then: what ended its connection may have ended others, which the program has not noticed yet. */
const RESEND_MS = 50;
/** The same for failures because of other queries: each of several that end connections may be sent twice before it. */
const MAX_MISHAPS = 10;

const BIGINT = 20;
/** Counts and positions are below 2^53. */
const types: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format: 'text') =>
    oid === BIGINT ? Number : pg.types.getTypeParser(oid, format)) as typeof pg.types.getTypeParser,
};

/** A connection of a pool. It is opened by its first query, and again by the first one after it was lost. */
export class Connection {
  readonly #options: ConnectionOptions;
  readonly #pool: ConnectionPool;
  /** Queries that were sent, in order. The server runs the first one. */
  #pending: Pending[] = [];
  #client: pg.Client | null = null;
  #opening: Promise<pg.Client> | null = null;
  #retryAt = 0;
  #lastFailure = '';
  #headSince = 0;
  #timer: NodeJS.Timeout | undefined;
  #isClosing = false;
  /** The query whose cancellation was requested last. The server may have cancelled one after it. */
  #canceled: Pending | null = null;
  /** Requests for cancellation that are in progress. */
  #cancelCount = 0;
  #lastCancelAt = Number.NEGATIVE_INFINITY;
  /** The query that the server ran when the connection was lost. */
  #lost: Pending | null = null;

  constructor(options: ConnectionOptions, pool: ConnectionPool) {
    this.#options = options;
    this.#pool = pool;
  }

  /** Fewer is better: queries in progress; opening a connection takes as long as some, and one that failed is the last choice. */
  get load(): number {
    if (this.hasFailed) return Number.MAX_SAFE_INTEGER;
    return this.#pending.length + (this.isResponsive ? 0 : 1000) + (this.#client ? 0 : 0.5);
  }

  /** Whether it could not be opened a moment ago. */
  get hasFailed(): boolean {
    return !this.#client && performance.now() < this.#retryAt;
  }

  /** Whether its first query has not run for long. */
  get isResponsive(): boolean {
    return this.#pending.length === 0 || performance.now() - this.#headSince < STALLED_MS;
  }

  /** Whether it is open, or may be soon. */
  get isUsable(): boolean {
    return this.#client !== null || this.#opening !== null;
  }

  send(pending: Pending): void {
    this.#pending.push(pending);
    if (this.#pending.length === 1) this.#headSince = performance.now();
    this.#timer ??= setInterval(() => this.#check(), STALLED_MS).unref();
    if (this.#client) this.#submit(this.#client, pending);
    else
      this.open().then(
        (client) => this.#submit(client, pending),
        () => {
          this.#remove(pending);
          // Another connection may be open, if the server only has no more of them.
          if (!pending.isSettled) this.#pool.send(pending);
        },
      );
  }

  /** Connects, if it is not open. Rejects with the error of the driver, or at once for a while after a failure. */
  open(): Promise<pg.Client> {
    if (this.#client) return Promise.resolve(this.#client);
    if (this.hasFailed) return Promise.reject(new StoreUnavailableError(this.#lastFailure));
    this.#opening ??= this.#connect();
    return this.#opening;
  }

  async #connect(): Promise<pg.Client> {
    try {
      const client = await this.#openClient();
      if (this.#pool.isClosed || (this.#isClosing && this.#pending.length === 0)) {
        client.end().catch(() => {});
        throw new StoreUnavailableError('CLOSED');
      }
      this.#client = client;
      this.#lost = null;
      // Not the time that it took to connect.
      this.#headSince = performance.now();
      this.#pool.opened();
      return client;
    } catch (error) {
      this.#lastFailure = failureCode(error);
      this.#retryAt = performance.now() + RETRY_MS;
      this.#opening = null;
      // One that is being replaced says nothing about the others.
      if (!this.#isClosing) this.#pool.notOpened(this.#lastFailure);
      throw error;
    } finally {
      this.#opening = null;
    }
  }

  async #openClient(): Promise<pg.Client> {
    const client = await openClient(this.#options, CONNECT_MS).catch((error) => {
      // It was ended while it was opened, with the others: another one may be opened at once.
      if (failureCode(error) !== ENDED) throw error;
      return openClient(this.#options, CONNECT_MS);
    });
    const lose = () => {
      if (this.#client !== client) return;
      this.#client = null;
      this.#lost ??= this.#pending[0] ?? null;
    };
    client.on('error', lose);
    client.on('end', lose);
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

  /** Sends a query again if it was lost with the connection or cancelled instead of another, or rejects it. */
  #fail(pending: Pending, error: unknown): void {
    const failure = storeError(error);
    const isLost = failure instanceof StoreUnavailableError && isTransient(failure.code);
    const code = failureCode(error);
    const hasReason = isServerCode(code);
    // The server sends the reason for the query that it ran, then closes the connection.
    if (code.startsWith('57P')) this.#lost ??= pending;
    this.#remove(pending);
    if (pending.isSettled) return;
    const isMishap = isLost ? !hasReason && this.#lost !== pending : isCanceled(error) && this.#mayCancelOthers;
    if (isMishap && pending.mishapCount++ < MAX_MISHAPS) this.#pool.send(pending);
    // After those that were lost with it: it may be lost again, and they with it.
    else if (!isMishap && isLost && pending.lossCount++ < MAX_LOSSES)
      setTimeout(() => this.#pool.send(pending), RESEND_MS);
    else settleWith(pending, failure);
  }

  /** Whether the server may cancel another query than the one that was meant. */
  get #mayCancelOthers(): boolean {
    return this.#cancelCount > 0 || performance.now() - this.#lastCancelAt < LATE_CANCEL_MS;
  }

  #remove(pending: Pending): void {
    const index = this.#pending.indexOf(pending);
    if (index < 0) return;
    this.#pending.splice(index, 1);
    if (index === 0) this.#headSince = performance.now();
    if (this.#pending.length > 0) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
    if (this.#isClosing) this.#end();
  }

  /** Cancels queries of requests that are over, and handles a query that runs for long. */
  #check(): void {
    for (const pending of this.#pending) {
      if (!pending.isSettled && pending.limits && isOver(pending.limits))
        settleWith(pending, new StoreTimeoutError('the request ended before the query'));
    }
    const [head, ...waiting] = this.#pending;
    if (!head || !this.#client || this.isResponsive) return;
    const runningMs = performance.now() - this.#headSince;
    if (runningMs > HUNG_MS) {
      this.abandon();
      return;
    }
    // Those behind it are usually over before they would run for long.
    if (head.isSettled && this.#canceled !== head) {
      this.#cancel(head, this.#client);
    }
    this.#pool.relieve(waiting, this);
    if (runningMs > SILENT_MS) this.#pool.silent();
  }

  #cancel(pending: Pending, client: pg.Client): void {
    this.#canceled = pending;
    this.#cancelCount++;
    void requestCancel(client).then(() => {
      this.#cancelCount--;
      this.#lastCancelAt = performance.now();
    });
  }

  /** Closes a connection whose server does not answer. Its queries are sent again on another one. */
  abandon(): void {
    const client = this.#client;
    this.#client = null;
    this.#lost = this.#pending[0] ?? null;
    if (client) destroyClient(client);
  }

  /** Closes the connection after the queries that were sent. */
  close(): void {
    this.#isClosing = true;
    if (this.#pending.length === 0) this.#end();
  }

  #end(): void {
    this.#client?.end().catch(() => {});
    this.#client = null;
  }
}

/** Connects and runs a query: a pooler accepts connections although its server cannot be reached. Rejects after `timeoutMs`. */
async function openClient(options: ConnectionOptions, timeoutMs: number): Promise<pg.Client> {
  // Throws if the URL names a certificate that cannot be read.
  const client = createClient(options, timeoutMs);
  client.on('error', () => {});
  let isLate = false;
  const timer = setTimeout(() => {
    isLate = true;
    destroyClient(client);
  }, timeoutMs).unref();
  try {
    await client.connect();
    await client.query('select 1');
    return client;
  } catch (error) {
    client.end().catch(() => {});
    throw isLate ? new StoreUnavailableError('TIMEOUT') : error;
  } finally {
    clearTimeout(timer);
  }
}

/** Whether the server answers a new connection within `timeoutMs`; else why not, as a code. A refusal of the server is an answer. */
export async function probe(options: ConnectionOptions, timeoutMs: number): Promise<string | null> {
  try {
    const client = await openClient(options, timeoutMs);
    client.end().catch(() => {});
    return null;
  } catch (error) {
    const code = failureCode(error);
    // A pooler that cannot reach its server has the codes of connections.
    return isServerCode(code) && !code.startsWith('08') ? null : 'TIMEOUT';
  }
}

const createClient = ({ url, applicationName }: ConnectionOptions, connectMs: number): pg.Client =>
  new pg.Client({
    connectionString: url,
    application_name: applicationName,
    connectionTimeoutMillis: connectMs,
    keepAlive: true,
    types,
    pipeline: true,
  } as pg.ClientConfig);

/** Whether a new connection may succeed at once: not if the server refuses it or lacks the schema. */
const isTransient = (code: string): boolean => !isServerCode(code) || /^(?:08|57P01|57P02|57P05|26000)/.test(code);

export function settleWith(pending: Pending, error: unknown): void {
  if (pending.isSettled) return;
  pending.isSettled = true;
  pending.reject(error);
}
