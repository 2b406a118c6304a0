import { anyOf, equals, inner, type KeysetList } from '@dossier/connections';
import { rowsById, type StoreDb } from '@dossier/store';
import { type ListRequest, type Loaders, pageOf } from '@dossier/subgraph';
import { type SQL, sql } from 'drizzle-orm';
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
  const readOfStatement = (relation: string[] | null | undefined) => {
    const where = anyOf('relation', sql`${provisionLink.relation}`, relation);
    return (statements: readonly string[]) => {
      const rows = db
        .select()
        .from(provisionLink)
        .where(sql`${provisionLink.statementId} in (select value from json_each(${JSON.stringify(statements)}))${where ? sql` and ${where}` : sql``}`)
        .orderBy(provisionLink.id)
        .all();
      return statements.map((statement) => rows.filter(({ statementId }) => statementId === statement));
    };
  };
  return (loaders: Loaders) => {
    const page = (filter: ProvisionLinkFilter | null | undefined, request: ListRequest, of: (parent: SQL) => SQL | undefined = () => undefined) =>
      pageOf(db, loaders, linkList(filter ?? {}, of), request);
    return {
      byId: (id: string) => loaders('link', readById).load(id),
      page,
      pageOfRegime: (filter: ProvisionLinkFilter | null | undefined, request: ListRequest) => page(filter, request, (regime) => sql`${inner(provisionLink.regimeId)} = ${regime}`),
      pageOfProvision: (filter: ProvisionLinkFilter | null | undefined, request: ListRequest) => page(filter, request, (provision) => sql`${inner(provisionLink.provisionId)} = ${provision}`),
      ofStatement: (statement: string, relation: string[] | null | undefined) => loaders(`linksOfStatement ${JSON.stringify(relation ?? null)}`, readOfStatement(relation)).load(statement),
    };
  };
}

const linkList = (filter: ProvisionLinkFilter, of: (parent: SQL) => SQL | undefined): KeysetList<typeof provisionLink> => {
  const provision = inner(provisionLink.provisionId);
  const where = [
    equals(inner(provisionLink.regimeId), filter.regime),
    anyOf('filter.relation', inner(provisionLink.relation), filter.relation),
    anyOf('filter.confidence', inner(provisionLink.confidence), filter.confidence),
    filter.hasProvision === null || filter.hasProvision === undefined ? undefined : filter.hasProvision ? sql`${provision} is not null` : sql`${provision} is null`,
  ];
  return { table: provisionLink, id: provisionLink.id, key: provisionLink.id, where: (parent) => [of(parent), ...where] };
};
