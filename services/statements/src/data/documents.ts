import { citationId, countBelow, type Passage, parseCitationId } from '@dossier/domain';
import type { KeysetList } from '@dossier/pagination';
import { type MountedDocument, mountDocuments } from '@dossier/seed-format';
import { rowsById, rowsOfParents, type StoreDb } from '@dossier/store';
import { type ListRequest, type Loaders, loadConnection, mapMaybePromise } from '@dossier/subgraph-server';
import { document, paragraph, paragraphStatement } from '../tables.js';

/** A passage that lies in its document, in code points and in bytes. */
export interface CitationRow extends Passage {
  id: string;
  startByte: number;
  endByte: number;
}

type DocumentRow = typeof document.$inferSelect;

const NOT_MOUNTED: MountedDocument = { availability: 'NOT_MOUNTED', text: null };

/** Documents, their paragraphs, and passages of them; and the texts that the operator has mounted. */
export function documentsSource(db: StoreDb, documentsDir: string | null | undefined) {
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
      /** The passage that an id selects; null where it is malformed, or lies in no document that is known. */
      citation: (id: string): CitationRow | null | Promise<CitationRow | null> => {
        const passage = parseCitationId(id);
        return passage && mapMaybePromise(byId(passage.document), (row) => row && locate(passage, row));
      },
      /** The number of the one paragraph that a passage lies in; null where it runs over several. */
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

/** Where a passage stands in its document; null where that ends before it. */
function locate(passage: Passage, document: DocumentRow): CitationRow | null {
  if (passage.end > document.length) return null;
  return {
    ...passage,
    id: citationId(passage.document, passage.start, passage.end),
    startByte: byteOffset(document, passage.start),
    endByte: byteOffset(document, passage.end),
  };
}

const positions = new WeakMap<object, number[]>();

/** UTF-8 bytes before a position: one each, and the more that some code points take. */
function byteOffset({ multibyte }: DocumentRow, position: number): number {
  let at = positions.get(multibyte);
  if (!at) {
    at = multibyte.map(([where]) => where);
    positions.set(multibyte, at);
  }
  return multibyte.slice(0, countBelow(at, position)).reduce((bytes, [, width]) => bytes + width - 1, position);
}
