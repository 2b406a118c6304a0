import { type Condition, eq, eqParent, inList, type KeysetList, oneOf, rowColumn } from '@dossier/pagination';
import { type ReadDb, raw, rowsById, rowsOfParents, rowsOfParentsWhere, sql } from '@dossier/store';
import { type ListRequest, type Loaders, loadConnection } from '@dossier/subgraph-server';
import type { ProvisionLinkFilter, ProvisionRelation } from '../generated/schema.js';
import { provisionLink } from '../tables.js';

/** Links from statements to provisions and regimes: by id, in pages (all, those of a regime or a provision), and of a statement. */
export function linksSource(db: ReadDb) {
  const readById = rowsById(db, provisionLink, provisionLink.id);
  const readOfStatement = rowsOfParents(db, provisionLink, provisionLink.statementId, provisionLink.id);
  const readOfStatementBy = (relation: ProvisionRelation[]) =>
    rowsOfParentsWhere(
      db,
      provisionLink,
      provisionLink.statementId,
      oneOf('relation', sql`${provisionLink.relation}`, relation),
      provisionLink.id,
    );
  return (loaders: Loaders) => {
    const page = (filter: ProvisionLinkFilter | null | undefined, request: ListRequest, of?: Condition) =>
      loadConnection(db, loaders, linkList(filter ?? {}, of), request);
    return {
      byId: (id: string) => loaders('link', readById).load(id),
      page,
      pageOfRegime: (filter: ProvisionLinkFilter | null | undefined, request: ListRequest) =>
        page(filter, request, eqParent(provisionLink.regimeId)),
      pageOfProvision: (filter: ProvisionLinkFilter | null | undefined, request: ListRequest) =>
        page(filter, request, eqParent(provisionLink.provisionId)),
      ofStatement: (statement: string, relation: ProvisionRelation[] | null | undefined) =>
        relation
          ? loaders(`linksOfStatement ${JSON.stringify(relation)}`, readOfStatementBy(relation)).load(statement)
          : loaders('linksOfStatement', readOfStatement).load(statement),
    };
  };
}

const linkList = (filter: ProvisionLinkFilter, of: Condition | undefined): KeysetList<typeof provisionLink> => ({
  table: provisionLink,
  id: provisionLink.id,
  key: provisionLink.id,
  by: [
    of,
    eq(provisionLink.regimeId, filter.regime),
    inList('filter.relation', provisionLink.relation, filter.relation),
    inList('filter.confidence', provisionLink.confidence, filter.confidence),
  ],
  where: [hasProvision(filter.hasProvision)],
});

/** Whether a link names a provision, or only a regime. No condition if `expected` is null. */
const hasProvision = (expected: boolean | null | undefined) =>
  expected === null || expected === undefined
    ? undefined
    : sql`${rowColumn(provisionLink.provisionId)} ${raw(expected ? 'is not null' : 'is null')}`;
