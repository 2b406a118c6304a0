import { dateSpan, timeKey } from '@dossier/provenance';
import type { Seeds } from '@dossier/seeds-format';
import { insertOnce, insertRow, run, type StoreDb, sql } from '@dossier/store';
import { actor, actorAffiliation, actorIdentifier, event, eventParticipant, kinship, office, place, placeWithin, recognition } from './tables.js';

/** Seeds to rows, inside the transaction of the store being built. */
export function seed(db: StoreDb, seeds: Seeds): void {
  const cited = firstMentions(seeds);
  seedActors(db, seeds, cited);
  seedPlaces(db, seeds, cited);
  seedOffices(db, seeds);
  seedEvents(db, seeds);
}

type Named = Seeds['actors'][number] | Seeds['places'][number];
type Cited = Map<string, string[]>;

/** Of every actor and place, the first passage of each document that names it, in order of the documents. */
function firstMentions(seeds: Seeds): Cited {
  const first = new Map<string, Map<string, { citation: string; start: number }>>();
  const note = (id: string, document: string | null, mention: { citation: string; at: [number, number] }) => {
    if (document === null) return;
    const byDocument = first.get(id) ?? new Map<string, { citation: string; start: number }>();
    const known = byDocument.get(document);
    if (!known || mention.at[0] < known.start) byDocument.set(document, { citation: mention.citation, start: mention.at[0] });
    first.set(id, byDocument);
  };
  for (const record of [...seeds.actors, ...seeds.places]) for (const mention of record.mentions) note(record.id, record.origin.document, mention);
  for (const mention of seeds.mentions) note(mention.of, mention.origin.document, mention);
  return new Map([...first].map(([id, byDocument]) => [id, [...byDocument].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, { citation }]) => citation)]));
}

const REGISTERS: Record<string, (value: string) => string> = {
  wikidata: (value) => `https://www.wikidata.org/wiki/${value}`,
};

const named = (record: Named, cited: Cited) => ({
  id: record.id,
  name: record.name,
  description: record.description,
  note: record.note,
  aliases: record.aliases,
  identifiers: record.identifiers.map(({ scheme, value }) => ({ scheme, value, url: REGISTERS[scheme]?.(value) ?? null })),
  affiliations: record.affiliations,
  basis: record.basis,
  citations: cited.get(record.id) ?? [],
  references: record.references,
});

const searchable = (record: Named): string => [record.name, ...record.aliases.map((alias) => alias.text)].join('\n');

function seedActors(db: StoreDb, seeds: Seeds, cited: Cited): void {
  for (const record of seeds.actors) {
    insertRow(db, actor, { ...named(record, cited), kind: record.kind, status: 'status' in record ? record.status : null, type: 'type' in record ? record.type : null });
    run(db, sql`insert into actor_search (actor_id, names) values (${record.id}, ${searchable(record)})`);
  }
  for (const record of seeds.actors) {
    for (const { to } of record.affiliations) insertOnce(db, actorAffiliation, { toId: to, actorId: record.id });
    for (const { scheme, value } of record.identifiers) insertRow(db, actorIdentifier, { scheme, value, actorId: record.id });
  }
}

function seedPlaces(db: StoreDb, seeds: Seeds, cited: Cited): void {
  const around = new Map(seeds.places.map((record) => [record.id, record.within]));
  for (const record of seeds.places) {
    insertRow(db, place, { ...named(record, cited), withinId: record.within });
    run(db, sql`insert into place_search (place_id, names) values (${record.id}, ${searchable(record)})`);
  }
  for (const { id } of seeds.places) {
    for (let outer = around.get(id); outer; outer = around.get(outer)) insertRow(db, placeWithin, { aroundId: outer, placeId: id });
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
  const recognitions = new Map<string, number>();
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
    for (const { actor: actorId } of participants) insertOnce(db, eventParticipant, { actorId, eventId: id, timeKey: timeKey(date, id) });
    if (kind !== 'RECOGNITION') continue;
    for (const { actor: polityId } of participants.filter(({ role }) => role === 'recognised')) {
      for (const { actor: byId } of participants.filter(({ role }) => role === 'recogniser')) {
        const position = recognitions.get(polityId) ?? 0;
        recognitions.set(polityId, position + 1);
        insertRow(db, recognition, { polityId, position, byId, eventId: id });
      }
    }
  }
}
