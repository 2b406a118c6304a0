import type { BackgroundFact } from '@dossier/domain';
import type { Seeds } from '@dossier/seed-format';
import { queryValues, run, type StoreDb, sql } from '@dossier/store';
import { instrument, provision, regime } from '../tables.js';

/** What a document says of a record of the register. */
interface Citing {
  citations: string[];
  note: string | null;
  background: BackgroundFact[];
}

const CITINGS = sql`create temp table if not exists citing (record text, position integer, said text, primary key (record, position)) without rowid`;

/** Writes what a folder says about records of the register to a temporary table, until all folders have been read. */
export function recordCitations(db: StoreDb, records: Seeds['citations']): void {
  run(db, CITINGS);
  for (const {
    regime: regimeId,
    instrument: instrumentId,
    provision: provisionId,
    passages,
    note,
    background,
  } of records) {
    const id = regimeId ?? instrumentId ?? provisionId;
    const said: Citing = { citations: passages.map(({ citation }) => citation), note, background };
    run(
      db,
      sql`insert into temp.citing select ${id}, coalesce(max(position), 0) + 1, ${JSON.stringify(said)} from temp.citing where record = ${id}`,
    );
  }
}

/** Adds the passages to the records. They take the place of references outside the documents. */
export function applyCitations(db: StoreDb): void {
  run(db, CITINGS);
  for (let id = nextAfter(db, ''); id !== null; id = nextAfter(db, id)) applyTo(db, id);
  run(db, sql`drop table temp.citing`);
}

const nextAfter = (db: StoreDb, last: string): string | null =>
  (queryValues(db, sql`select min(record) from temp.citing where record > ${last}`)[0]?.[0] as string | null) ?? null;

function applyTo(db: StoreDb, id: string): void {
  const table = id.startsWith('regime:') ? regime : id.startsWith('instrument:') ? instrument : provision;
  const said = queryValues(db, sql`select said from temp.citing where record = ${id} order by position`).map(
    ([json]) => JSON.parse(json as string) as Citing,
  );
  const citations = JSON.stringify(said.flatMap((each) => each.citations));
  run(db, sql`update ${table} set citations = ${citations} where id = ${id}`);
  run(
    db,
    sql`update ${table} set basis = 'DOCUMENT', source_references = '[]' where id = ${id} and basis = 'BACKGROUND'`,
  );
  const note = said.flatMap((each) => each.note ?? []).join(' ');
  if (note !== '' && table !== provision)
    run(db, sql`update ${table} set note = coalesce(note || ' ', '') || ${note} where id = ${id}`);
  const background = said.flatMap((each) => each.background);
  if (background.length === 0) return;
  const [row] = queryValues(db, sql`select background from ${regime} where id = ${id}`);
  const own = JSON.parse(row?.[0] as string) as BackgroundFact[];
  run(db, sql`update ${regime} set background = ${JSON.stringify([...own, ...background])} where id = ${id}`);
}
