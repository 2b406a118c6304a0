import {
  positionOf,
  type QuotationKind,
  type ReaderDocumentQuery,
  type ReaderQuotationsQuery,
  type StatementLineFragment,
} from '@dossier/client';

/** A highlight in the text; positions are code points of the whole document. */
export interface Mark {
  start: number;
  end: number;
  is:
    | { statement: string }
    | { quotation: string; kind: QuotationKind }
    | { hedge: string; of: string }
    | { insertion: string }
    /** Another record that rests on the words. */
    | { record: string }
    | { sought: true }
    /** A place of the search in the document; `isCurrent` if it is the one that is shown. */
    | { found: number; isCurrent: boolean };
}

/** The position in a citation id; null for an id of another form, which is then not highlighted. */
function positionOrNull(id: string): { start: number; end: number } | null {
  try {
    return positionOf({ id });
  } catch {
    return null;
  }
}

const markAt = (id: string, is: Mark['is']): Mark[] => {
  const place = positionOrNull(id);
  return place ? [{ start: place.start, end: place.end, is }] : [];
};

type DocumentOf = NonNullable<ReaderDocumentQuery['document']>;
export type QuotationOf = NonNullable<ReaderQuotationsQuery['document']>['quotations']['nodes'][number];

/** A quotation with this many citations or more frames the whole document, and is not highlighted. */
const FRAME = 10;

/** All highlights of a document, in order of the text. */
export function marksOf(
  { insertions }: Pick<DocumentOf, 'insertions'>,
  quotations: readonly QuotationOf[],
  statements: readonly StatementLineFragment[],
): Mark[] {
  const marks = [
    ...statements.flatMap(({ id, citations }) =>
      citations.flatMap((citation) => markAt(citation.id, { statement: id })),
    ),
    ...statements.flatMap(({ id, hedges }) =>
      hedges.flatMap(({ kind, citation }) => markAt(citation.id, { hedge: kind, of: id })),
    ),
    ...quotations
      .filter(({ citations }) => citations.length < FRAME)
      .flatMap(({ id, kind, citations }) =>
        citations.flatMap((citation) => markAt(citation.id, { quotation: id, kind })),
      ),
    ...insertions.flatMap(({ id }) => markAt(id, { insertion: id })),
  ];
  return marks.sort((a, b) => a.start - b.start || b.end - a.end);
}
