import { existsSync, renameSync, rmSync } from 'node:fs';
import Database from 'better-sqlite3';
import { writing } from './errors.js';

/** What a part of the seeds, a folder, became. The texts are JSON of the program that seeds. */
export interface KnownPart {
  name: string;
  /** Digest of its files. */
  digest: string;
  /** Its first row id in tables that are in order of the text, and how many it has. */
  firstRow: number;
  rows: number;
  /** What its records are to all parts. */
  facts: string;
  /** Digests of its records that others read. */
  records: string;
  /** The ids of its rows, by store and table. */
  inserted: string;
  /** Records that rows of several parts follow from; empty if there are none. */
  shared: string;
  /** What its rows follow from besides its files, one a line, each line between line feeds. */
  dependencies: string;
}

const COLUMNS = [
  'name',
  'digest',
  'firstRow',
  'rows',
  'facts',
  'records',
  'inserted',
  'shared',
  'dependencies',
] as const satisfies (keyof KnownPart)[];

const journalOf = (path: string): string => `${path}-journal`;

function temporaryFiles(file: string): [path: string, journal: string] {
  const path = `${file}.building`;
  return [path, journalOf(path)];
}

/**
 * A file next to the stores with what each part of the seeds became, so that the next revision need not read all of them. Losing it
 * costs the time of a seed from scratch. Only the owner of the stores' locks may use it.
 */
export class PartsFile {
  readonly #file: string;
  readonly #path: string;
  readonly #sqlite: Database.Database;

  private constructor(file: string, path: string) {
    this.#file = file;
    this.#path = path;
    this.#sqlite = new Database(path);
    this.#sqlite.pragma('cache_size = -16384');
  }

  /** Opens the file; null if there is none, if it is damaged, or if its key is another one. Starts a transaction. */
  static open(file: string, key: string): PartsFile | null {
    if (!existsSync(file)) return null;
    let opened: PartsFile | undefined;
    try {
      opened = new PartsFile(file, file);
      const sqlite = opened.#sqlite;
      const isIntact = sqlite.pragma('quick_check(1)', { simple: true }) === 'ok';
      if (isIntact && sqlite.prepare('select key from meta').pluck().get() === key) {
        sqlite.exec('begin immediate');
        return opened;
      }
    } catch {
      // Not a database, or one of another version.
    }
    opened?.close();
    return null;
  }

  /** Starts a new file, which replaces the old one when it is saved. */
  static create(file: string): PartsFile {
    const [path] = temporaryFiles(file);
    for (const left of temporaryFiles(file)) rmSync(left, { force: true });
    return writing(file, () => {
      const created = new PartsFile(file, path);
      created.#sqlite.pragma('journal_mode = MEMORY');
      created.#sqlite.exec(
        `begin; create table meta (key text not null); create table part (${COLUMNS.join(', ')}, primary key (name))`,
      );
      return created;
    });
  }

  /** Whether a process is writing the file, or a killed one left something. */
  static hasLeftovers(file: string): boolean {
    return [...temporaryFiles(file), journalOf(file)].some((path) => existsSync(path));
  }

  /** Removes what a killed process left: a new file, and a file that it was changing, which is not that of the stores in place. */
  static cleanUp(file: string): void {
    const isUnfinished = existsSync(journalOf(file));
    for (const path of [...temporaryFiles(file), ...(isUnfinished ? [file, journalOf(file)] : [])])
      rmSync(path, { force: true });
  }

  put(part: KnownPart): void {
    const put = this.#sqlite.prepare(
      `insert or replace into part (${COLUMNS.join(', ')}) values (${COLUMNS.map(() => '?').join(', ')})`,
    );
    writing(this.#file, () => void put.run(...COLUMNS.map((column) => part[column])));
  }

  remove(name: string): void {
    this.#sqlite.prepare('delete from part where name = ?').run(name);
  }

  get(name: string): KnownPart | null {
    return (this.#sqlite.prepare(`select ${COLUMNS.join(', ')} from part where name = ?`).get(name) ??
      null) as KnownPart | null;
  }

  /** Some columns of all parts, in the order in which they are read: `first` before the others, which are in order of their names. */
  each<Column extends keyof KnownPart>(first: string, ...columns: Column[]): IterableIterator<Pick<KnownPart, Column>> {
    return this.#sqlite
      .prepare(`select ${columns.join(', ')} from part order by name <> ?, name`)
      .iterate(first) as IterableIterator<Pick<KnownPart, Column>>;
  }

  /** Saves the parts as those of the stores that `key` identifies. */
  save(key: string): void {
    writing(this.#file, () => {
      this.#sqlite.exec('delete from meta');
      this.#sqlite.prepare('insert into meta (key) values (?)').run(key);
      this.#sqlite.exec('commit');
    });
    this.#sqlite.close();
    if (this.#path === this.#file) return;
    // A journal that a killed process left belongs to the file before, and must not be applied to this one.
    for (const old of [this.#file, journalOf(this.#file)]) rmSync(old, { force: true });
    renameSync(this.#path, this.#file);
  }

  /** Closes the file without saving anything; does nothing after `save`. */
  close(): void {
    if (!this.#sqlite.open) return;
    this.#sqlite.close();
    if (this.#path !== this.#file) rmSync(this.#path, { force: true });
  }
}
