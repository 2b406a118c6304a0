import type { PageArgs } from '@dossier/pagination';
import { actorResolvers, sourcedResolvers } from '@dossier/subgraph-server';
import type { Context } from '../context.js';
import type { EventFilter } from '../data/events.js';
import type { actor } from '../tables.js';

type Row = typeof actor.$inferSelect;

const fields = {
  ...sourcedResolvers,
  events: ({ id }: Row, { filter, ...args }: PageArgs & { filter?: EventFilter | null }, context: Context) =>
    context.events.pageOfActor(filter, { coordinate: 'Actor.events', parent: id, filter, args }),
};

const officers = { officers: ({ id }: Row, _: unknown, context: Context) => context.offices.ofOrganization(id) };

export const actorTypes = actorResolvers<Context>((id, context) => context.actors.byId(id), fields, {
  Person: {
    offices: ({ id }: Row, _: unknown, context: Context) => context.offices.ofHolder(id),
    kin: ({ id }: Row, _: unknown, context: Context) => context.offices.kinOf(id),
  },
  Polity: {
    ...officers,
    recognisedBy: ({ id }: Row, _: unknown, context: Context) => context.events.recognitionsOf(id),
  },
  Organization: officers,
  Group: officers,
});

export const Affiliation = {
  to: ({ to }: Row['affiliations'][number], _: unknown, context: Context) => context.actors.byId(to),
};
