import { currentReadLimits } from '../readLimits.js';
import {
  Connection,
  type ConnectionOptions,
  type NamedQuery,
  type Pending,
  probe,
  RETRY_MS,
  settleWith,
} from './connection.js';
import { StoreUnavailableError } from './errors.js';

export interface PoolOptions extends ConnectionOptions {
  /** Number of connections. */
  size: number;
  /** Called with a code when the server cannot be reached any more or for another reason, and with null when it can be again. */
  onState?: (code: string | null) => void;
}

/** How long a server that is silent may take to answer a new connection. */
const PROBE_MS = 2_000;
/** Time between two such attempts. */
const PROBE_GAP_MS = 1_000;

/**
 * A fixed number of connections to a server. Each sends queries without waiting for the results of those before (pipelining), and a
 * query goes to the connection with the fewest. All queries are reads, so one that was lost with its connection is sent again, once.
 * While the server cannot be reached, queries are rejected at once, and the pool tries to connect.
 * https://www.postgresql.org/docs/15/protocol-flow.html#PROTOCOL-FLOW-PIPELINING
 */
export class PostgresPool {
  readonly #options: PoolOptions;
  #connections: Connection[];
  /** For urgent queries while all others run slow ones; opened when it is needed first. */
  #reserve: Connection;
  #isClosed = false;
  #failure: string | null = null;
  #timer: NodeJS.Timeout | undefined;
  #isProbing = false;
  #probeAt = 0;

  constructor(options: PoolOptions) {
    this.#options = options;
    this.#connections = this.#create();
    this.#reserve = new Connection(options, this);
  }

  /** Why the server cannot be reached, as a code; null if it can. */
  get failure(): string | null {
    return this.#failure;
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  /**
   * Runs a query; each row is an array. Rejects with a StoreUnavailableError or a StoreTimeoutError. If the limits of the request end
   * before, its cancellation is requested. An urgent query does not wait for slow ones.
   */
  query(
    query: NamedQuery,
    values: readonly unknown[],
    limits: Pending['limits'] = currentReadLimits(),
    isUrgent = false,
  ): Promise<unknown[][]> {
    return new Promise((resolve, reject) => {
      this.send({
        query,
        values: values.map(bound),
        limits,
        resolve,
        reject,
        isSettled: false,
        lossCount: 0,
        mishapCount: 0,
        isRelieved: false,
        isUrgent,
      });
    });
  }

  send(pending: Pending): void {
    const code = this.#isClosed ? 'CLOSED' : this.#failure;
    if (code !== null) {
      settleWith(pending, new StoreUnavailableError(code));
      return;
    }
    const isReserved =
      pending.isUrgent && !this.#reserve.hasFailed && !this.#connections.some(({ isResponsive }) => isResponsive);
    (isReserved ? this.#reserve : leastBusy(this.#connections))?.send(pending);
  }

  relieve(waiting: readonly Pending[], slow: Connection): void {
    const others = this.#connections.filter((connection) => connection !== slow && connection.isResponsive);
    for (const pending of waiting) {
      if (pending.isSettled || pending.isRelieved || others.length === 0) continue;
      pending.isRelieved = true;
      leastBusy(others)?.send(pending);
    }
  }

  opened(): void {
    clearTimeout(this.#timer);
    this.#report(null);
  }

  /** The server cannot be reached if no other connection is open: it may only have no more of them. */
  notOpened(code: string): void {
    if (!this.#connections.some(({ isUsable }) => isUsable)) this.#fail(code);
  }

  silent(): void {
    if (this.#isProbing || performance.now() < this.#probeAt || this.#failure !== null) return;
    this.#isProbing = true;
    void probe(this.#options, PROBE_MS).then((code) => {
      this.#isProbing = false;
      this.#probeAt = performance.now() + PROBE_GAP_MS;
      if (code === null || this.#isClosed) return;
      this.#fail(code);
      for (const connection of [...this.#connections, this.#reserve]) connection.abandon();
    });
  }

  /** Replaces the connections, and with them what they have prepared. Queries in progress finish on the previous ones. */
  renew(): void {
    const previous = this.#connections;
    this.#connections = this.#create();
    for (const connection of previous) connection.close();
  }

  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#timer);
    for (const connection of [...this.#connections, this.#reserve]) connection.close();
  }

  #create(): Connection[] {
    return Array.from({ length: this.#options.size }, () => new Connection(this.#options, this));
  }

  #fail(code: string): void {
    if (this.#isClosed) return;
    this.#report(code);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#reconnect(), RETRY_MS).unref();
  }

  /** Success and failure are reported by the connection. */
  async #reconnect(): Promise<void> {
    await leastBusy(this.#connections)
      ?.open()
      .catch(() => this.#failure !== null && this.#fail(this.#failure));
  }

  #report(code: string | null): void {
    if (code === this.#failure || this.#isClosed) return;
    this.#failure = code;
    this.#options.onState?.(code);
  }
}

function leastBusy(connections: readonly Connection[]): Connection | undefined {
  let best = connections[0];
  for (const connection of connections) if (best && connection.load < best.load) best = connection;
  return best;
}

/**
 * What PostgreSQL cannot have in a text: U+0000, and halves of surrogate pairs, which the driver would send as U+FFFD. No stored text has
 * them, nor the character that replaces them: both match nothing, as in SQLite.
 */
const UNSTORABLE = /[\0\p{Cs}]/gu;

const bound = (value: unknown): unknown => {
  if (typeof value === 'string') return value.replaceAll(UNSTORABLE, '\u0001');
  return Array.isArray(value) ? value.map(bound) : value;
};
