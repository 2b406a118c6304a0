import type Database from 'better-sqlite3';
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3';
import { LRUCache } from 'lru-cache';
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

/** Runs the query of an SQL text and its parameters; each row is an array of its column values. */
export function queryText(db: StoreDb, text: string, values: readonly unknown[]): unknown[][] {
  const onDuration = durationCallbacks.get(db);
  const startedAt = onDuration ? performance.now() : 0;
  const rows = prepare(db, text)
    .raw(true)
    .all(...values) as unknown[][];
  onDuration?.((performance.now() - startedAt) / 1000);
  return rows;
}
