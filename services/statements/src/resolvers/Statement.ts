import { mapMaybePromise, referenceResolver, sourcedResolvers, stub, stubs } from '@dossier/subgraph-server';
import type { Context } from '../context.js';
import type { StatementRow } from '../data/statements.js';
import type {
  Attribution as AttributionRow,
  Hedge as HedgeRow,
  RelayHop as RelayHopRow,
  statedNumber,
  statementRelation,
} from '../tables.js';

type NumberRow = typeof statedNumber.$inferSelect;
type RelationRow = typeof statementRelation.$inferSelect;

export const Statement = {
  ...sourcedResolvers,
  __resolveReference: referenceResolver<Context>((id, context) => context.statements.byId(id)),
  document: ({ documentId }: StatementRow, _: unknown, context: Context) => context.documents.byId(documentId),
  voice: ({ voiceId }: StatementRow) => stub(voiceId),
  addressees: ({ addressees }: StatementRow) => stubs(addressees),
  subjects: ({ subjects }: StatementRow) => stubs(subjects),
  quotations: ({ id }: StatementRow, _: unknown, context: Context) => context.quotations.ofStatement(id),
  numbers: ({ id }: StatementRow, _: unknown, context: Context) => context.readings.numbersOfStatement(id),
  events: ({ id }: StatementRow, _: unknown, context: Context) =>
    mapMaybePromise(context.statements.eventIdsOf(id), stubs),
  tensions: ({ id }: StatementRow, _: unknown, context: Context) => context.readings.tensionsOfStatement(id),
  relations: ({ id }: StatementRow, { type }: { type?: string[] | null }, context: Context) =>
    context.readings.relationsOf(id, type),
};

export const Attribution = {
  speakers: ({ speakers }: AttributionRow) => stubs(speakers),
  candidates: ({ candidates }: AttributionRow) => stubs(candidates),
  imputedTo: ({ imputedTo }: AttributionRow) => stub(imputedTo),
  imputedBy: ({ imputedBy }: AttributionRow) => stub(imputedBy),
};

export const RelayHop = {
  carrier: ({ carrier }: RelayHopRow) => stub(carrier),
  work: ({ work }: RelayHopRow, _: unknown, context: Context) => (work === null ? null : context.readings.work(work)),
};

export const Hedge = { citation: ({ citation }: HedgeRow) => stub(citation) };

export const StatementRelation = {
  other: ({ otherId }: RelationRow, _: unknown, context: Context) => context.statements.byId(otherId),
};

export const StatedNumber = {
  statement: ({ statementId }: NumberRow, _: unknown, context: Context) =>
    statementId === null ? null : context.statements.byId(statementId),
  citation: ({ citation }: NumberRow) => stub(citation),
};
