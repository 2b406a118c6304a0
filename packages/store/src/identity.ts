import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type Database from 'better-sqlite3';

/** "DOSS": tells our files from any other SQLite file. */
const APPLICATION_ID = 0x444f5353;
/** The shape of what every store holds about itself; raised when an older program could not read a newer file. */
export const FORMAT = 1;

/** What a service's store is built from. Two stores of one revision hold the same rows. */
export interface StoreIdentity {
  /** Which service's store it is. */
  service: string;
  /** 16 hex digits over the seeds, the migrations and the seeding code. */
  revision: string;
}

/** The identity that a store built now would have. */
export function identityOf(service: string, parts: { seeds: string; migrations: URL; code: URL[] }): StoreIdentity {
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
  return { service, revision: hash.digest('hex').slice(0, 16) };
}

/** A module, and those of the folder of its name beside it: `seed.js` and `seed/`. */
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

export function writeIdentity(db: Database.Database, { service, revision }: StoreIdentity): void {
  db.pragma(`application_id = ${APPLICATION_ID}`);
  db.pragma(`user_version = ${FORMAT}`);
  db.exec('create table store (service text not null, revision text not null) strict');
  db.prepare('insert into store (service, revision) values (?, ?)').run(service, revision);
}

/** The format of a store; `null` where the file is no store of ours. Throws where it cannot be read as SQLite at all. */
export function readFormat(db: Database.Database): number | null {
  return db.pragma('application_id', { simple: true }) === APPLICATION_ID
    ? (db.pragma('user_version', { simple: true }) as number)
    : null;
}

/** What a store of a known format says it is; `null` where it says nothing. */
export function readIdentity(db: Database.Database): StoreIdentity | null {
  return (db.prepare('select service, revision from store').get() as StoreIdentity | undefined) ?? null;
}
