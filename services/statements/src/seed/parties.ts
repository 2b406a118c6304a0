import { queryValues, run, type StoreDb, sql } from '@dossier/store';
import { type Attribution, statement, statementPartySaid, statementPartyText } from '../tables.js';

/** What a row of a statement says of its actors. */
interface Parties {
  attribution: Attribution;
  addressees: string[];
  subjects: string[];
}

const STAGED = sql`create temp table if not exists staged_party (actor_id text, role text, text_key text, said_key text)`;

/** Keeps the actors of a statement until all statements are read. */
export function stageParties(
  db: StoreDb,
  parties: Parties,
  { textKey, saidKey }: { textKey: string; saidKey: string },
) {
  run(db, STAGED);
  for (const { role, actorId } of partiesOf(parties))
    run(db, sql`insert into temp.staged_party values (${actorId}, ${role}, ${textKey}, ${saidKey})`);
}

/** Inserts the actors of all statements that were read, in the order of each table: in another one, it would take much longer. */
export function insertParties(db: StoreDb): void {
  run(db, STAGED);
  run(
    db,
    sql`insert into ${statementPartyText} select actor_id, role, text_key from temp.staged_party order by actor_id, role, text_key`,
  );
  run(
    db,
    sql`insert into ${statementPartySaid} select actor_id, role, said_key from temp.staged_party order by actor_id, role, said_key`,
  );
  run(db, sql`drop table temp.staged_party`);
}

/** Deletes the actors of the statements with row ids in a range. */
export function removeParties(db: StoreDb, first: number, last: number): void {
  const rows = queryValues(
    db,
    sql`select text_key, said_key, attribution, addressees, subjects from ${statement} where rowid between ${first} and ${last}`,
  ) as string[][];
  for (const [textKey, saidKey, ...columns] of rows) {
    const [attribution, addressees, subjects] = columns.map((json) => JSON.parse(json)) as [
      Attribution,
      string[],
      string[],
    ];
    for (const { role, actorId } of partiesOf({ attribution, addressees, subjects })) {
      run(
        db,
        sql`delete from ${statementPartyText} where actor_id = ${actorId} and role = ${role} and text_key = ${textKey}`,
      );
      run(
        db,
        sql`delete from ${statementPartySaid} where actor_id = ${actorId} and role = ${role} and said_key = ${saidKey}`,
      );
    }
  }
}

function partiesOf({ attribution, addressees, subjects }: Parties): { role: string; actorId: string }[] {
  const { speakers, candidates, imputedTo, imputedBy, relayChain } = attribution;
  const parties: [string, (string | null)[]][] = [
    ['SPEAKER', speakers],
    ['CANDIDATE', candidates],
    ['CARRIER', relayChain.map((hop) => hop.carrier)],
    ['ADDRESSEE', addressees],
    ['SUBJECT', subjects],
    ['IMPUTED_TO', [imputedTo]],
    ['IMPUTED_BY', [imputedBy]],
  ];
  return parties.flatMap(([role, actors]) =>
    actors.filter((actorId) => actorId !== null).map((actorId) => ({ role, actorId })),
  );
}
