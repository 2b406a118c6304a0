import { mapMaybePromise, stub, stubs } from '@dossier/subgraph-server';
import type { Context } from '../context.js';
import type {
  ActorCountResolvers,
  DocumentConnectionResolvers,
  DocumentCountResolvers,
  DocumentEdgeResolvers,
  ParagraphConnectionResolvers,
  ParagraphEdgeResolvers,
  StatementConnectionResolvers,
  StatementEdgeResolvers,
  StatementFacetsResolvers,
} from '../generated/schema.js';
import type { DocumentEdgeMapper, ParagraphEdgeMapper, StatementEdgeMapper } from '../schema.mappers.js';

/** The edges of a page, which know what a search matched in the page. */
const searchedEdges = <Edge extends object, Matches>({
  edges,
  matches,
}: {
  edges: Edge[];
  matches: Matches;
}): (Edge & { matches: Matches })[] => edges.map((edge) => Object.assign(edge, { matches }));

const matchedIn = ({ node: { id }, matches }: DocumentEdgeMapper | ParagraphEdgeMapper | StatementEdgeMapper) =>
  matches && mapMaybePromise(matches.matchedIn(), (found) => found.get(id) ?? null);

export const StatementConnection = { edges: searchedEdges } satisfies StatementConnectionResolvers<Context>;
export const DocumentConnection = { edges: searchedEdges } satisfies DocumentConnectionResolvers<Context>;
export const ParagraphConnection = { edges: searchedEdges } satisfies ParagraphConnectionResolvers<Context>;

export const StatementEdge = {
  matchedIn,
  matchedCitations: ({ node: { id }, matches }) =>
    matches && mapMaybePromise(matches.citations(), (found) => stubs(found.get(id) ?? [])),
} satisfies StatementEdgeResolvers<Context>;
export const DocumentEdge = { matchedIn } satisfies DocumentEdgeResolvers<Context>;
export const ParagraphEdge = { matchedIn } satisfies ParagraphEdgeResolvers<Context>;

export const StatementFacets = {
  isBounded: (facets) => facets.isBounded(),
  speakers: (facets) => facets.count('speakers'),
  carriers: (facets) => facets.count('carriers'),
  documents: (facets) => facets.count('documents'),
  kinds: (facets) => facets.count('kinds'),
  modalities: (facets) => facets.count('modalities'),
  attributions: (facets) => facets.count('attributions'),
  topics: (facets) =>
    mapMaybePromise(facets.count('topics'), (rows) =>
      rows.map(({ value, statementCount }) => ({ topic: value, statementCount })),
    ),
  statementRelations: (facets) => facets.count('statementRelations'),
  provisionRelations: (facets) => facets.count('provisionRelations'),
  confidences: (facets) => facets.count('confidences'),
} satisfies StatementFacetsResolvers<Context>;

export const ActorCount = {
  id: ({ value }) => value,
  actor: ({ value }) => stub(value),
} satisfies ActorCountResolvers<Context>;
export const DocumentCount = {
  document: ({ value }, _, context) => context.documents.byId(value),
} satisfies DocumentCountResolvers<Context>;
