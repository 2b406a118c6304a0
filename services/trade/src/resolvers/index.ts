import { scalarResolvers } from '@dossier/domain';
import { type Resolvers, typeById } from '@dossier/subgraph-server';
import { actorTypes } from './Actor.js';
import { Query } from './Query.js';
import { Statement } from './Statement.js';
import { Commodity, Derivation, TradeFigure } from './TradeFigure.js';
import { TradeSeries } from './TradeSeries.js';

/** The map of the service: each type and where its fields are resolved. */
export const resolvers: Resolvers = {
  ...scalarResolvers,
  Query,
  Node: typeById,
  Sourced: typeById,
  ...actorTypes,
  TradeFigure,
  TradeSeries,
  Derivation,
  Commodity,
  Statement,
};
