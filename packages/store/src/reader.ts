import type Database from 'better-sqlite3';
import { getTableColumns } from 'drizzle-orm';
import type { AnySQLiteColumn, SQLiteTable } from 'drizzle-orm/sqlite-core';
import { LRUCache } from 'lru-cache';
import type { StoreDb } from './open.js';
import type { Sql } from './sql.js';

/** Statements kept prepared at most: there are as many as lists, orders and kinds of filter that are asked for. */
const PREPARED = 500;

const prepared = new WeakMap<StoreDb, LRUCache<string, Database.Statement>>();

/** A statement of the store, prepared once. */
export function prepare(db: StoreDb, text: string): Database.Statement {
  let statements = prepared.get(db);
  if (!statements) {
    statements = new LRUCache({ max: PREPARED });
    prepared.set(db, statements);
  }
  let statement = statements.get(text);
  if (!statement) {
    statement = db.$client.prepare(text);
    statements.set(text, statement);
  }
  return statement;
}

const timed = new WeakMap<StoreDb, (seconds: number) => void>();

/** From now on tells how long each query of a store takes. */
export const timeQueries = (db: StoreDb, told: (seconds: number) => void): void => void timed.set(db, told);

/** Runs a query; each row is the list of its values. */
export const valuesOf = (db: StoreDb, { text, values }: Sql): unknown[][] => allOf(db, text, values);

/** The same of a text with its values. */
export function allOf(db: StoreDb, text: string, values: readonly unknown[]): unknown[][] {
  const told = timed.get(db);
  const begun = told ? performance.now() : 0;
  const rows = prepare(db, text)
    .raw(true)
    .all(...values) as unknown[][];
  told?.((performance.now() - begun) / 1000);
  return rows;
}

/** Reads rows of a table from their values. */
export interface RowReader<Row> {
  /** The table's columns, quoted, of the table or of an alias of it. */
  columns: (alias?: string) => string;
  /** The row whose values begin at `from`. Values kept as JSON are parsed when they are asked for. */
  row: (values: unknown[], from: number) => Row;
  /** Where a column stands among the values. */
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

interface Held {
  values: unknown[];
  from: number;
}

function getterOf(column: AnySQLiteColumn, index: number): (this: Held) => unknown {
  if (column.dataType !== 'json' && column.dataType !== 'boolean') {
    return function () {
      return this.values[this.from + index];
    };
  }
  return function () {
    const at = this.from + index;
    const value = this.values[at];
    // Parsed in place: JSON is text and a boolean a number until then.
    if (typeof value !== 'string' && typeof value !== 'number') return value;
    const read = column.mapFromDriverValue(value);
    if (typeof read !== 'string' && typeof read !== 'number') this.values[at] = read;
    return read;
  };
}
