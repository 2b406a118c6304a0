import { type Condition, eq, eqParent, inList, type KeysetList } from '@dossier/pagination';
import { type ReadDb, rowsById, rowsOfParents } from '@dossier/store';
import { type ListRequest, type Loaders, loadConnection, mapMaybePromise, mergedIds } from '@dossier/subgraph-server';
import type { QuotationFilter } from '../generated/schema.js';
import { quotation, quotationStatement } from '../tables.js';

/** Quotations: by id, in pages in order of the text, and of a statement; and the statements of a quotation. */
export function quotationsSource(db: ReadDb) {
  const readById = rowsById(db, quotation, quotation.id);
  const readOfStatement = rowsOfParents(
    db,
    quotationStatement,
    quotationStatement.statementId,
    quotationStatement.quotationKey,
  );
  const readStatementsOf = rowsOfParents(
    db,
    quotationStatement,
    quotationStatement.quotationId,
    quotationStatement.position,
  );
  const merged = mergedIds(db);
  return (loaders: Loaders) => {
    const byId = (id: string) => loaders('quotation', readById).load(id);
    const page = (filter: QuotationFilter | null | undefined, request: ListRequest, of?: Condition) =>
      loadConnection(db, loaders, quotationList(merged.inFilter(filter, 'speaker'), of), request);
    return {
      byId,
      page,
      pageOfDocument: (filter: QuotationFilter | null | undefined, request: ListRequest) =>
        page(filter, request, eqParent(quotation.documentId)),
      ofStatement: (id: string) =>
        mapMaybePromise(loaders('quotationsOfStatement', readOfStatement).load(id), (rows) =>
          rows.map((row) => byId(row.quotationId)),
        ),
      statementIdsOf: (id: string) =>
        mapMaybePromise(loaders('statementsOfQuotation', readStatementsOf).load(id), (rows) =>
          rows.map((row) => row.statementId),
        ),
    };
  };
}

const quotationList = (filter: QuotationFilter, of: Condition | undefined): KeysetList<typeof quotation> => ({
  table: quotation,
  id: quotation.id,
  key: quotation.textKey,
  by: [
    of,
    eq(quotation.speakerId, filter.speaker),
    inList('filter.kind', quotation.kind, filter.kind),
    eq(quotation.documentId, filter.document),
  ],
});
