import { dateSpan } from '@dossier/domain';
import type { Seeds } from '@dossier/seed-format';
import { insertRow, type StoreDb } from '@dossier/store';
import { document, paragraph, work } from '../tables.js';
import { citationsOf, documentOf } from './order.js';

/** Inserts the documents with their paragraphs, and the works that they name. */
export function seedDocuments(db: StoreDb, seeds: Seeds): void {
  for (const record of seeds.documents) {
    const { id, title, sha256, series, number, length, byteLength, multibyte } = record;
    insertRow(db, document, {
      id,
      title,
      sha256,
      series,
      number,
      length,
      byteLength,
      multibyte,
      publisherId: record.publisher,
      publishedOn: dateSpan(record.publishedOn),
      reproducesId: record.reproduces,
      insertions: seeds.insertions
        .filter((insertion) => insertion.origin.document === id)
        .map((insertion) => insertion.citation),
    });
    for (const { number: position, role, voice: voiceId, citation, at } of record.paragraphs) {
      const [start, end] = at;
      insertRow(db, paragraph, {
        id: paragraphId(id, position),
        documentId: id,
        number: position,
        role,
        voiceId,
        citation,
        start,
        end,
      });
    }
  }
  for (const record of seeds.works) {
    const { id, kind, description, basis, references } = record;
    insertRow(db, work, {
      id,
      kind,
      description,
      basis,
      references,
      documentId: documentOf(record),
      makerId: record.maker,
      date: record.date && dateSpan(record.date),
      citations: citationsOf(record),
    });
  }
}

const paragraphId = (documentId: string, number: number): string =>
  `${documentId.replace('document:', 'paragraph:')}/${number}`;

/** Returns a function that finds the paragraph which contains a position. It throws if there is none. */
export function paragraphFinder(seeds: Seeds) {
  const paragraphs = new Map(seeds.documents.map((record) => [record.id, record.paragraphs]));
  return (documentId: string, start: number): { id: string; voice: string | null } => {
    const found = paragraphs.get(documentId)?.find(({ at }) => at[0] <= start && start < at[1]);
    if (!found) throw new Error(`${documentId}: position ${start} is not in a paragraph.`);
    return { id: paragraphId(documentId, found.number), voice: found.voice };
  };
}
