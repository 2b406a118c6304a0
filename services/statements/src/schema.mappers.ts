import type { DateSpan, Passage, Reference } from '@dossier/domain';
import type { Connection } from '@dossier/pagination';
import type { Identified } from '@dossier/subgraph-server';
import type { Facets, ValueCount } from './data/facets.js';
import type { Matches } from './data/matches.js';
import type { Verification } from './data/quotationVerifier.js';
import type {
  Attribution,
  caution,
  document,
  Hedge,
  mention,
  paragraph,
  quotation,
  RelayHop,
  statedNumber,
  statement,
  statementRelation,
  tension,
  work,
} from './tables.js';

// The parent that the resolvers of a type receive: a row of the store, a value in a row, or, for an entity of another
// subgraph, its id. `npm run codegen` reads this file; see tools/codegen.mjs.

export type DocumentMapper = typeof document.$inferSelect;
export type QuotationVerificationMapper = Verification;
/** Pages know what a search matched in them; null without a search. */
interface Searched {
  matches: Matches | null;
}
interface SearchedEdge<Node> extends Searched {
  node: Node;
  readonly cursor: string;
}
export type DocumentConnectionMapper = Connection<DocumentMapper> & Searched;
export type DocumentEdgeMapper = SearchedEdge<DocumentMapper>;
export type ParagraphMapper = typeof paragraph.$inferSelect;
export type ParagraphConnectionMapper = Connection<ParagraphMapper> & Searched;
export type ParagraphEdgeMapper = SearchedEdge<ParagraphMapper>;

/** A passage that lies within its document: positions in code points and in UTF-8 bytes. */
export interface LocatedCitation extends Passage {
  id: string;
  startByte: number;
  endByte: number;
}
/** What cites a passage has only its id; the passage is located when another field is requested. */
export type CitationMapper = Identified | LocatedCitation;

export type StatementMapper = typeof statement.$inferSelect;
/** `rankingIsBounded` is null in any order but RELEVANCE. */
export type StatementConnectionMapper = Connection<StatementMapper> &
  Searched & { rankingIsBounded: boolean | null; facets: Facets };
export type StatementEdgeMapper = SearchedEdge<StatementMapper>;
export type StatementFacetsMapper = Facets;
export type ActorCountMapper = ValueCount;
export type DocumentCountMapper = ValueCount;
export type AttributionMapper = Attribution;
export type RelayHopMapper = RelayHop;
export type HedgeMapper = Hedge;
export type StatementRelationMapper = typeof statementRelation.$inferSelect;
export type StatedNumberMapper = typeof statedNumber.$inferSelect;

export type QuotationMapper = typeof quotation.$inferSelect;
export type QuotationConnectionMapper = Connection<QuotationMapper>;
export type MentionMapper = typeof mention.$inferSelect;
export type MentionConnectionMapper = Connection<MentionMapper>;
export type TensionMapper = typeof tension.$inferSelect;
export type CautionMapper = typeof caution.$inferSelect;
export type WorkMapper = typeof work.$inferSelect;

export type ActorMapper = Identified;
export type PersonMapper = Identified;
export type PolityMapper = Identified;
export type OrganizationMapper = Identified;
export type MediaOutletMapper = Identified;
export type GroupMapper = Identified;
export type PlaceMapper = Identified;
export type EventMapper = Identified;

export type DateSpanMapper = DateSpan;
export type ReferenceMapper = Reference;
