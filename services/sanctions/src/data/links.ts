import { type Condition, eq, eqParent, inList, type KeysetList, oneOf, rowColumn } from '@dossier/pagination';
import { raw, rowsById, rowsOfParents, rowsOfParentsWhere, type StoreDb, sql } from '@dossier/store';
import { type ListRequest, type Loaders, loadConnection } from '@dossier/subgraph-server';
import { provisionLink } from '../tables.js';

export interface ProvisionLinkFilter {
  regime?: string | null;
  relation?: string[] | null;
  confidence?: string[] | null;
  hasProvision?: boolean | null;
}

/** Readings of how claims stand to provisions and regimes: by id, in pages, and of a statement. */
export function linksSource(db: StoreDb) {
  const readById = rowsById(db, provisionLink, provisionLink.id);
  const readOfStatement = rowsOfParents(db, provisionLink, provisionLink.statementId, provisionLink.id);
  const readOfStatementBy = (relation: string[]) =>
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
      ofStatement: (statement: string, relation: string[] | null | undefined) =>
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

const hasProvision = (asked: boolean | null | undefined) =>
  asked === null || asked === undefined
    ? undefined
    : sql`${rowColumn(provisionLink.provisionId)} ${raw(asked ? 'is not null' : 'is null')}`;
