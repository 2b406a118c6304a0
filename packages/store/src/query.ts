import type Database from 'better-sqlite3';
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3';
import { LRUCache } from 'lru-cache';
import { readFailure, StoreReadError } from './errors.js';
import type { Sql } from './sql.js';

/** An open database: drizzle's handle, with the connection of better-sqlite3 in it. */
export type StoreDb = BetterSQLite3Database & { $client: Database.Database };

/** Maximum number of cached prepared statements: one per list, order and combination of filters in use. */
const MAX_PREPARED = 500;

const statementCaches = new WeakMap<StoreDb, LRUCache<string, Database.Statement>>();

/** The prepared statement of an SQL text, from a cache. */
export function prepare(db: StoreDb, text: string): Database.Statement {
  let statements = statementCaches.get(db);
  if (!statements) {
    statements = new LRUCache({ max: MAX_PREPARED });
    statementCaches.set(db, statements);
  }
  let statement = statements.get(text);
  if (!statement) {
    statement = db.$client.prepare(text);
    statements.set(text, statement);
  }
  return statement;
}

const durationCallbacks = new WeakMap<StoreDb, (seconds: number) => void>();

/** Reports the duration of every later query of a store. */
export const observeQueries = (db: StoreDb, onDuration: (seconds: number) => void): void =>
  void durationCallbacks.set(db, onDuration);

/** Runs a query; each row is an array of its column values. */
export const queryValues = (db: StoreDb, { text, values }: Sql): unknown[][] => queryText(db, text, values);

const failureCallbacks = new WeakMap<StoreDb, (reason: string) => void>();

/** Reports each later query of a store that fails because its file is damaged or cannot be read. */
export const onReadFailure = (db: StoreDb, onFailure: (reason: string) => void): void =>
  void failureCallbacks.set(db, onFailure);

/**
 * Runs the query of an SQL text and its parameters; each row is an array of its column values. Throws a StoreReadError if the
 * store is damaged or cannot be read.
 */
export function queryText(db: StoreDb, text: string, values: readonly unknown[]): unknown[][] {
  const onDuration = durationCallbacks.get(db);
  const startedAt = onDuration ? performance.now() : 0;
  const rows = readRows(db, text, values);
  onDuration?.((performance.now() - startedAt) / 1000);
  return rows;
}

function readRows(db: StoreDb, text: string, values: readonly unknown[]): unknown[][] {
  try {
    return prepare(db, text)
      .raw(true)
      .all(...values) as unknown[][];
  } catch (error) {
    const reason = readFailure(error);
    if (reason === null) throw error;
    failureCallbacks.get(db)?.(reason);
    throw new StoreReadError(reason);
  }
}
