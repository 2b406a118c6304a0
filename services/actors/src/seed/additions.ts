import { indexedText } from '@dossier/pagination';
import { prepare, queryValues, run, type StoreDb, sql } from '@dossier/store';
import { type Affiliation, type Alias, actor, type Identifier, place } from '../tables.js';

/** What records of several folders say of one actor or place. */
interface Said {
  description: string | null;
  aliases: Alias[];
  identifiers: Identifier[];
  affiliations: Affiliation[];
  note: string | null;
}

/** What a folder adds to an actor or a place. */
interface Addition extends Said {
  of: string;
}

const ADDITIONS = sql`create temp table if not exists addition (party text, position integer, said text, primary key (party, position)) without rowid`;

/** Writes the additions of a folder to a temporary table, until all folders have been read. */
export function recordAdditions(db: StoreDb, additions: readonly Addition[]): void {
  run(db, ADDITIONS);
  for (const { of, description, aliases, identifiers, affiliations, note } of additions) {
    const said: Said = { description, aliases, identifiers, affiliations, note };
    if (
      description === null &&
      note === null &&
      [aliases, identifiers, affiliations].every(({ length }) => length === 0)
    )
      continue;
    run(
      db,
      sql`insert into temp.addition select ${of}, coalesce(max(position), 0) + 1, ${JSON.stringify(said)} from temp.addition where party = ${of}`,
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
    sql`select rowid, name, description, note, aliases, identifiers, affiliations from ${table} where id = ${party}`,
  );
  if (!row) throw new Error(`${party} has additions, but no record.`);
  const [rowid, name, description, note, ...lists] = row as [number, string, string | null, string | null, ...string[]];
  const [aliases, identifiers, affiliations] = lists.map((json) => JSON.parse(json)) as [
    Alias[],
    Identifier[],
    Affiliation[],
  ];
  const additions = queryValues(db, sql`select said from temp.addition where party = ${party} order by position`).map(
    ([said]) => JSON.parse(said as string) as Said,
  );
  const united = unite({ description, note, aliases, identifiers, affiliations }, additions);
  run(
    db,
    sql`update ${table} set description = ${united.description}, aliases = ${JSON.stringify(united.aliases)}, identifiers = ${JSON.stringify(united.identifiers)}, affiliations = ${JSON.stringify(united.affiliations)}, note = ${united.note} where id = ${party}`,
  );
  prepare(db, `update ${search} set names = ? where rowid = ?`).run(searchText(name, united.aliases), rowid);
}

/**
 * A record with its additions. In lists come first those of the documents, in the order of their folders, then those of the
 * record. Equal entries become one, and one that a document states takes the place of one from elsewhere.
 */
export function unite(record: Said, additions: readonly Said[]): Said {
  const all = [...additions, record];
  const notes = [record, ...additions].flatMap(({ note }) => note ?? []);
  return {
    description: [record, ...additions].find(({ description }) => description !== null)?.description ?? null,
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

/** The text of the full-text index: the words of a name and its aliases. */
export const searchText = (name: string, aliases: readonly { text: string }[]): string =>
  indexedText([name, ...aliases.map(({ text }) => text)].join('\n'));
