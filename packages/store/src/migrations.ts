import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type Database from 'better-sqlite3';

/** How a store's migrations stand to those that a program knows. */
export type MigrationsState = 'same' | 'older' | 'newer';

/**
 * More migrations than are known make a store newer; fewer, or others, older: one that was generated anew replaces
 * what was never released.
 */
export function compareMigrations(db: Database.Database, migrations: URL): MigrationsState {
  const folder = fileURLToPath(migrations);
  const known = readdirSync(folder)
    .filter((name) => name.endsWith('.sql'))
    .map((name) =>
      createHash('sha256')
        .update(readFileSync(`${folder}/${name}`))
        .digest('hex'),
    );
  const applied = (db.prepare('select hash from __drizzle_migrations').all() as { hash: string }[]).map(
    ({ hash }) => hash,
  );
  if (applied.length > known.length) return 'newer';
  return applied.length === known.length && known.every((hash) => applied.includes(hash)) ? 'same' : 'older';
}
