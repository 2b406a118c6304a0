import type { AnySQLiteColumn, SQLiteTable } from 'drizzle-orm/sqlite-core';

/**
 * A full-text index of a table's rows. In SQLite it is a table of FTS5 with the same row ids; its columns are `summary`, or another
 * name, and `passage`. In PostgreSQL it is a table with the columns `row`, `id`, `key`, `summary`, `passage` and `words`, and a table
 * of lists of rows by word.
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

/**
 * The table in PostgreSQL with the rows of an index that have a word, in their order, which is that of `key`. The term of a list is a word
 * and a space, or the longest beginning that several words have in common. So the rows with a word that begins in some way have the
 * first list whose term begins so. A list is stored in parts: `last` is the last row of a part, `matches` the number of all rows.
 */
export const wordListsOf = (index: string): string => `${index}_list`;
