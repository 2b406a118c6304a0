import { prepare, queryValues, run, type StoreDb, sql } from '@dossier/store';
import { type Affiliation, type Alias, actor, type Identifier, place } from '../tables.js';

/** What records of several folders say of one actor or place. */
interface Lists {
  aliases: Alias[];
  identifiers: Identifier[];
  affiliations: Affiliation[];
  note: string | null;
}

/** What a folder adds to an actor or a place. */
interface Addition extends Lists {
  of: string;
}

const ADDITIONS = sql`create temp table if not exists addition (party text, position integer, lists text, primary key (party, position)) without rowid`;

/** Keeps the additions of a folder until all folders are read. */
export function recordAdditions(db: StoreDb, additions: readonly Addition[]): void {
  run(db, ADDITIONS);
  for (const { of, aliases, identifiers, affiliations, note } of additions) {
    const lists: Lists = { aliases, identifiers, affiliations, note };
    if (note === null && [aliases, identifiers, affiliations].every(({ length }) => length === 0)) continue;
    run(
      db,
      sql`insert into temp.addition select ${of}, coalesce(max(position), 0) + 1, ${JSON.stringify(lists)} from temp.addition where party = ${of}`,
    );
  }
}

/** Unites each actor and place with its additions, and indexes their names. */
export function applyAdditions(db: StoreDb): void {
  run(db, ADDITIONS);
  for (let party = nextAfter(db, ''); party !== null; party = nextAfter(db, party)) applyTo(db, party);
  run(db, sql`drop table temp.addition`);
}

const nextAfter = (db: StoreDb, last: string): string | null =>
  (queryValues(db, sql`select min(party) from temp.addition where party > ${last}`)[0]?.[0] as string | null) ?? null;

function applyTo(db: StoreDb, party: string): void {
  const [table, search] = party.startsWith('place:') ? [place, 'place_search'] : [actor, 'actor_search'];
  const [row] = queryValues(
    db,
    sql`select rowid, name, aliases, identifiers, affiliations, note from ${table} where id = ${party}`,
  );
  if (!row) throw new Error(`${party} has additions, but no record.`);
  const [rowid, name, aliases, identifiers, affiliations, note] = row as [number, string, ...string[]];
  const record = { ...listsOf({ aliases, identifiers, affiliations }), note: note ?? null };
  const additions = queryValues(db, sql`select lists from temp.addition where party = ${party} order by position`).map(
    ([lists]) => JSON.parse(lists as string) as Lists,
  );
  const united = unite(record, additions);
  run(
    db,
    sql`update ${table} set aliases = ${JSON.stringify(united.aliases)}, identifiers = ${JSON.stringify(united.identifiers)}, affiliations = ${JSON.stringify(united.affiliations)}, note = ${united.note} where id = ${party}`,
  );
  prepare(db, `update ${search} set names = ? where rowid = ?`).run(searchText(name, united.aliases), rowid);
}

const listsOf = (columns: Record<string, string | undefined>): Omit<Lists, 'note'> =>
  Object.fromEntries(
    Object.entries(columns).map(([column, json]) => [column, JSON.parse(json ?? '[]')]),
  ) as unknown as Omit<Lists, 'note'>;

/**
 * The lists of a record and of its additions. First those of the documents, in the order of their folders, then those of the
 * record. Equal entries become one, and one that a document states takes the place of one from elsewhere.
 */
export function unite(record: Lists, additions: readonly Lists[]): Lists {
  const all = [...additions, record];
  const notes = [record, ...additions].flatMap(({ note }) => note ?? []);
  return {
    aliases: distinct(
      all.flatMap(({ aliases }) => aliases),
      ({ text, lang }) => JSON.stringify([text, lang]),
    ),
    identifiers: distinct(
      all.flatMap(({ identifiers }) => identifiers),
      ({ scheme, value }) => JSON.stringify([scheme, value]),
    ),
    affiliations: distinct(
      all.flatMap(({ affiliations }) => affiliations),
      ({ to }) => to,
    ),
    note: notes.length === 0 ? null : [...new Set(notes)].join(' '),
  };
}

function distinct<Item extends object>(items: readonly Item[], keyOf: (item: Item) => string): Item[] {
  const byKey = new Map<string, Item>();
  for (const item of items) {
    const key = keyOf(item);
    const known = byKey.get(key);
    if (!known || (!isStated(known) && isStated(item))) byKey.set(key, item);
  }
  return [...byKey.values()];
}

const isStated = (item: object): boolean => 'basis' in item && item.basis === 'DOCUMENT';

/** The text of the full-text index: a name or alias per line. */
export const searchText = (name: string, aliases: readonly { text: string }[]): string =>
  [name, ...aliases.map(({ text }) => text)].join('\n');
