import { dateSpan, spanLength, timeKey } from '@dossier/domain';
import type { SeedPart, Seeds } from '@dossier/seed-format';
import { insertIfAbsent, insertRow, queryValues, run, type StoreDb, sql } from '@dossier/store';
import type { SharedSeeding } from '@dossier/subgraph-server';
import { getTableName } from 'drizzle-orm';
import { applyAdditions, recordAdditions, searchText } from './seed/additions.js';
import { registerUrl } from './seed/registers.js';
import {
  actor,
  actorAffiliation,
  actorIdentifier,
  event,
  eventParticipant,
  kinship,
  mergedId,
  office,
  place,
  placeWithin,
  recognition,
} from './tables.js';

type Part = Pick<SeedPart, 'seeds' | 'find'>;

/** Writes the seeds of one folder as rows, within the transaction that builds the store. */
function seed(db: StoreDb, { seeds, find }: Part): void {
  recordFirstMentions(db, seeds);
  recordRegister(db, seeds);
  for (const { id, sameAs } of seeds.merges) insertRow(db, mergedId, { id, sameAs });
  seedActors(db, seeds);
  seedPlaces(db, seeds, find);
  seedAdditions(db, seeds);
  seedOffices(db, seeds);
  seedEvents(db, seeds);
}

/**
 * Writes what depends on all folders: for each actor and place, what folders add to it, the first passage of each document that
 * names it, and whether it rests on documents.
 */
function finish(db: StoreDb): void {
  applyAdditions(db);
  run(db, FIRST_MENTIONS);
  run(db, REGISTERED);
  for (const table of [actor, place]) {
    run(
      db,
      sql`update ${table} set citations = (select json_group_array(citation order by document) from first_mention where party = ${table.id})`,
    );
    // A document that mentions a record of the register takes the place of its references.
    run(
      db,
      sql`update ${table} set basis = 'DOCUMENT', source_references = '[]' where id in (select party from temp.registered) and id in (select party from temp.first_mention)`,
    );
  }
  run(db, sql`drop table temp.first_mention`);
  run(db, sql`drop table temp.registered`);
}

/** All rows: documents add to actors and places of the register, and of each other. */
export const shared: SharedSeeding = {
  sections: ['actors', 'places', 'additions', 'merges', 'offices', 'kinship', 'events'],
  tables: [
    ...[actor, actorAffiliation, actorIdentifier, place, placeWithin, office, kinship, event, eventParticipant].map(
      getTableName,
    ),
    ...[recognition, mergedId].map(getTableName),
    'actor_search',
    'place_search',
  ],
  seed,
  finish,
};

type Named = Seeds['actors'][number] | Seeds['places'][number];

const REGISTERED = sql`create temp table if not exists registered (party text primary key) without rowid`;

/** Records the actors and places of the register whose references stand in for documents. */
function recordRegister(db: StoreDb, seeds: Seeds): void {
  run(db, REGISTERED);
  for (const { id, origin, basis } of [...seeds.actors, ...seeds.places])
    if (origin.document === null && basis === 'BACKGROUND') run(db, sql`insert into registered values (${id})`);
}

const FIRST_MENTIONS = sql`create temp table if not exists first_mention (party text, document text, start integer, citation text, primary key (party, document)) without rowid`;

function recordFirstMentions(db: StoreDb, seeds: Seeds): void {
  run(db, FIRST_MENTIONS);
  const record = (
    party: string,
    document: string | null,
    { citation, at }: { citation: string; at: [number, number] },
  ) => {
    if (document === null) return;
    run(
      db,
      sql`insert into first_mention values (${party}, ${document}, ${at[0]}, ${citation}) on conflict do update set start = excluded.start, citation = excluded.citation where excluded.start < start`,
    );
  };
  for (const { id, origin, mentions } of [...seeds.actors, ...seeds.places])
    for (const mention of mentions) record(id, origin.document, mention);
  for (const { of, origin, mentions } of seeds.additions)
    for (const mention of mentions) record(of, origin.document, mention);
}

const namedColumns = (record: Named) => ({
  id: record.id,
  name: record.name,
  description: record.description,
  note: record.note,
  aliases: record.aliases,
  identifiers: record.identifiers.map(withUrl),
  affiliations: record.affiliations,
  basis: record.basis,
  // Written by `finish`.
  citations: [],
  references: record.references,
});

const withUrl = ({ scheme, value }: { scheme: string; value: string }) => ({
  scheme,
  value,
  url: registerUrl({ scheme, value }),
});

function seedActors(db: StoreDb, seeds: Seeds): void {
  for (const record of seeds.actors) {
    const row = insertRow(db, actor, {
      ...namedColumns(record),
      kind: record.kind,
      status: 'status' in record ? record.status : null,
      type: 'type' in record ? record.type : null,
    });
    run(
      db,
      sql`insert into actor_search (rowid, actor_id, names) values (${row}, ${record.id}, ${searchText(record.name, record.aliases)})`,
    );
  }
  for (const record of seeds.actors) seedLinksOf(db, record.id, record);
}

/** Writes the tables that find an actor by an affiliation or an identifier. */
function seedLinksOf(
  db: StoreDb,
  actorId: string,
  { affiliations, identifiers }: Pick<Named, 'affiliations' | 'identifiers'>,
): void {
  for (const { to } of affiliations) insertIfAbsent(db, actorAffiliation, { toId: to, actorId });
  for (const { scheme, value } of identifiers) insertIfAbsent(db, actorIdentifier, { scheme, value, actorId });
}

function seedAdditions(db: StoreDb, seeds: Seeds): void {
  recordAdditions(
    db,
    seeds.additions.map((addition) => ({ ...addition, identifiers: addition.identifiers.map(withUrl) })),
  );
  for (const addition of seeds.additions) if (!addition.of.startsWith('place:')) seedLinksOf(db, addition.of, addition);
}

function seedPlaces(db: StoreDb, seeds: Seeds, find: Part['find']): void {
  const enclosingPlace = (id: string) => find('places', id)?.within;
  for (const record of seeds.places) {
    const row = insertRow(db, place, { ...namedColumns(record), withinId: record.within });
    run(
      db,
      sql`insert into place_search (rowid, place_id, names) values (${row}, ${record.id}, ${searchText(record.name, record.aliases)})`,
    );
  }
  for (const { id } of seeds.places) {
    for (let outer = enclosingPlace(id); outer; outer = enclosingPlace(outer))
      insertRow(db, placeWithin, { aroundId: outer, placeId: id });
  }
}

const citationsOf = (passages: { citation: string }[]): string[] => passages.map(({ citation }) => citation);

function seedOffices(db: StoreDb, seeds: Seeds): void {
  for (const record of seeds.offices) {
    const { id, title, note, basis, references } = record;
    insertRow(db, office, {
      id,
      title,
      note,
      basis,
      references,
      holderId: record.holder,
      organizationId: record.organization,
      hostId: record.host,
      asOf: record.asOf && dateSpan(record.asOf),
      citations: record.passages.map((passage) => passage.citation),
    });
  }
  for (const { id: recordId, person, relative, relation, inverse, basis, references, passages } of seeds.kinship) {
    const sources = { recordId, basis, references, citations: citationsOf(passages) };
    insertRow(db, kinship, { subjectId: person, personId: relative, relation, ...sources });
    insertRow(db, kinship, { subjectId: relative, personId: person, relation: inverse, ...sources });
  }
}

function seedEvents(db: StoreDb, seeds: Seeds): void {
  for (const record of seeds.events) {
    const { id, label, kind, status, participants, note, background, basis, references } = record;
    const date = dateSpan(record.date);
    insertRow(db, event, {
      id,
      label,
      kind,
      status,
      participants,
      note,
      background,
      basis,
      references,
      date,
      earliest: date.earliest,
      latest: date.latest,
      spanLength: spanLength(date),
      timeKey: timeKey(date, id),
      placeId: record.place,
      citations: record.passages.map((passage) => passage.citation),
    });
    for (const { actor: actorId } of participants)
      insertIfAbsent(db, eventParticipant, { actorId, eventId: id, timeKey: timeKey(date, id) });
    if (kind !== 'RECOGNITION') continue;
    for (const { actor: polityId } of participants.filter(({ role }) => role === 'recognised')) {
      for (const { actor: byId } of participants.filter(({ role }) => role === 'recogniser')) {
        const [row] = queryValues(
          db,
          sql`select count(*) from ${recognition} where ${recognition.polityId} = ${polityId}`,
        );
        insertRow(db, recognition, { polityId, position: Number(row?.[0]), byId, eventId: id });
      }
    }
  }
}
