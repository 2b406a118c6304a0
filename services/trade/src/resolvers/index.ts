import { scalarResolvers } from '@dossier/domain';
import { type ServiceResolvers, typeById } from '@dossier/subgraph-server';
import type { Context } from '../context.js';
import type { Resolvers, ResolversParentTypes } from '../generated/schema.js';
import { actorTypes } from './Actor.js';
import { Query } from './Query.js';
import { Statement } from './Statement.js';
import { Commodity, Derivation, TradeEndpoint, TradeFigure } from './TradeFigure.js';
import { TradeSeries } from './TradeSeries.js';

/** The resolver map: each type and where its fields are resolved. */
export const resolvers: ServiceResolvers<Resolvers<Context>, ResolversParentTypes> = {
  ...scalarResolvers,
  Query,
  Node: typeById,
  Sourced: typeById,
  ...actorTypes,
  TradeFigure,
  TradeSeries,
  Derivation,
  Commodity,
  TradeEndpoint,
  Statement,
};
