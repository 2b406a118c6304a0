import { type Identified, reference, stub } from '@dossier/subgraph';
import type { Context } from '../context.js';
import type { CitationRow } from '../data/documents.js';

type Citation = Identified | CitationRow;

// Whoever cites gives the id alone; where the passage stands is worked out when asked for.
const located =
  <T>(read: (row: CitationRow, context: Context) => T | Promise<T>) =>
  async (citation: Citation, _: unknown, context: Context): Promise<T | null> => {
    const row = 'startByte' in citation ? citation : await context.documents.citation(citation.id);
    return row && read(row, context);
  };

export const Citation = {
  __resolveReference: reference<Context>((id, context) => context.documents.citation(id)),
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
