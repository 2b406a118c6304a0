import type { Seeds } from '@dossier/seed-format';
import { insertRow, type StoreDb } from '@dossier/store';
import { mention as mentionTable } from '../tables.js';
import { paragraphFinder } from './documents.js';
import { passageKey } from './order.js';

export interface SeededMention {
  party: string;
  at: [number, number];
}

/** Inserts the mentions in order of the text. Returns them by document, to find those within a passage. */
export function seedMentions(db: StoreDb, seeds: Seeds): Map<string, SeededMention[]> {
  const paragraphOf = paragraphFinder(seeds);
  const rows = [
    ...[...seeds.actors, ...seeds.places].flatMap((record) =>
      record.mentions.map((mention) => ({ ...mention, party: record.id, documentId: record.origin.document })),
    ),
    ...seeds.additions.flatMap(({ of, origin, mentions }) =>
      mentions.map((mention) => ({ ...mention, party: of, documentId: origin.document })),
    ),
  ].flatMap(({ documentId, ...rest }, position) => {
    // Several mentions at one passage are in the order of their records.
    const tie = `${String(position).padStart(9, '0')} ${rest.party}`;
    return documentId === null ? [] : [{ ...rest, documentId, key: passageKey(documentId, rest.at, tie) }];
  });
  const byDocument = new Map<string, SeededMention[]>();
  for (const { key, documentId, party, form, citation, at } of rows.sort((a, b) => (a.key < b.key ? -1 : 1))) {
    insertRow(db, mentionTable, {
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
