import { getTableName, is } from 'drizzle-orm';
import { type AnySQLiteColumn, SQLiteColumn, SQLiteTable } from 'drizzle-orm/sqlite-core';

/**
 * A fragment of SQL and the values of its `?` parameters, in order. Created by `sql`; cheap enough to create per request. Its text is
 * neutral: see `toSqlite`.
 */
export class Sql {
  readonly text: string;
  readonly values: readonly unknown[];

  constructor(text: string, values: readonly unknown[] = []) {
    this.text = text;
    this.values = values;
  }
}

/** A fragment of SQL. Columns and tables are inserted by name, other fragments as they are, and everything else as a bound parameter. */
export function sql(strings: TemplateStringsArray, ...parts: unknown[]): Sql {
  const values: unknown[] = [];
  let text = strings[0] as string;
  parts.forEach((part, index) => {
    text +=
      (part instanceof Sql ? addFragment(part, values) : (nameOf(part) ?? addValue(part, values))) + strings[index + 1];
  });
  return new Sql(text, values);
}

/** A fragment of literal SQL. Must never contain input from outside. */
export const raw = (text: string): Sql => new Sql(text);

/** Joins fragments with a separator. */
export function join(fragments: readonly Sql[], separator: string): Sql {
  return new Sql(
    fragments.map(({ text }) => text).join(separator),
    fragments.flatMap(({ values }) => values),
  );
}

function addFragment(fragment: Sql, values: unknown[]): string {
  values.push(...fragment.values);
  return fragment.text;
}

function addValue(value: unknown, values: unknown[]): string {
  values.push(value);
  return '?';
}

const names = new WeakMap<object, string>();

/** The quoted name of a column or table; null for anything else. */
function nameOf(part: unknown): string | null {
  if (typeof part !== 'object' || part === null) return null;
  let name = names.get(part);
  if (name === undefined) {
    if (is(part, SQLiteColumn)) name = `"${getTableName((part as AnySQLiteColumn).table)}"."${part.name}"`;
    else if (is(part, SQLiteTable)) name = `@"${getTableName(part)}"`;
    else return null;
    names.set(part, name);
  }
  return name;
}
