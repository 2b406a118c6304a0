import { dateSpan, timeKey } from '@dossier/domain';
import type { SeedPart, Seeds } from '@dossier/seed-format';
import { insertIfAbsent, insertRow, queryValues, run, type StoreDb, sql } from '@dossier/store';
import { registerUrl } from './seed/registers.js';
import {
  actor,
  actorAffiliation,
  actorIdentifier,
  event,
  eventParticipant,
  kinship,
  office,
  place,
  placeWithin,
  recognition,
} from './tables.js';

/** Writes the seeds of one folder as rows, within the transaction that builds the store. */
export function seed(db: StoreDb, { seeds, find }: SeedPart): void {
  recordFirstMentions(db, seeds);
  seedActors(db, seeds);
  seedPlaces(db, seeds, find);
  seedOffices(db, seeds);
  seedEvents(db, seeds);
}

/** Writes what depends on all folders: for each actor and place, the first passage of each document that names it. */
export function finishSeed(db: StoreDb): void {
  run(db, FIRST_MENTIONS);
  for (const table of [actor, place]) {
    run(
      db,
      sql`update ${table} set citations = (select json_group_array(citation order by document) from first_mention where party = ${table.id})`,
    );
  }
  run(db, sql`drop table temp.first_mention`);
}

type Named = Seeds['actors'][number] | Seeds['places'][number];

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
  for (const mention of seeds.mentions) record(mention.of, mention.origin.document, mention);
}

const namedColumns = (record: Named) => ({
  id: record.id,
  name: record.name,
  description: record.description,
  note: record.note,
  aliases: record.aliases,
  identifiers: record.identifiers.map(({ scheme, value }) => ({ scheme, value, url: registerUrl({ scheme, value }) })),
  affiliations: record.affiliations,
  basis: record.basis,
  // Written by finishSeed.
  citations: [],
  references: record.references,
});

/** The text of the full-text index: a name or alias per line. */
const searchText = (record: Named): string => [record.name, ...record.aliases.map((alias) => alias.text)].join('\n');

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
      sql`insert into actor_search (rowid, actor_id, names) values (${row}, ${record.id}, ${searchText(record)})`,
    );
  }
  for (const record of seeds.actors) {
    for (const { to } of record.affiliations) insertIfAbsent(db, actorAffiliation, { toId: to, actorId: record.id });
    for (const { scheme, value } of record.identifiers)
      insertRow(db, actorIdentifier, { scheme, value, actorId: record.id });
  }
}

function seedPlaces(db: StoreDb, seeds: Seeds, find: SeedPart['find']): void {
  const enclosingPlace = (id: string) => find('places', id)?.within;
  for (const record of seeds.places) {
    const row = insertRow(db, place, { ...namedColumns(record), withinId: record.within });
    run(
      db,
      sql`insert into place_search (rowid, place_id, names) values (${row}, ${record.id}, ${searchText(record)})`,
    );
  }
  for (const { id } of seeds.places) {
    for (let outer = enclosingPlace(id); outer; outer = enclosingPlace(outer))
      insertRow(db, placeWithin, { aroundId: outer, placeId: id });
  }
}

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
  for (const { person, relative, relation, inverse, basis, references, passages } of seeds.kinship) {
    const citations = passages.map((passage) => passage.citation);
    insertRow(db, kinship, { subjectId: person, personId: relative, relation, basis, references, citations });
    insertRow(db, kinship, { subjectId: relative, personId: person, relation: inverse, basis, references, citations });
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
