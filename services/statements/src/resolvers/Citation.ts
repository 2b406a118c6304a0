import { type Identified, mapMaybePromise, referenceResolver, stub } from '@dossier/subgraph-server';
import type { Context } from '../context.js';
import type { CitationRow } from '../data/documents.js';

type Citation = Identified | CitationRow;

// Whoever cites gives the id alone; where the passage stands is worked out when asked for, once for all its fields.
const located =
  <T>(read: (row: CitationRow, context: Context) => T | Promise<T>) =>
  (citation: Citation, _: unknown, context: Context) =>
    mapMaybePromise(rowOf(citation, context), (row) => row && read(row, context));

const rows = new WeakMap<Identified, ReturnType<Context['documents']['citation']>>();

function rowOf(citation: Citation, context: Context) {
  if ('startByte' in citation) return citation;
  let row = rows.get(citation);
  if (row === undefined) {
    row = context.documents.citation(citation.id);
    rows.set(citation, row);
  }
  return row;
}

export const Citation = {
  __resolveReference: referenceResolver<Context>((id, context) => context.documents.citation(id)),
  document: located((row, context) => context.documents.byId(row.document)),
  start: located((row) => row.start),
  end: located((row) => row.end),
  startByte: located((row) => row.startByte),
  endByte: located((row) => row.endByte),
  paragraph: located((row, context) => context.documents.paragraphNumber(row)),
  availability: located((row, context) => context.documents.availability(row.document)),
  excerpt: located((row, context) => context.documents.excerpt(row)),
};

export const Mention = {
  actor: ({ partyId }: { partyId: string }) => (partyId.startsWith('place:') ? null : stub(partyId)),
  place: ({ partyId }: { partyId: string }) => (partyId.startsWith('place:') ? stub(partyId) : null),
  citation: ({ citation }: { citation: string }) => stub(citation),
};
