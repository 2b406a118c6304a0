import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type Database from 'better-sqlite3';

/** How the migrations of a store compare with those of the running program. */
export type MigrationsState = 'same' | 'older' | 'newer';

/**
 * A store with more migrations than the program is newer. One with fewer, or with different ones, is older: a migration that
 * was never released may have been regenerated.
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
