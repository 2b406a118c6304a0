import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type Database from 'better-sqlite3';

/** "DOSS", SQLite's application id of a store: https://www.sqlite.org/pragma.html#pragma_application_id */
const APPLICATION_ID = 0x444f5353;
/** Version of the metadata in a store; increased if older programs cannot read newer files. */
export const FORMAT = 1;

/** Identifies the contents of a store. Two stores of one revision have the same rows. */
export interface StoreIdentity {
  /** Name of the service that the store belongs to. */
  service: string;
  /** Hash of the seeds, the indexed texts, the migrations and the seeding code; 16 hex digits. */
  revision: string;
  /** Number of documents whose words are in the store; left out if there are none. */
  texts?: number;
}

/** The identity that a store would have if it were built now. */
export function identityOf(
  service: string,
  parts: {
    seeds: string;
    migrations: URL;
    code: URL[];
    /** Digests of the texts whose words the store has; none by default. */
    texts?: readonly string[];
  },
): StoreIdentity {
  const { texts = [] } = parts;
  const hash = createHash('sha256').update(service).update('\0').update(parts.seeds);
  const folder = fileURLToPath(parts.migrations);
  for (const name of readdirSync(folder)
    .filter((file) => file.endsWith('.sql'))
    .sort()) {
    hash
      .update('\0')
      .update(name)
      .update('\0')
      .update(readFileSync(`${folder}/${name}`));
  }
  for (const file of parts.code.flatMap(modulesOf)) hash.update('\0').update(readFileSync(file));
  for (const digest of texts) hash.update('\0text\0').update(digest);
  return { service, revision: hash.digest('hex').slice(0, 16), ...(texts.length > 0 && { texts: texts.length }) };
}

/** The files of a module: `seed.js` and all of `seed/`. */
function modulesOf(module: URL): string[] {
  const file = fileURLToPath(module);
  const folder = file.replace(/\.js$/, '');
  const parts =
    folder !== file && existsSync(folder)
      ? readdirSync(folder)
          .filter((name) => name.endsWith('.js'))
          .sort()
      : [];
  return [file, ...parts.map((name) => join(folder, name))];
}

export function writeIdentity(db: Database.Database, { service, revision, texts = 0 }: StoreIdentity): void {
  db.pragma(`application_id = ${APPLICATION_ID}`);
  db.pragma(`user_version = ${FORMAT}`);
  db.exec('create table store (service text not null, revision text not null) strict');
  db.prepare('insert into store (service, revision) values (?, ?)').run(service, revision);
  // A column of its own, and only if there are texts: a store without words has the same bytes in every version.
  if (texts > 0) db.exec(`alter table store add column texts integer not null default ${texts}`);
}

/** Makes a store the one of another revision, of the same service and with the words of the same texts. */
export const updateRevision = (db: Database.Database, { revision }: StoreIdentity): void =>
  void db.prepare('update store set revision = ?').run(revision);

/** The format version of a store; null if the database is not a store. Throws if the file is not a SQLite database. */
export function readFormat(db: Database.Database): number | null {
  return db.pragma('application_id', { simple: true }) === APPLICATION_ID
    ? (db.pragma('user_version', { simple: true }) as number)
    : null;
}

/** The identity in a store of a known format; null if it has none. */
export function readIdentity(db: Database.Database): StoreIdentity | null {
  // All columns: a store without words does not have the last one.
  const row = db.prepare('select * from store').get() as (StoreIdentity & { texts?: number }) | undefined;
  if (!row) return null;
  const { service, revision, texts = 0 } = row;
  return { service, revision, ...(texts > 0 && { texts }) };
}
