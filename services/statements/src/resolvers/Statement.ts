import { mapMaybePromise, referenceResolver, sourcedResolvers, stub, stubs } from '@dossier/subgraph-server';
import type { Context } from '../context.js';
import type {
  AttributionResolvers,
  HedgeResolvers,
  RelayHopResolvers,
  StatedNumberResolvers,
  StatementRelationResolvers,
  StatementResolvers,
} from '../generated/schema.js';

export const Statement = {
  ...sourcedResolvers,
  __resolveReference: referenceResolver((id, context: Context) => context.statements.byId(id)),
  document: ({ documentId }, _, context) => context.documents.byId(documentId),
  voice: ({ voiceId }) => stub(voiceId),
  addressees: ({ addressees }) => stubs(addressees),
  subjects: ({ subjects }) => stubs(subjects),
  quotations: ({ id }, _, context) => context.quotations.ofStatement(id),
  numbers: ({ id }, _, context) => context.readings.numbersOfStatement(id),
  events: ({ id }, _, context) => mapMaybePromise(context.statements.eventIdsOf(id), stubs),
  tensions: ({ id }, _, context) => context.readings.tensionsOfStatement(id),
  relations: ({ id }, { type }, context) => context.readings.relationsOf(id, type),
} satisfies StatementResolvers<Context>;

export const Attribution = {
  speakers: ({ speakers }) => stubs(speakers),
  candidates: ({ candidates }) => stubs(candidates),
  imputedTo: ({ imputedTo }) => stub(imputedTo),
  imputedBy: ({ imputedBy }) => stub(imputedBy),
} satisfies AttributionResolvers<Context>;

export const RelayHop = {
  carrier: ({ carrier }) => stub(carrier),
  work: ({ work }, _, context) => (work === null ? null : context.readings.work(work)),
} satisfies RelayHopResolvers<Context>;

export const Hedge = { citation: ({ citation }) => stub(citation) } satisfies HedgeResolvers<Context>;

export const StatementRelation = {
  other: ({ otherId }, _, context) => context.statements.byId(otherId),
} satisfies StatementRelationResolvers<Context>;

export const StatedNumber = {
  statement: ({ statementId }, _, context) => (statementId === null ? null : context.statements.byId(statementId)),
  citation: ({ citation }) => stub(citation),
} satisfies StatedNumberResolvers<Context>;
