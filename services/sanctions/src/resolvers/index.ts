import { scalarResolvers } from '@dossier/domain';
import { type ServiceResolvers, typeById } from '@dossier/subgraph-server';
import type { Context } from '../context.js';
import type { Resolvers, ResolversParentTypes } from '../generated/schema.js';
import { actorTypes } from './Actor.js';
import { Designation } from './Designation.js';
import { Event } from './Event.js';
import { Instrument } from './Instrument.js';
import { Provision } from './Provision.js';
import { ProvisionLink } from './ProvisionLink.js';
import { Query } from './Query.js';
import { Regime } from './Regime.js';
import { Statement } from './Statement.js';

/** The resolver map: each type and where its fields are resolved. */
export const resolvers: ServiceResolvers<Resolvers<Context>, ResolversParentTypes> = {
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
