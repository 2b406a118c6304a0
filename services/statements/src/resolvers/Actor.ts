import type { PageArgs } from '@dossier/pagination';
import { actorResolvers, type Identified, referenceResolver } from '@dossier/subgraph-server';
import type { Context } from '../context.js';
import type { MentionFilter } from '../data/mentions.js';
import type { StatementArgs } from './Query.js';

const mentions =
  (coordinate: string) =>
  ({ id }: Identified, { document, form, ...args }: PageArgs & MentionFilter, context: Context) =>
    context.mentions.pageOf(
      { document: document ?? null, form: form ?? null },
      { coordinate, parent: id, filter: { document, form }, args },
    );

export const actorTypes = actorResolvers<Context>((id, context) => context.known.byId(id), {
  mentions: mentions('Actor.mentions'),
  statements: (
    { id }: Identified,
    { role, filter, orderBy, ...args }: StatementArgs & { role: string[] },
    context: Context,
  ) =>
    context.statements.pageOfActor(role, filter, orderBy, {
      coordinate: 'Actor.statements',
      parent: id,
      filter: { ...filter, role },
      args,
    }),
});

export const Place = {
  __resolveReference: referenceResolver<Context>((id, context) => context.known.byId(id)),
  mentions: mentions('Place.mentions'),
};

export const Event = {
  __resolveReference: referenceResolver<Context>((id, context) => context.known.byId(id)),
  statements: ({ id }: Identified, _: unknown, context: Context) => context.statements.ofEvent(id),
};
