import { type Dialect, raw, type Sql, sql, type TextIndex } from '@dossier/store';
import { rowColumn } from './conditions.js';

/** What a row must match. */
export interface TextMatch {
  /** Words, each separated from the next by a space if they must be adjacent. At least one. */
  phrases: readonly string[];
  /** Whether the last phrase may end with the beginning of a word. */
  isPrefix: boolean;
  /** Whether one of the phrases suffices; all are required by default. */
  isAny?: boolean;
  /** Whether rows are left out that match all phrases as whole words. */
  isOnlyPrefix?: boolean;
}

/** The match of the same phrases as whole words. */
export const wholeWords = ({ phrases }: TextMatch): TextMatch => ({ phrases, isPrefix: false });

/** The SQL of one index in one dialect. */
export interface TextIndexSql {
  /** The table of the index. */
  table: Sql;
  /** The column that identifies a row in the index. */
  hit: Sql;
  /** The column of the listed row, `found`, that equals `hit`. */
  foundHit: Sql;
  /** The column of the index that has the order of `key`. */
  order: Sql;
  /** A condition that a row of the index matches, in any column or in one. */
  matches: (match: TextMatch, column?: 'summary' | 'passage') => Sql;
  /** A condition that the index has a row for `found` that matches. */
  hasMatch: (match: TextMatch, column?: 'summary' | 'passage') => Sql;
}

/** The SQL of an index in a dialect. */
export const textIndexSql = (index: TextIndex, dialect: Dialect): TextIndexSql =>
  dialect === 'sqlite' ? sqliteIndex(index) : postgresIndex(index);

function sqliteIndex({ name }: TextIndex): TextIndexSql {
  const table = raw(name);
  const hit = raw(`${name}.rowid`);
  const foundHit = raw('found.rowid');
  const matches: TextIndexSql['matches'] = (match, column) =>
    sql`${table} match ${column ? `{${column}} : (${fts5Query(match)})` : fts5Query(match)}`;
  return {
    table,
    hit,
    foundHit,
    order: hit,
    matches,
    hasMatch: (match, column) =>
      sql`exists (select 1 from ${table} where ${matches(match, column)} and ${hit} = ${foundHit})`,
  };
}

/** A query of FTS5. Each term is quoted. https://www.sqlite.org/fts5.html#full_text_query_syntax */
export function fts5Query({ phrases, isPrefix, isAny = false, isOnlyPrefix = false }: TextMatch): string {
  const query = `${phrases.map((phrase) => `"${phrase}"`).join(isAny ? ' OR ' : ' ')}${isPrefix ? '*' : ''}`;
  return isOnlyPrefix ? `(${query}) NOT (${fts5Query({ phrases, isPrefix: false })})` : query;
}

function postgresIndex({ name, id }: TextIndex): TextIndexSql {
  const table = raw(`@"${name}"`);
  const hit = raw(`"${name}".id`);
  const foundHit = rowColumn(id);
  const matches: TextIndexSql['matches'] = (match, column) => {
    const words = raw(column ? `"${name}".${column}` : `("${name}".summary || "${name}".passage)`);
    const { phrases, isAny = false, isOnlyPrefix = false } = match;
    const found = sql`"${raw(name)}".words @@ ${tsquery(match)}::tsquery`;
    if (isAny) return sql`(${found} and ${words} like any (${patterns(match)}::text[]))`;
    // The words of the index have no positions and no columns: they find the rows, which are compared with the phrases.
    const isExact = column === undefined && phrases.every((phrase) => !phrase.includes(' '));
    const all = isExact ? found : sql`${found} and ${words} like all (${patterns(match)}::text[])`;
    return isOnlyPrefix
      ? sql`(${all} and not ${words} like all (${patterns(wholeWords(match))}::text[]))`
      : sql`(${all})`;
  };
  return {
    table,
    hit,
    foundHit,
    order: raw(`"${name}".key`),
    matches,
    // Not `exists`, which the planner may turn into a join that reads all matches before the first row.
    hasMatch: (match, column) =>
      sql`(select 1 from ${table} where ${hit} = ${foundHit} and ${matches(match, column)} limit 1) = 1`,
  };
}

/** A query for words in any position. https://www.postgresql.org/docs/15/datatype-textsearch.html#DATATYPE-TSQUERY */
function tsquery({ phrases, isPrefix, isAny = false }: TextMatch): string {
  const terms = phrases.map((phrase) =>
    phrase
      .split(' ')
      .map((word) => `'${word}'`)
      .join(' & '),
  );
  const query = terms.join(isAny ? ' | ' : ' & ');
  return isPrefix ? `${query}:*` : query;
}

/** Patterns of LIKE for phrases in words that are separated and surrounded by spaces. Words have no special characters. */
export const patterns = ({ phrases, isPrefix }: TextMatch): string[] =>
  phrases.map((phrase, index) => `% ${phrase}${isPrefix && index === phrases.length - 1 ? '' : ' '}%`);
