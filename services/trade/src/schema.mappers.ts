import type { DateSpan, Reference } from '@dossier/domain';
import type { Connection } from '@dossier/pagination';
import type { Identified } from '@dossier/subgraph-server';
import type { CommodityDirection, commodity, Derivation, tradeFigure } from './tables.js';

// The parent that the resolvers of a type receive: a row of the store, a value in a row, or, for an entity of another
// subgraph, its id. `npm run codegen` reads this file; see tools/codegen.mjs.

export type TradeFigureMapper = typeof tradeFigure.$inferSelect;
export type TradeFigureConnectionMapper = Connection<TradeFigureMapper>;
export type DerivationMapper = Derivation;
export type CommodityMapper = typeof commodity.$inferSelect;

/** What identifies a series. Its points are read when they are requested. */
export interface TradeSeriesMapper {
  reporter: string;
  partner: string;
  flow: string;
  measure: string;
  /** Null if the figures name no goods. */
  commodity: string | null;
  unit: string | null;
  /** Null if there are no figures. */
  frequency: string | null;
}

/** The id of an actor or a place. */
export type TradeEndpointMapper = string;
export type CommodityDirectionMapper = CommodityDirection;
export type PlaceMapper = Identified;

export type ActorMapper = Identified;
export type PersonMapper = Identified;
export type PolityMapper = Identified;
export type OrganizationMapper = Identified;
export type MediaOutletMapper = Identified;
export type GroupMapper = Identified;
export type StatementMapper = Identified;

export type DateSpanMapper = DateSpan;
export type ReferenceMapper = Reference;
