import { dateSpan, parseCitationId } from '@dossier/domain';
import type { PassageSeed, Seeds } from '@dossier/seed-format';
import { insertRow, type StoreDb } from '@dossier/store';
import { type CitedPassage, citedPassages, document, paragraph, work } from '../tables.js';
import { citationsOf, documentOf } from './order.js';

/** Inserts the documents with their paragraphs, and the works that they name. */
export function seedDocuments(db: StoreDb, seeds: Seeds, firstRow: number): void {
  let paragraphRow = firstRow;
  for (const [index, record] of seeds.documents.entries()) {
    const { id, title, sha256, series, number, length, byteLength, multibyte } = record;
    const row = {
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
    };
    insertRow(db, document, row, firstRow + index);
    for (const { number: position, role, voice: voiceId, citation, at } of record.paragraphs) {
      const [start, end] = at;
      const textKey = `${id} ${String(position).padStart(9, '0')}`;
      insertRow(
        db,
        paragraph,
        {
          id: paragraphId(id, position),
          documentId: id,
          number: position,
          textKey,
          role,
          voiceId,
          citation,
          start,
          end,
        },
        paragraphRow++,
      );
    }
  }
  for (const [documentId, passages] of passagesByDocument(seeds))
    insertRow(db, citedPassages, { documentId, passages });
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

/** All passages that records of a folder cite, without repetition, in order of the text. */
function passagesByDocument(seeds: Seeds): Map<string, CitedPassage[]> {
  const found = new Map<string, Map<string, CitedPassage>>();
  const collect = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    const { citation, at, digest } = value as Partial<PassageSeed>;
    const document = citation === undefined ? undefined : parseCitationId(citation)?.document;
    if (document && at && digest) {
      const passages = found.get(document) ?? new Map<string, CitedPassage>();
      passages.set(`${at} ${digest}`, [...at, digest]);
      found.set(document, passages);
    }
    // An origin has no passages, and its line is computed by parsing the whole file again.
    for (const key in value) if (key !== 'origin') collect((value as Record<string, unknown>)[key]);
  };
  collect(seeds);
  return new Map([...found].map(([document, passages]) => [document, [...passages.values()].sort(byPosition)]));
}

const byPosition = (a: CitedPassage, b: CitedPassage): number => a[0] - b[0] || a[1] - b[1] || (a[2] < b[2] ? -1 : 1);

export const paragraphId = (documentId: string, number: number): string =>
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
