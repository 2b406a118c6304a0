import type { BackgroundFact, DateSpan, Reference } from '@dossier/domain';
import type { Connection } from '@dossier/pagination';
import type { Identified } from '@dossier/subgraph-server';
import type {
  Affiliation,
  Alias,
  actor,
  event,
  Identifier,
  kinship,
  office,
  Participation,
  place,
  recognition,
} from './tables.js';

// The parent that the resolvers of a type receive: a row of the store, a value in a row, or, for an entity of another
// subgraph, its id. `npm run codegen` reads this file; see tools/codegen.mjs.

export type ActorMapper = typeof actor.$inferSelect;
export type PersonMapper = ActorMapper;
export type PolityMapper = ActorMapper;
export type OrganizationMapper = ActorMapper;
export type MediaOutletMapper = ActorMapper;
export type GroupMapper = ActorMapper;
export type ActorConnectionMapper = Connection<ActorMapper>;
export type AliasMapper = Alias;
export type IdentifierMapper = Identifier;
export type AffiliationMapper = Affiliation;

export type PlaceMapper = typeof place.$inferSelect;
export type PlaceConnectionMapper = Connection<PlaceMapper>;

export type OfficeMapper = typeof office.$inferSelect;
export type KinshipMapper = typeof kinship.$inferSelect;

export type EventMapper = typeof event.$inferSelect;
export type EventConnectionMapper = Connection<EventMapper>;
export type ParticipationMapper = Participation;
export type RecognitionMapper = typeof recognition.$inferSelect;

export type NodeMapper = Identified;
export type DateSpanMapper = DateSpan;
export type ReferenceMapper = Reference;
export type BackgroundFactMapper = BackgroundFact;
