import { scalarResolvers } from '@dossier/domain';
import { type Resolvers, typeById } from '@dossier/subgraph-server';
import { Affiliation, actorTypes } from './Actor.js';
import { Event, Participation, Recognition } from './Event.js';
import { Kinship, Office } from './Office.js';
import { Place } from './Place.js';
import { Query } from './Query.js';

/** The map of the service: each type and where its fields are resolved. */
export const resolvers: Resolvers = {
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
