import type Database from 'better-sqlite3';
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3';
import { LRUCache } from 'lru-cache';
import { type Dialect, toSqlite } from './dialect.js';
import { QueryRefusedError, readFailure, StoreReadError } from './errors.js';
import { type MaybePromise, mapMaybePromise, withSameLimits } from './mapMaybePromise.js';
import type { Sql } from './sql.js';

/** An open database of SQLite: drizzle's handle, with the connection of better-sqlite3 in it. */
export type StoreDb = BetterSQLite3Database & { $client: Database.Database };

/** A store in another database, whose queries resolve later. */
export abstract class RemoteDb {
  /** Rows of the queries that were run when the store was opened, by SQL text. */
  readonly #readAtOpen = new Map<string, unknown[][]>();

  /** Runs neutral SQL; each row is an array of its column values. */
  abstract query(text: string, values: readonly unknown[]): Promise<unknown[][]>;

  /** Runs queries without parameters whose rows `readAtOpen` then returns. */
  async prepareReads(queries: readonly Sql[]): Promise<void> {
    await Promise.all(
      queries.map(async ({ text }) => {
        this.#readAtOpen.set(text, await this.query(text, []));
      }),
    );
  }

  /** The rows of a query that `prepareReads` ran. */
  rowsReadAtOpen(text: string): unknown[][] {
    const rows = this.#readAtOpen.get(text);
    if (!rows) throw new Error(`This query was not run when the store was opened: ${text}`);
    return rows;
  }
}

/** A store that is read: rows at once from SQLite, a promise of them from another database. */
export type ReadDb = StoreDb | RemoteDb;

/** The dialect of a store's SQL. */
export const dialectOf = (db: ReadDb): Dialect => (db instanceof RemoteDb ? 'postgres' : 'sqlite');

/** Maximum number of cached prepared statements: one per list, order and combination of filters in use. */
const MAX_PREPARED = 500;

interface Prepared {
  statement: Database.Statement;
  /** Positions of parameters that are lists, which SQLite reads as JSON. */
  lists: readonly number[];
}

const statementCaches = new WeakMap<StoreDb, LRUCache<string, Prepared>>();

/** The prepared statement of an SQL text, from a cache. */
export const prepare = (db: StoreDb, text: string): Database.Statement => prepareNeutral(db, text).statement;

function prepareNeutral(db: StoreDb, neutral: string): Prepared {
  let statements = statementCaches.get(db);
  if (!statements) {
    statements = new LRUCache({ max: MAX_PREPARED });
    statementCaches.set(db, statements);
  }
  let prepared = statements.get(neutral);
  if (!prepared) {
    const { text, lists } = toSqlite(neutral);
    prepared = { statement: db.$client.prepare(text), lists };
    statements.set(neutral, prepared);
  }
  return prepared;
}

const durationCallbacks = new WeakMap<ReadDb, (seconds: number) => void>();

/** Reports the duration of every later query of a store. */
export const observeQueries = (db: ReadDb, onDuration: (seconds: number) => void): void =>
  void durationCallbacks.set(db, onDuration);

/** Runs a query; each row is an array of its column values. */
export function queryValues(db: StoreDb, query: Sql): unknown[][];
export function queryValues(db: ReadDb, query: Sql): MaybePromise<unknown[][]>;
export function queryValues(db: ReadDb, { text, values }: Sql): MaybePromise<unknown[][]> {
  return queryText(db, text, values);
}

/** Texts of queries that a database has refused, as many as are prepared. */
const refusedQueries = new WeakMap<ReadDb, LRUCache<string, true>>();

/**
 * Runs a query and maps its rows. If the database does not support its form, as a distributed one may not, `otherwise` finds the same in
 * other queries, and the query is not tried again while the store is open.
 */
export function queryUnlessRefused<Result>(
  db: ReadDb,
  query: Sql,
  map: (rows: unknown[][]) => Result,
  otherwise: () => MaybePromise<Result>,
): MaybePromise<Result> {
  if (refusedQueries.get(db)?.has(query.text)) return otherwise();
  const rows = mapMaybePromise(queryValues(db, query), map);
  if (!(rows instanceof Promise)) return rows;
  return rows.catch(
    withSameLimits((error: unknown) => {
      if (!(error instanceof QueryRefusedError)) throw error;
      const refused = refusedQueries.get(db) ?? new LRUCache({ max: MAX_PREPARED });
      refusedQueries.set(db, refused);
      refused.set(query.text, true);
      return otherwise();
    }),
  );
}

/**
 * Runs a query without parameters while a store is opened. If it is not SQLite's, the query must be among those that its
 * `prepareReads` ran.
 */
export const readAtOpen = (db: ReadDb, query: Sql): unknown[][] =>
  db instanceof RemoteDb ? db.rowsReadAtOpen(query.text) : queryValues(db, query);

const failureCallbacks = new WeakMap<StoreDb, (reason: string) => void>();

/** Reports each later query of a store that fails because its file is damaged or cannot be read. */
export const onReadFailure = (db: StoreDb, onFailure: (reason: string) => void): void =>
  void failureCallbacks.set(db, onFailure);

/**
 * Runs the query of a neutral SQL text and its parameters; each row is an array of its column values. Throws a StoreReadError if
 * the store is damaged or cannot be read.
 */
export function queryText(db: ReadDb, text: string, values: readonly unknown[]): MaybePromise<unknown[][]> {
  const onDuration = durationCallbacks.get(db);
  const startedAt = onDuration ? performance.now() : 0;
  if (db instanceof RemoteDb) {
    const rows = db.query(text, values);
    return onDuration ? rows.finally(() => onDuration((performance.now() - startedAt) / 1000)) : rows;
  }
  const rows = readRows(db, text, values);
  onDuration?.((performance.now() - startedAt) / 1000);
  return rows;
}

function readRows(db: StoreDb, text: string, values: readonly unknown[]): unknown[][] {
  try {
    const { statement, lists } = prepareNeutral(db, text);
    return statement.raw(true).all(...(lists.length === 0 ? values : withJson(values, lists))) as unknown[][];
  } catch (error) {
    const reason = readFailure(error);
    if (reason === null) throw error;
    failureCallbacks.get(db)?.(reason);
    throw new StoreReadError(reason);
  }
}

/** The values with each list as JSON. */
function withJson(values: readonly unknown[], lists: readonly number[]): unknown[] {
  const bound = [...values];
  for (const position of lists) bound[position] = JSON.stringify(bound[position]);
  return bound;
}
