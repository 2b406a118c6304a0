import { insertRow, type StoreDb } from '@dossier/store';
import { getTableColumns } from 'drizzle-orm';
import type { AnySQLiteColumn, SQLiteTable } from 'drizzle-orm/sqlite-core';

/**
 * Inserts rows of which a test names only the columns that it is about. Each other column that must not be null gets an
 * empty value: an empty list, false, 0 or an empty text.
 */
export function insertRows<Table extends SQLiteTable>(
  db: StoreDb,
  table: Table,
  ...rows: Partial<Table['$inferInsert']>[]
): void {
  const defaults = Object.fromEntries(
    Object.entries(getTableColumns(table) as Record<string, AnySQLiteColumn>)
      .filter(([, { notNull }]) => notNull)
      .map(([property, column]) => [property, emptyValue(column)]),
  );
  for (const row of rows) insertRow(db, table, { ...defaults, ...row } as Table['$inferInsert']);
}

function emptyValue({ dataType }: AnySQLiteColumn): unknown {
  switch (dataType) {
    case 'json':
      return [];
    case 'boolean':
      return false;
    case 'number':
      return 0;
    default:
      return '';
  }
}

/** The ids of rows, null for a row that was not found. */
export const idsOf = <Row extends { id: string }>(rows: readonly (Row | null)[]): (string | null)[] =>
  rows.map((row) => (row === null ? null : row.id));
