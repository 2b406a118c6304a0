import { scalarResolvers } from '@dossier/domain';
import { type ServiceResolvers, typeById } from '@dossier/subgraph-server';
import type { Context } from '../context.js';
import type { Resolvers, ResolversParentTypes } from '../generated/schema.js';
import { Affiliation, actorTypes } from './Actor.js';
import { Event, Participation, Recognition } from './Event.js';
import { Kinship, Office } from './Office.js';
import { Place } from './Place.js';
import { Query } from './Query.js';

/** The resolver map: each type and where its fields are resolved. */
export const resolvers: ServiceResolvers<Resolvers<Context>, ResolversParentTypes> = {
  ...scalarResolvers,
  Query,
  Node: typeById,
  Sourced: typeById,
  ...actorTypes,
  Affiliation,
  Place,
  Office,
  Kinship,
  Event,
  Participation,
  Recognition,
};
