import type { Seeds } from '@dossier/seed-format';
import { insertRow, type StoreDb } from '@dossier/store';
import { mention } from '../tables.js';
import { paragraphFinder } from './documents.js';
import { passageKey } from './order.js';

export interface SeededMention {
  party: string;
  at: [number, number];
}

/** Mentions in order of the text; by document, for whoever looks for them in a passage. */
export function seedMentions(db: StoreDb, seeds: Seeds): Map<string, SeededMention[]> {
  const paragraphOf = paragraphFinder(seeds);
  const rows = [
    ...[...seeds.actors, ...seeds.places].flatMap((record) =>
      record.mentions.map((made) => ({ ...made, party: record.id, documentId: record.origin.document })),
    ),
    ...seeds.mentions.map((made) => ({ ...made, party: made.of, documentId: made.origin.document })),
  ].flatMap(({ documentId, ...made }, position) => {
    // Where one passage means several, they stand in the order of their records.
    const tie = `${String(position).padStart(9, '0')} ${made.party}`;
    return documentId === null ? [] : [{ ...made, documentId, key: passageKey(documentId, made.at, tie) }];
  });
  const byDocument = new Map<string, SeededMention[]>();
  for (const { key, documentId, party, form, citation, at } of rows.sort((a, b) => (a.key < b.key ? -1 : 1))) {
    insertRow(db, mention, {
      key,
      documentId,
      paragraphId: paragraphOf(documentId, at[0]).id,
      partyId: party,
      form,
      citation,
    });
    const known = byDocument.get(documentId);
    if (known) known.push({ party, at });
    else byDocument.set(documentId, [{ party, at }]);
  }
  return byDocument;
}
