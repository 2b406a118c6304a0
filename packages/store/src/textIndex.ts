import type { AnySQLiteColumn, SQLiteTable } from 'drizzle-orm/sqlite-core';

/**
 * A full-text index of a table's rows. In SQLite it is a table of FTS5 with the same row ids; its columns are `summary`, or another
 * name, and `passage`. In PostgreSQL it is a table with the columns `id`, `key`, `summary`, `passage` and `words`.
 */
export interface TextIndex {
  name: string;
  table: SQLiteTable;
  id: AnySQLiteColumn;
  /** The column whose order the row ids have. */
  key: AnySQLiteColumn;
  /** An index of the parts of rows: in SQLite, their row ids are those of the rows times `perRow`, plus their position. */
  parts?: { name: string; perRow: number };
}
