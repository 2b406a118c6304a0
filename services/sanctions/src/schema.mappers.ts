import type { BackgroundFact, DateSpan, Reference } from '@dossier/domain';
import type { Connection } from '@dossier/pagination';
import type { Identified } from '@dossier/subgraph-server';
import type { designation, instrument, provision, provisionLink, regime } from './tables.js';

// The parent that the resolvers of a type receive: a row of the store, a value in a row, or, for an entity of another
// subgraph, its id. `npm run codegen` reads this file; see tools/codegen.mjs.

export type RegimeMapper = typeof regime.$inferSelect;
export type RegimeConnectionMapper = Connection<RegimeMapper>;
export type InstrumentMapper = typeof instrument.$inferSelect;
export type InstrumentConnectionMapper = Connection<InstrumentMapper>;
export type ProvisionMapper = typeof provision.$inferSelect;
export type ProvisionConnectionMapper = Connection<ProvisionMapper>;
export type ProvisionLinkMapper = typeof provisionLink.$inferSelect;
export type ProvisionLinkConnectionMapper = Connection<ProvisionLinkMapper>;
export type DesignationMapper = typeof designation.$inferSelect;
export type DesignationConnectionMapper = Connection<DesignationMapper>;

export type ActorMapper = Identified;
export type PersonMapper = Identified;
export type PolityMapper = Identified;
export type OrganizationMapper = Identified;
export type MediaOutletMapper = Identified;
export type GroupMapper = Identified;
export type StatementMapper = Identified;
export type EventMapper = Identified;

export type DateSpanMapper = DateSpan;
export type ReferenceMapper = Reference;
export type BackgroundFactMapper = BackgroundFact;
