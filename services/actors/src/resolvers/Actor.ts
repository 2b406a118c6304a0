import { actorResolvers, sourcedResolvers } from '@dossier/subgraph-server';
import type { Context } from '../context.js';
import type {
  AffiliationResolvers,
  GroupResolvers,
  OrganizationResolvers,
  PersonResolvers,
  PolityResolvers,
} from '../generated/schema.js';

// The fields of the interface, which the five types of actors share.
const fields = {
  ...sourcedResolvers,
  events: ({ id }, { filter, ...args }, context) =>
    context.events.pageOfActor(filter, { coordinate: 'Actor.events', parent: id, filter, args }),
} satisfies PersonResolvers<Context>;

const officers = {
  officers: ({ id }, _, context) => context.offices.ofOrganization(id),
} satisfies PolityResolvers<Context> & OrganizationResolvers<Context> & GroupResolvers<Context>;

const Person = {
  offices: ({ id }, _, context) => context.offices.ofHolder(id),
  kin: ({ id }, _, context) => context.offices.kinOf(id),
} satisfies PersonResolvers<Context>;

const Polity = {
  ...officers,
  recognisedBy: ({ id }, _, context) => context.events.recognitionsOf(id),
} satisfies PolityResolvers<Context>;

export const actorTypes = actorResolvers((id, context: Context) => context.actors.byId(id), fields, {
  Person,
  Polity,
  Organization: officers,
  Group: officers,
});

export const Affiliation = {
  to: ({ to }, _, context) => context.actors.byId(to),
} satisfies AffiliationResolvers<Context>;
