import { idColumn } from './idInKey.js';

/** The database that a store is read from. */
export type Dialect = 'sqlite' | 'postgres';

/** An SQL text of one dialect, and how the values of the neutral text are bound to it. */
export interface Translation {
  text: string;
  /** Positions of the values that are lists of text. */
  lists: readonly number[];
}

/** A dialect, or PostgreSQL with tables that are distributed over several nodes. */
type Target = Dialect | 'distributed';

/** One form of SQL that differs by target. Its arguments are the groups of the pattern. */
interface Rule {
  pattern: RegExp;
  sqlite: string;
  postgres: string;
  /** As in PostgreSQL by default. */
  distributed?: string;
}

/** `?` is the parameter of a list; PostgreSQL's `$n` is numbered afterwards. */
const RULES: readonly Rule[] = [
  // Of a list of ids, a distributed database asks only the nodes that have them.
  {
    pattern: /each_of\(\?\) as wanted cross join (@("\w+")) on (\2\."\w+") = wanted\.value/g,
    sqlite: '$&',
    postgres: '$&',
    distributed: '$1 where $3 = any_of(?)',
  },
  { pattern: /= any_of\(\?\)/g, sqlite: 'in (select value from json_each(?))', postgres: '= any(?::text[])' },
  {
    pattern: /each_of\(\?\) as (\w+)/g,
    sqlite: 'json_each(?) as $1',
    postgres: 'unnest(?::text[]) with ordinality as $1(value, key)',
  },
  {
    pattern: /pairs_of\((\w+), (\w+)\)/g,
    sqlite: 'json_group_array(json_array($1, $2) order by $1)',
    postgres: "coalesce(json_agg(json_build_array($1, $2) order by $1)::text, '[]')",
  },
  // Before `id_in`, which may be its first argument. It follows from the other conditions, but a distributed database does not infer it.
  {
    pattern: / and on_same_node\((id_in\([^)]*\)|[\w".]+), ([\w".]+)\)/g,
    sqlite: '',
    postgres: '',
    distributed: ' and $1 = $2',
  },
  // PostgreSQL would join all rows of a subquery with each row to test, if it cannot tell how many there are.
  { pattern: / per_row\)/g, sqlite: ')', postgres: ' offset 0)', distributed: ')' },
  {
    pattern: /id_in\(("\w+")\.("\w+"), '(\w+)'\)/g,
    sqlite: "substr($1.$2, instr($1.$2, ' $3:') + 1)",
    postgres: "substr($1.$2, strpos($1.$2, ' $3:') + 1)",
    distributed: `$1."${idColumn('$3')}"`,
  },
  // SQLite joins in the order of the text; PostgreSQL has no condition on a cross join, and chooses the order itself.
  { pattern: /cross join/g, sqlite: 'cross join', postgres: 'join' },
];

/** A parameter, and whether it is a list. */
const PARAMETER = /(any_of|each_of)?\(\?\)|\?/g;

/** A table, which `sql` writes as `@"name"`. */
const TABLE = /@("\w+")/g;

/**
 * Translates neutral SQL, as `sql` creates it, to SQLite's. Done once for each distinct text, where it is prepared. Neutral are,
 * beside what both dialects have: `@"table"`, `= any_of(?)`, `each_of(?) as alias` with the columns `value` and `key`,
 * `pairs_of(key, value)`, `id_in(key, 'type')`, which is the id at the end of a key (see `IdInKey`), `and on_same_node(id, other)`, of ids
 * that are equal because of other conditions, ` per_row)` at the end of a subquery that is run for each row, and `cross join … on`.
 */
export function toSqlite(text: string): Translation {
  return { text: rewrite(text, 'sqlite').replaceAll(TABLE, '$1'), lists: listsOf(text) };
}

/** Translates neutral SQL to PostgreSQL's, with tables in a schema, whose name is a quoted identifier. */
export function toPostgres(
  text: string,
  schema: string,
  { isDistributed = false }: { isDistributed?: boolean } = {},
): Translation {
  let parameters = 0;
  const rewritten = rewrite(text, isDistributed ? 'distributed' : 'postgres')
    .replaceAll(TABLE, (_, table: string) => `${schema}.${table}`)
    .replaceAll('?', () => `$${++parameters}`);
  return { text: rewritten, lists: listsOf(text) };
}

const rewrite = (text: string, target: Target): string =>
  RULES.reduce((rewritten, rule) => rewritten.replaceAll(rule.pattern, rule[target] ?? rule.postgres), text);

const listsOf = (text: string): number[] =>
  [...text.matchAll(PARAMETER)].flatMap(([, list], position) => (list === undefined ? [] : [position]));
