import { type CodePointText, citationId, countBelow, type Passage, parseCitationId } from '@dossier/domain';
import { eq, equals, type KeysetList, oneOf, rowColumn } from '@dossier/pagination';
import { type MountedDocument, openTexts } from '@dossier/seed-format/sources';
import { type CachedReader, type ReadDb, rowsById, rowsOfParents } from '@dossier/store';
import {
  type ListRequest,
  type Loaders,
  loadConnection,
  type MaybePromise,
  mapMaybePromise,
} from '@dossier/subgraph-server';
import type { DocumentFilter, ParagraphFilter } from '../generated/schema.js';
import type { DocumentConnectionMapper, LocatedCitation, ParagraphConnectionMapper } from '../schema.mappers.js';
import { citedPassages, document, paragraph, paragraphStatement } from '../tables.js';
import { matchesOf } from './matches.js';
import { passageVerifier } from './passages.js';
import { assertWords, quotationVerifier, UNAVAILABLE, type Verification } from './quotationVerifier.js';
import { DOCUMENTS, PARAGRAPHS, type Search, searchReader } from './search.js';

type DocumentRow = typeof document.$inferSelect;

const MISMATCH = Symbol('MISMATCH');
const NOT_MOUNTED: MountedDocument = { availability: 'NOT_MOUNTED', text: null };

/** Documents, their paragraphs and passages, and the texts that are mounted in `documentsDir`. Documents whose texts are unusable are served without them. */
export function documentsSource(
  db: ReadDb,
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
  const readText = documentsDir ? openTexts(documentsDir, { onUnusable: onUnusableText }) : null;
  const readCited = rowsById(db, citedPassages, citedPassages.documentId);
  const readDocumentSearches = searchReader(db, DOCUMENTS);
  const readParagraphSearches = searchReader(db, PARAGRAPHS);
  const verifyQuotation = quotationVerifier();
  // Kept as long as their texts are.
  const verifiers = new WeakMap<CodePointText, ReturnType<typeof passageVerifier>>();
  const verifierOf = (id: string, text: CodePointText, loaders: Loaders) =>
    verifiers.get(text) ??
    mapMaybePromise(loaders('citedPassages', readCited).load(id), (row) => {
      const verifier = passageVerifier(text, row?.passages ?? []);
      verifiers.set(text, verifier);
      return verifier;
    });

  return (loaders: Loaders) => {
    const byId = (id: string) => loaders('document', readById).load(id);
    const textOf = (id: string): MaybePromise<MountedDocument> =>
      readText ? mapMaybePromise(byId(id), (row) => (row ? readText(row) : NOT_MOUNTED)) : NOT_MOUNTED;
    /** The words of a passage; null if its text is not mounted, `MISMATCH` if they are not those that were cited. */
    const wordsOf = (passage: Passage): MaybePromise<string | null | typeof MISMATCH> =>
      mapMaybePromise(textOf(passage.document), ({ text }) =>
        text
          ? mapMaybePromise(verifierOf(passage.document, text, loaders), (isCited) =>
              isCited(passage) ? text.slice(passage.start, passage.end) : MISMATCH,
            )
          : null,
      );
    const searchIn = (name: string, read: CachedReader<Search>, text: string | null | undefined) =>
      text === null || text === undefined ? null : loaders(`search ${name}`, read).load(text);
    const paragraphsOf = (id: string) => loaders('paragraphsOf', readParagraphsOf).load(id);
    return {
      byId,
      paragraphsOf,
      paragraph: (id: string) => loaders('paragraph', readParagraphs).load(id),
      statementIdsOfParagraph: (id: string) =>
        mapMaybePromise(loaders('statementsOfParagraph', readStatementsOfParagraph).load(id), (rows) =>
          rows.map((row) => row.statementId),
        ),
      page: async (
        filter: DocumentFilter | null | undefined,
        request: ListRequest,
      ): Promise<DocumentConnectionMapper> => {
        const search = await searchIn('document', readDocumentSearches, filter?.search);
        const connection = await loadConnection(db, loaders, documentList(filter ?? {}, search), request);
        return Object.assign(connection, { matches: matchesOf(db, loaders, connection, search) });
      },
      paragraphPage: async (
        filter: ParagraphFilter | null | undefined,
        request: ListRequest,
      ): Promise<ParagraphConnectionMapper> => {
        const search = await searchIn('paragraph', readParagraphSearches, filter?.search);
        const connection = await loadConnection(db, loaders, paragraphList(filter ?? {}, search), request);
        return Object.assign(connection, { matches: matchesOf(db, loaders, connection, search) });
      },
      availability: (id: string) => mapMaybePromise(textOf(id), ({ availability }) => availability),
      /** Compares words with the text of a document. Throws BAD_USER_INPUT if there are too few or too many. */
      verifyQuotation: (id: string, words: string): MaybePromise<Verification> => {
        assertWords(words);
        return mapMaybePromise(textOf(id), ({ text }) => (text ? verifyQuotation(id, text, words) : UNAVAILABLE));
      },
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
      /** Whether the words of a passage are served. */
      availabilityOf: (passage: Passage): MaybePromise<MountedDocument['availability']> =>
        mapMaybePromise(wordsOf(passage), (words) =>
          words === MISMATCH
            ? 'MISMATCH'
            : mapMaybePromise(textOf(passage.document), ({ availability }) => availability),
        ),
      /** The words of a passage; null unless they are available. */
      excerpt: (passage: Passage): MaybePromise<string | null> =>
        mapMaybePromise(wordsOf(passage), (words) => (words === MISMATCH ? null : words)),
    };
  };
}

const documentList = ({ publisher }: DocumentFilter, search: Search | null): KeysetList<typeof document> => ({
  table: document,
  id: document.id,
  key: document.id,
  by: [search?.rare?.(document.id), search?.common],
  where: [equals(rowColumn(document.publisherId), publisher)],
});

const paragraphList = (filter: ParagraphFilter, search: Search | null): KeysetList<typeof paragraph> => ({
  table: paragraph,
  id: paragraph.id,
  key: paragraph.textKey,
  by: [search?.rare?.(paragraph.textKey), eq(paragraph.documentId, filter.document), search?.common],
  where: [oneOf('filter.role', rowColumn(paragraph.role), filter.role)],
});

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
