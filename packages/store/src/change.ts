import { createHash } from 'node:crypto';
import { closeSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import Database from 'better-sqlite3';
import { getTableName } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import type { SQLiteTable } from 'drizzle-orm/sqlite-core';
import { assertForeignKeys, CACHE_KIB, type StoreBuild, type StoreToBuild } from './build.js';
import { writing } from './errors.js';
import { removeLeftovers, temporaryFile } from './files.js';
import { updateRevision } from './identity.js';
import { prepare, type StoreDb } from './query.js';
import { putInPlace } from './replace.js';
import { BLOCK_BYTES, computeSums, readSums } from './sums.js';

/**
 * Starts the next revision of a store from a copy of the one in place, in one transaction; null if the bytes of that one do not match
 * their checksums, or it has none. `finish` checks that no row refers to a row that does not exist: everything else was checked when
 * the store in place was built, and has the same bytes. The caller has the store's lock. Throws a StoreError as `startStoreBuild` does.
 */
export function startStoreChange({ file, identity }: StoreToBuild): StoreBuild | null {
  return writing(file, () => {
    removeLeftovers(file);
    const building = temporaryFile(file, 'building');
    let sqlite: Database.Database | undefined;
    const discard = () => {
      sqlite?.close();
      rmSync(building, { force: true });
    };
    try {
      if (!copyVerified(file, building)) {
        discard();
        return null;
      }
      const opened = new Database(building);
      sqlite = opened;
      // As for a new store: the file is discarded unless it is complete.
      opened.pragma('journal_mode = OFF');
      opened.pragma('synchronous = OFF');
      opened.pragma(`cache_size = -${CACHE_KIB}`);
      opened.pragma('foreign_keys = OFF');
      opened.exec('begin');
      return {
        db: drizzle({ client: opened }),
        write: (insert) => writing(file, insert),
        finish: () =>
          writing(file, () => {
            updateRevision(opened, identity);
            opened.exec('commit');
            assertForeignKeys(opened, file);
            opened.close();
            putInPlace(building, file, computeSums(building, identity));
          }),
        discard,
      };
    } catch (error) {
      discard();
      throw error;
    }
  });
}

/** Copies a store, and returns whether its bytes have their checksums. */
function copyVerified(file: string, copy: string): boolean {
  const [sums, ...others] = readSums(file);
  if (!sums || others.length > 0) return false;
  const [from, to] = [openSync(file, 'r'), openSync(copy, 'wx')];
  try {
    const buffer = Buffer.allocUnsafe(BLOCK_BYTES);
    for (const expected of sums.blocks) {
      let length = 0;
      for (let read = -1; read !== 0 && length < BLOCK_BYTES; length += read)
        read = readSync(from, buffer, length, BLOCK_BYTES - length, null);
      const block = buffer.subarray(0, length);
      if (createHash('sha256').update(block).digest('hex') !== expected) return false;
      for (let written = 0; written < length; ) written += writeSync(to, block, written);
    }
    return readSync(from, buffer, 0, 1, null) === 0;
  } finally {
    closeSync(from);
    closeSync(to);
  }
}

/** Deletes the rows of a table, given by its name, with row ids in a range. */
export const deleteRows = (db: StoreDb, table: string, first: number, last: number): void =>
  void prepare(db, `delete from "${table}" where rowid between ? and ?`).run(first, last);

/** Deletes the rows of a full-text index with row ids in a range. */
export function deleteIndexed(db: StoreDb, index: string, first: number, last: number): void {
  // An index without content cannot be scanned by row id, but the table of its sizes has one row for each.
  const ids = prepare(db, `select id from "${index}_docsize" where id between ? and ?`).pluck(true).all(first, last);
  const remove = prepare(db, `delete from "${index}" where rowid = ?`);
  for (const id of ids) remove.run(id);
}

/** Deletes all rows of a table or a full-text index, given by its name. */
export const clearTable = (db: StoreDb, table: string): void => void prepare(db, `delete from "${table}"`).run();

/** The values of a column in the rows with row ids in a range, without repetition. */
export const valuesIn = (db: StoreDb, table: SQLiteTable, column: string, first: number, last: number): unknown[] =>
  prepare(db, `select distinct "${column}" from "${getTableName(table)}" where rowid between ? and ?`)
    .raw(true)
    .all(first, last)
    .map((row) => (row as unknown[])[0]);
