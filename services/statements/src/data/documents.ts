import { citationId, countBelow, type Passage, parseCitationId } from '@dossier/domain';
import type { KeysetList } from '@dossier/pagination';
import { type MountedDocument, mountDocuments } from '@dossier/seed-format';
import { rowsById, rowsOfParents, type StoreDb } from '@dossier/store';
import { type ListRequest, type Loaders, loadConnection, mapMaybePromise } from '@dossier/subgraph-server';
import type { LocatedCitation } from '../schema.mappers.js';
import { document, paragraph, paragraphStatement } from '../tables.js';

type DocumentRow = typeof document.$inferSelect;

const NOT_MOUNTED: MountedDocument = { availability: 'NOT_MOUNTED', text: null };

/** Documents, their paragraphs and passages, and the texts that are mounted in `documentsDir`. Documents whose texts are unusable are served without them. */
export function documentsSource(
  db: StoreDb,
  documentsDir: string | null | undefined,
  onUnusableText: (reason: string) => void = () => {},
) {
  const readById = rowsById(db, document, document.id);
  const readParagraphs = rowsById(db, paragraph, paragraph.id);
  const readParagraphsOf = rowsOfParents(db, paragraph, paragraph.documentId, paragraph.number);
  const readStatementsOfParagraph = rowsOfParents(
    db,
    paragraphStatement,
    paragraphStatement.paragraphId,
    paragraphStatement.textKey,
  );
  const mounted = mountDocuments(
    documentsDir,
    db.select({ id: document.id, sha256: document.sha256 }).from(document).all(),
  );
  for (const { problem } of mounted.values()) if (problem !== undefined) onUnusableText(problem);
  const textOf = (id: string): MountedDocument => mounted.get(id) ?? NOT_MOUNTED;

  return (loaders: Loaders) => {
    const byId = (id: string) => loaders('document', readById).load(id);
    const paragraphsOf = (id: string) => loaders('paragraphsOf', readParagraphsOf).load(id);
    return {
      byId,
      paragraphsOf,
      paragraph: (id: string) => loaders('paragraph', readParagraphs).load(id),
      statementIdsOfParagraph: (id: string) =>
        mapMaybePromise(loaders('statementsOfParagraph', readStatementsOfParagraph).load(id), (rows) =>
          rows.map((row) => row.statementId),
        ),
      page: (request: ListRequest) => loadConnection(db, loaders, documentList, request),
      availability: (id: string) => textOf(id).availability,
      /** The passage with this id; null if the id is malformed, or the passage is not within a known document. */
      citation: (id: string): LocatedCitation | null | Promise<LocatedCitation | null> => {
        const passage = parseCitationId(id);
        return passage && mapMaybePromise(byId(passage.document), (row) => row && locate(passage, row));
      },
      /** The number of the paragraph that contains a passage; null if it spans several. */
      paragraphNumber: ({ document: id, start, end }: Passage) =>
        mapMaybePromise(
          paragraphsOf(id),
          (rows) => rows.find((row) => row.start <= start && end <= row.end)?.number ?? null,
        ),
      excerpt: ({ document: id, start, end }: Passage): string | null => textOf(id).text?.slice(start, end) ?? null,
    };
  };
}

const documentList: KeysetList<typeof document> = { table: document, id: document.id, key: document.id };

/** The positions of a passage in its document; null if it ends after the document does. */
function locate(passage: Passage, document: DocumentRow): LocatedCitation | null {
  if (passage.end > document.length) return null;
  return {
    ...passage,
    id: citationId(passage.document, passage.start, passage.end),
    startByte: byteOffset(document, passage.start),
    endByte: byteOffset(document, passage.end),
  };
}

/** Positions of the multibyte code points, by the array of a row. */
const positionsOf = new WeakMap<object, number[]>();

/** UTF-8 bytes before a position: one per code point, and the additional ones of multibyte code points. */
function byteOffset({ multibyte }: DocumentRow, position: number): number {
  let positions = positionsOf.get(multibyte);
  if (!positions) {
    positions = multibyte.map(([at]) => at);
    positionsOf.set(multibyte, positions);
  }
  return multibyte.slice(0, countBelow(positions, position)).reduce((bytes, [, width]) => bytes + width - 1, position);
}
