import { fileURLToPath } from 'node:url';
import type { StoreDb } from '@dossier/store';
import Database from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { migrate } from 'drizzle-orm/better-sqlite3/migrator';

export interface MemoryStore {
  db: StoreDb;
  /** SQL queries since the last call. */
  queries: () => string[];
}

/**
 * An empty store in memory, with the tables of a service's migrations. Foreign keys are off, so that a test inserts only
 * the rows that it is about.
 */
export function memoryStore(migrations: URL): MemoryStore {
  const queries: string[] = [];
  const client = new Database(':memory:', { verbose: (query) => void queries.push(String(query)) });
  const db = drizzle({ client });
  migrate(db, { migrationsFolder: fileURLToPath(migrations) });
  client.pragma('foreign_keys = OFF');
  return { db, queries: () => queries.splice(0) };
}
