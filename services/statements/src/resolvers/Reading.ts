import { mapMaybePromise, referenceResolver, sourcedResolvers, stub } from '@dossier/subgraph-server';
import type { Context } from '../context.js';
import type { CautionResolvers, TensionResolvers, WorkResolvers } from '../generated/schema.js';

export const Tension = {
  ...sourcedResolvers,
  __resolveReference: referenceResolver((id, context: Context) => context.readings.tension(id)),
  documents: ({ id }, _, context) =>
    mapMaybePromise(context.readings.documentIdsOfTension(id), (ids) => ids.map(context.documents.byId)),
  statements: ({ id }, _, context) =>
    mapMaybePromise(context.readings.statementIdsOfTension(id), context.statements.byIds),
} satisfies TensionResolvers<Context>;

export const Caution = {
  ...sourcedResolvers,
  __resolveReference: referenceResolver((id, context: Context) => context.readings.caution(id)),
} satisfies CautionResolvers<Context>;

export const Work = {
  ...sourcedResolvers,
  __resolveReference: referenceResolver((id, context: Context) => context.readings.work(id)),
  maker: ({ makerId }) => stub(makerId),
} satisfies WorkResolvers<Context>;
