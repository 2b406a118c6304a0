import { type Identified, mapMaybePromise, referenceResolver, stub } from '@dossier/subgraph-server';
import type { Context } from '../context.js';
import type { CitationResolvers, MentionResolvers } from '../generated/schema.js';
import type { CitationMapper, LocatedCitation } from '../schema.mappers.js';

/** A resolver of a field that needs the passage's position. The passage is located once for all fields of a citation. */
const located =
  <T>(read: (citation: LocatedCitation, context: Context) => T | Promise<T>) =>
  (citation: CitationMapper, _: unknown, context: Context) =>
    mapMaybePromise(locate(citation, context), (found) => found && read(found, context));

const locatedByStub = new WeakMap<Identified, ReturnType<Context['documents']['citation']>>();

function locate(citation: CitationMapper, context: Context) {
  if ('startByte' in citation) return citation;
  let found = locatedByStub.get(citation);
  if (found === undefined) {
    found = context.documents.citation(citation.id);
    locatedByStub.set(citation, found);
  }
  return found;
}

export const Citation = {
  __resolveReference: referenceResolver((id, context: Context) => context.documents.citation(id)),
  document: located(({ document }, context) => context.documents.byId(document)),
  start: located(({ start }) => start),
  end: located(({ end }) => end),
  startByte: located(({ startByte }) => startByte),
  endByte: located(({ endByte }) => endByte),
  paragraph: located((citation, context) => context.documents.paragraphNumber(citation)),
  availability: located((citation, context) => context.documents.availabilityOf(citation)),
  excerpt: located((citation, context) => context.documents.excerpt(citation)),
} satisfies CitationResolvers<Context>;

const isPlace = (id: string): boolean => id.startsWith('place:');

export const Mention = {
  actor: ({ partyId }) => (isPlace(partyId) ? null : stub(partyId)),
  place: ({ partyId }) => (isPlace(partyId) ? stub(partyId) : null),
  citation: ({ citation }) => stub(citation),
} satisfies MentionResolvers<Context>;
