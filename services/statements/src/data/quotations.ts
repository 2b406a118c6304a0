import { anyOf, equals, inner, type KeysetList } from '@dossier/connections';
import { rowsById, rowsOfParents, type StoreDb } from '@dossier/store';
import { type ListRequest, type Loaders, pageOf } from '@dossier/subgraph';
import { type SQL, sql } from 'drizzle-orm';
import { quotation, quotationStatement } from '../tables.js';

export interface QuotationFilter {
  document?: string | null;
  speaker?: string | null;
  kind?: string[] | null;
}

/** Quotations by id, in pages in order of the text, and of a statement; and the statements of a quotation. */
export function quotationsSource(db: StoreDb) {
  const readById = rowsById(db, quotation, quotation.id);
  const readOfStatement = rowsOfParents(db, quotationStatement, quotationStatement.statementId, quotationStatement.quotationKey);
  const readStatementsOf = rowsOfParents(db, quotationStatement, quotationStatement.quotationId, quotationStatement.position);
  return (loaders: Loaders) => {
    const byId = (id: string) => loaders('quotation', readById).load(id);
    const page = (filter: QuotationFilter | null | undefined, request: ListRequest, of: (parent: SQL) => SQL | undefined = () => undefined) =>
      pageOf(db, loaders, quotationList(filter ?? {}, of), request);
    return {
      byId,
      page,
      pageOfDocument: (filter: QuotationFilter | null | undefined, request: ListRequest) => page(filter, request, (document) => sql`${inner(quotation.documentId)} = ${document}`),
      ofStatement: async (id: string) => Promise.all((await loaders('quotationsOfStatement', readOfStatement).load(id)).map((row) => byId(row.quotationId))),
      statementIdsOf: async (id: string) => (await loaders('statementsOfQuotation', readStatementsOf).load(id)).map((row) => row.statementId),
    };
  };
}

const quotationList = (filter: QuotationFilter, of: (parent: SQL) => SQL | undefined): KeysetList<typeof quotation> => {
  const where = [equals(inner(quotation.documentId), filter.document), equals(inner(quotation.speakerId), filter.speaker), anyOf('filter.kind', inner(quotation.kind), filter.kind)];
  return { table: quotation, id: quotation.id, key: quotation.textKey, where: (parent) => [of(parent), ...where] };
};
