import { is } from 'drizzle-orm';
import { SQLiteTable } from 'drizzle-orm/sqlite-core';

/** The tables among the exports of a module, in order of their names. */
export const tablesOf = (module: Record<string, unknown>): SQLiteTable[] =>
  Object.entries(module)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, value]) => (is(value, SQLiteTable) ? [value] : []));
