import { raw, type Sql } from '@dossier/store';
import type { AnySQLiteColumn } from 'drizzle-orm/sqlite-core';

/** A column of the rows being searched: `found` keeps them apart from the rows being read. */
export const inner = (column: AnySQLiteColumn): Sql => raw(`found."${column.name}"`);
