import { dateSpan, timeKey } from '@dossier/domain';
import type { SeedPart, Seeds } from '@dossier/seed-format';
import { insertRow, queryValues, type StoreDb, sql } from '@dossier/store';
import type { SharedSeeding } from '@dossier/subgraph-server';
import { getTableName } from 'drizzle-orm';
import { applyCitations, recordCitations } from './seed/citations.js';
import {
  designation,
  instrument,
  instrumentEvent,
  knownEntity,
  mergedId,
  provision,
  provisionLink,
  regime,
  regimeTarget,
} from './tables.js';

/** Writes the seeds of one folder as rows, within the transaction that builds the store. */
export function seed(db: StoreDb, { seeds, find }: SeedPart): void {
  for (const { id } of [...seeds.actors, ...seeds.statements, ...seeds.events]) insertRow(db, knownEntity, { id });
  for (const { id, sameAs } of seeds.merges) insertRow(db, mergedId, { id, sameAs });
  seedLinks(db, seeds, find);
  seedDesignations(db, seeds);
  seedEvents(db, seeds, find);
}

/** Legal texts: documents state passages that those of the register rest on, and their order is that of all folders. */
export const shared: SharedSeeding = {
  sections: ['regimes', 'instruments', 'provisions', 'citations'],
  tables: [regime, regimeTarget, instrument, provision].map(getTableName),
  seed: (db, { seeds, find }) => {
    seedRegimes(db, seeds);
    seedInstruments(db, seeds);
    seedProvisions(db, seeds, find);
    recordCitations(db, seeds.citations);
  },
  finish: applyCitations,
};

const citationsOf = ({ passages }: { passages: { citation: string }[] }): string[] =>
  passages.map((passage) => passage.citation);

function seedRegimes(db: StoreDb, seeds: Seeds): void {
  for (const record of seeds.regimes) {
    const { id, name, targets, note, background, basis, references } = record;
    insertRow(db, regime, {
      id,
      name,
      targets,
      note,
      background,
      basis,
      references,
      authorityId: record.authority,
      citations: citationsOf(record),
    });
    for (const actorId of targets) insertRow(db, regimeTarget, { actorId, regimeId: id });
  }
}

function seedInstruments(db: StoreDb, seeds: Seeds): void {
  for (const record of seeds.instruments) {
    const { id, symbol, title, note, basis, references } = record;
    const adoptedOn = dateSpan(record.adoptedOn);
    const adoptedKey = timeKey(adoptedOn, id);
    insertRow(db, instrument, {
      id,
      symbol,
      title,
      note,
      basis,
      references,
      adoptedOn,
      adoptedKey,
      regimeId: record.regime,
      citations: citationsOf(record),
    });
  }
}

function seedProvisions(db: StoreDb, seeds: Seeds, find: SeedPart['find']): void {
  if (seeds.provisions.length === 0) return;
  const [row] = queryValues(db, sql`select count(*) from ${provision}`);
  const before = Number(row?.[0]);
  seeds.provisions.forEach((record, index) => {
    const position = before + index;
    const { instrument: instrumentId, replacedBy: replacedById, passages: _, origin: __, ...rest } = record;
    const regimeId = find('instruments', instrumentId)?.regime;
    if (!regimeId) throw new Error(`${record.id}: the instrument is missing or has no regime.`);
    insertRow(db, provision, {
      ...rest,
      regimeId,
      instrumentId,
      position,
      replacedById,
      citations: citationsOf(record),
    });
  });
}

/** A link has the citations of its statement and the references of its provision. */
function seedLinks(db: StoreDb, seeds: Seeds, find: SeedPart['find']): void {
  for (const record of seeds.links) {
    const { id, statement: statementId, provision: provisionId, relation, confidence, rationale, basis } = record;
    const named = provisionId === null ? null : find('provisions', provisionId);
    const regimeId = named ? find('instruments', named.instrument)?.regime : record.regime;
    const statement = find('statements', statementId);
    if (!regimeId || !statement) throw new Error(`${id}: expected a statement, and a provision or a regime.`);
    insertRow(db, provisionLink, {
      id,
      statementId,
      regimeId,
      provisionId,
      relation,
      confidence,
      rationale,
      basis,
      references: named?.references ?? [],
      citations: citationsOf(statement),
    });
  }
}

/** Of a listing whose start is not known at all: it may have been in force on any day. */
const FIRST_DAY = '0001-01-01';

function seedDesignations(db: StoreDb, seeds: Seeds): void {
  for (const record of seeds.designations) {
    const { id, measures, basis, references } = record;
    const listed = dateSpan(record.listedOn);
    const delisted = record.delistedOn && dateSpan(record.delistedOn);
    insertRow(db, designation, {
      id,
      listed,
      delisted,
      listedOn: listed.earliest ?? FIRST_DAY,
      delistedOn: delisted?.latest ?? null,
      measures,
      basis,
      references,
      actorId: record.actor,
      regimeId: record.regime,
      instrumentId: record.instrument,
      citations: citationsOf(record),
    });
  }
}

function seedEvents(db: StoreDb, seeds: Seeds, find: SeedPart['find']): void {
  for (const { id: eventId, instruments } of seeds.events) {
    for (const instrumentId of instruments) {
      const adoptedOn = find('instruments', instrumentId)?.adoptedOn;
      if (!adoptedOn) throw new Error(`${eventId}: expected the instrument ${instrumentId}.`);
      insertRow(db, instrumentEvent, {
        eventId,
        adoptedKey: timeKey(dateSpan(adoptedOn), instrumentId),
        instrumentId,
      });
    }
  }
}
