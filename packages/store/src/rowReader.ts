import { getTableColumns } from 'drizzle-orm';
import type { AnySQLiteColumn, SQLiteTable } from 'drizzle-orm/sqlite-core';

/** Turns arrays of column values into rows of a table. */
export interface RowReader<Row> {
  /** The quoted columns of the table, or of an alias of it, for a select list. */
  columns: (alias?: string) => string;
  /** The row whose values start at index `from`. JSON columns are parsed when they are first read. */
  row: (values: unknown[], from: number) => Row;
  /** Index of a column among the values; -1 if the table does not have it. */
  indexOf: (column: AnySQLiteColumn) => number;
}

const readers = new WeakMap<SQLiteTable, RowReader<unknown>>();

export function rowReader<Table extends SQLiteTable>(table: Table): RowReader<Table['$inferSelect']> {
  let reader = readers.get(table);
  if (!reader) {
    reader = makeReader(table);
    readers.set(table, reader);
  }
  return reader as RowReader<Table['$inferSelect']>;
}

function makeReader(table: SQLiteTable): RowReader<unknown> {
  const columns = Object.entries(getTableColumns(table)) as [string, AnySQLiteColumn][];
  class Row {
    readonly values: unknown[];
    readonly from: number;

    constructor(values: unknown[], from: number) {
      this.values = values;
      this.from = from;
    }
  }
  columns.forEach(([property, column], index) => {
    Object.defineProperty(Row.prototype, property, { enumerable: true, get: getterOf(column, index) });
  });
  return {
    columns: (alias) => columns.map(([, { name }]) => (alias ? `${alias}."${name}"` : `"${name}"`)).join(', '),
    row: (values, from) => new Row(values, from),
    indexOf: (column) => columns.findIndex(([, candidate]) => candidate === column),
  };
}

interface RowValues {
  values: unknown[];
  from: number;
}

function getterOf(column: AnySQLiteColumn, index: number): (this: RowValues) => unknown {
  if (column.dataType !== 'json' && column.dataType !== 'boolean') {
    return function () {
      return this.values[this.from + index];
    };
  }
  return function () {
    const position = this.from + index;
    const value = this.values[position];
    // Parsed values replace the stored ones: JSON is stored as text and booleans as numbers.
    if (typeof value !== 'string' && typeof value !== 'number') return value;
    const parsed = column.mapFromDriverValue(value);
    if (typeof parsed !== 'string' && typeof parsed !== 'number') this.values[position] = parsed;
    return parsed;
  };
}
