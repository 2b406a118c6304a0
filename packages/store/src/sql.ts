import { getTableName, is } from 'drizzle-orm';
import { type AnySQLiteColumn, SQLiteColumn, SQLiteTable } from 'drizzle-orm/sqlite-core';

/** A piece of SQL and the values of its `?`, in order. Made by `sql`; cheap enough to make for every request. */
export class Sql {
  readonly text: string;
  readonly values: readonly unknown[];

  constructor(text: string, values: readonly unknown[] = []) {
    this.text = text;
    this.values = values;
  }
}

/** SQL with columns, tables and other pieces of SQL put in by name, and everything else as a value. */
export function sql(strings: TemplateStringsArray, ...parts: unknown[]): Sql {
  const values: unknown[] = [];
  let text = strings[0] as string;
  parts.forEach((part, index) => {
    text +=
      (part instanceof Sql ? addPiece(part, values) : (nameOf(part) ?? addValue(part, values))) + strings[index + 1];
  });
  return new Sql(text, values);
}

/** SQL as it stands. Never of what came from outside. */
export const raw = (text: string): Sql => new Sql(text);

/** Pieces one after the other. */
export function join(pieces: readonly Sql[], between: string): Sql {
  return new Sql(
    pieces.map(({ text }) => text).join(between),
    pieces.flatMap(({ values }) => values),
  );
}

function addPiece({ text, values: own }: Sql, values: unknown[]): string {
  values.push(...own);
  return text;
}

function addValue(value: unknown, values: unknown[]): string {
  values.push(value);
  return '?';
}

const names = new WeakMap<object, string>();

/** The quoted name of a column or a table; null for anything else. */
function nameOf(part: unknown): string | null {
  if (typeof part !== 'object' || part === null) return null;
  let name = names.get(part);
  if (name === undefined) {
    if (is(part, SQLiteColumn)) name = `"${getTableName((part as AnySQLiteColumn).table)}"."${part.name}"`;
    else if (is(part, SQLiteTable)) name = `"${getTableName(part)}"`;
    else return null;
    names.set(part, name);
  }
  return name;
}
