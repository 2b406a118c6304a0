import type { SeedPart } from '@dossier/seed-format';
import { insertRow, type StoreDb } from '@dossier/store';
import { seedDocuments } from './seed/documents.js';
import { seedMentions } from './seed/mentions.js';
import { insertParties, removeParties } from './seed/parties.js';
import { seedReadings } from './seed/readings.js';
import { seedStatements } from './seed/statements.js';
import { indexDocuments } from './seed/words.js';
import { knownEntity, mergedId } from './tables.js';

/** Writes the seeds of one folder as rows, within the transaction that builds the store. */
export function seed(db: StoreDb, part: SeedPart, firstRow: number): void {
  const { seeds, find } = part;
  for (const { id } of [...seeds.actors, ...seeds.places, ...seeds.events]) insertRow(db, knownEntity, { id });
  for (const { id, sameAs } of seeds.merges) insertRow(db, mergedId, { id, sameAs });
  seedDocuments(db, seeds, firstRow);
  const mentions = seedMentions(db, seeds);
  seedStatements(db, part, mentions, firstRow);
  indexDocuments(db, part, firstRow);
  seedReadings(db, seeds, find);
}

export { insertParties as finishRows, removeParties };
