import type { SeedPart } from '@dossier/seed-format';
import { insertRow, type StoreDb } from '@dossier/store';
import { seedDocuments } from './seed/documents.js';
import { seedMentions } from './seed/mentions.js';
import { seedReadings } from './seed/readings.js';
import { seedStatements } from './seed/statements.js';
import { knownEntity, mergedId } from './tables.js';

/** Writes the seeds of one folder as rows, within the transaction that builds the store. */
export function seed(db: StoreDb, { seeds, find }: SeedPart): void {
  for (const { id } of [...seeds.actors, ...seeds.places, ...seeds.events]) insertRow(db, knownEntity, { id });
  for (const { id, sameAs } of seeds.merges) insertRow(db, mergedId, { id, sameAs });
  seedDocuments(db, seeds);
  const mentions = seedMentions(db, seeds);
  seedStatements(db, seeds, mentions);
  seedReadings(db, seeds, find);
}
