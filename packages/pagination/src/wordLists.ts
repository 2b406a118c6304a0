import {
  join,
  type MaybePromise,
  mapMaybePromise,
  queryValues,
  type ReadDb,
  raw,
  sql,
  type TextIndex,
  wordListsOf,
} from '@dossier/store';
import type { IndexScan } from './conditions.js';
import { type TextMatch, textIndexSql } from './textMatch.js';

/** A list of the rows with a word in PostgreSQL; see `wordListsOf`. */
export interface WordList {
  term: string;
  /** Number of rows; 0 if there is no such list. */
  matches: number;
}

/** The shortest list that has all rows that match. */
export interface ShortestList extends WordList {
  /** Whether all of its rows match. */
  isExact: boolean;
  /** Number of rows of the index. */
  rowCount: number;
}

/** The terms of the lists that have all rows that match: those of whole words end in a space. */
const termsOf = ({ phrases, isPrefix }: TextMatch): string[] => {
  const words = phrases.flatMap((phrase) => phrase.split(' '));
  return words.map((word, index) => (isPrefix && index === words.length - 1 ? word : `${word} `));
};

/** The shortest list for a match, which must require all of its phrases. Reads only the beginnings of lists. */
export function shortestList(db: ReadDb, { name }: TextIndex, match: TextMatch): MaybePromise<ShortestList> {
  const terms = termsOf(match);
  const lists = raw(`@"${wordListsOf(name)}"`);
  const found = queryValues(
    db,
    sql`select list.term, list.matches from each_of(${['', ...terms]}) as wanted left join lateral (select term, matches from ${lists} where term >= wanted.value order by term, last limit 1) as list on true order by wanted.key`,
  );
  return mapMaybePromise(found, ([all, ...rows]) => {
    const candidates = (rows as [string | null, number][]).map(
      ([term, matches], index): WordList =>
        term?.startsWith(terms[index] as string) ? { term, matches } : { term: '', matches: 0 },
    );
    const shortest = candidates.reduce((one, other) => (other.matches < one.matches ? other : one));
    const rowCount = all?.[1] as number;
    return { ...shortest, isExact: terms.length === 1, rowCount };
  });
}

/** Scans the rows of a list in their order, which is that of the key. */
export function listScan(index: TextIndex, { term }: WordList): IndexScan {
  const parts = raw(`@"${wordListsOf(index.name)}"`);
  const { table, hit, order } = textIndexSql(index, 'postgres');
  /** The last row up to a key, or the first one from it on. */
  const rowUntil = (key: string) =>
    sql`coalesce((select row from ${table} where key <= ${key} order by key desc limit 1), -1)`;
  const rowFrom = (key: string) => sql`(select row from ${table} where key >= ${key} order by key limit 1)`;
  return {
    includesRow: false,
    id: hit,
    key: order,
    inRange: ({ after, before, direction }) => {
      const bounds = [
        ...(after === null ? [] : [sql` and list.last > ${rowUntil(after)} and each.row > ${rowUntil(after)}`]),
        // The part that has the bound, if there is one, is the last one to read.
        ...(before === null
          ? []
          : [
              sql` and list.last <= (select last from ${parts} where term = ${term} and last >= ${rowFrom(before)} order by last limit 1) and each.row < ${rowFrom(before)}`,
            ]),
      ];
      const by = raw(direction);
      const rows = sql`select list.last, each.row from ${parts} as list, unnest(list.rows) as each(row) where list.term = ${term}${join(bounds, '')} order by list.last ${by}, each.row ${by}`;
      return {
        // Sorted part by part, before the rows are read.
        from: sql`(${rows}) as hits cross join ${table} on ${raw(`"${index.name}".row`)} = hits.row`,
        where: [],
        orderBy: sql`hits.last ${by}, hits.row ${by}`,
      };
    },
  };
}
