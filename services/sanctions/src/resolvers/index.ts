import { scalarResolvers } from '@dossier/domain';
import { type Resolvers, typeById } from '@dossier/subgraph-server';
import { actorTypes } from './Actor.js';
import { Designation } from './Designation.js';
import { Event } from './Event.js';
import { Instrument } from './Instrument.js';
import { Provision } from './Provision.js';
import { ProvisionLink } from './ProvisionLink.js';
import { Query } from './Query.js';
import { Regime } from './Regime.js';
import { Statement } from './Statement.js';

/** The map of the service: each type and where its fields are resolved. */
export const resolvers: Resolvers = {
  ...scalarResolvers,
  Query,
  Node: typeById,
  Sourced: typeById,
  ...actorTypes,
  Regime,
  Instrument,
  Provision,
  ProvisionLink,
  Designation,
  Statement,
  Event,
};
