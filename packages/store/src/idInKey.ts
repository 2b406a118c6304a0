import type { AnySQLiteColumn } from 'drizzle-orm/sqlite-core';
import { raw, type Sql, sql } from './sql.js';

/**
 * A key that ends in a space and the id of a row of a type, such as `2022-07-31 statement:a/S1`. A distributed database, which places rows
 * by a column, has the id in a column of its own.
 */
export interface IdInKey {
  key: AnySQLiteColumn;
  type: string;
}

/** The id in a key, as neutral SQL. */
export const idInKey = ({ key, type }: IdInKey): Sql => sql`id_in(${key}, ${raw(`'${type}'`)})`;

/** The column with the id in a distributed database. */
export const idColumn = (type: string): string => `${type}_id`;
