import { anyOf, type Connection, type DayFilter, equals, inDays, inner, type KeysetList, searchQuery } from '@dossier/connections';
import { badUserInput } from '@dossier/provenance';
import { rowsById, rowsOfParents, type StoreDb } from '@dossier/store';
import { type ListRequest, type Loaders, pageOf } from '@dossier/subgraph';
import { type SQL, sql } from 'drizzle-orm';
import { eventStatement, statement, statementParty, statementTopic } from '../tables.js';
import { rankedPage } from './ranking.js';

export type StatementRow = typeof statement.$inferSelect;

export type StatementOrder = 'TEXT' | 'SAID_ON' | 'RELEVANCE';

export interface StatementFilter extends DayFilter {
  document?: string | null;
  speaker?: string | null;
  candidate?: string | null;
  imputedTo?: string | null;
  carrier?: string | null;
  addressee?: string | null;
  subject?: string | null;
  attribution?: string[] | null;
  modality?: string[] | null;
  kind?: string[] | null;
  topic?: string[] | null;
  search?: string | null;
}

export type StatementConnection = Connection<StatementRow> & { rankingIsBounded: boolean | null };

/** Statements by id, in pages (all, an actor's, a document's), and of an event; and the topics that they are about. */
export function statementsSource(db: StoreDb) {
  const readById = rowsById(db, statement, statement.id);
  const readOfEvent = rowsOfParents(db, eventStatement, eventStatement.eventId, eventStatement.position);
  const readEventsOf = rowsOfParents(db, eventStatement, eventStatement.statementId, eventStatement.eventId);
  return (loaders: Loaders) => {
    const byId = (id: string) => loaders('statement', readById).load(id);
    const page = async (
      filter: StatementFilter | null | undefined,
      orderBy: StatementOrder,
      request: ListRequest,
      of: (parent: SQL) => SQL | undefined = () => undefined,
    ): Promise<StatementConnection> => {
      const ordered = { ...request, order: orderBy };
      const where = conditions(filter ?? {});
      if (orderBy !== 'RELEVANCE') {
        return { ...(await pageOf(db, loaders, statementList(orderBy, where, of), ordered)), rankingIsBounded: null };
      }
      const query = searchQuery(filter?.search ?? '');
      if (filter?.search === null || filter?.search === undefined) {
        throw badUserInput('orderBy', 'Order RELEVANCE was asked for without a search; expected "filter.search" beside it.');
      }
      const belongs = request.parent === null ? undefined : of(sql`${request.parent}`);
      const ranked = rankedPage(db, query, [belongs, ...where], ordered);
      if (ranked) return { ...ranked, rankingIsBounded: false };
      return { ...(await pageOf(db, loaders, statementList('TEXT', where, of), ordered)), rankingIsBounded: true };
    };
    return {
      byId,
      byIds: (ids: readonly string[]) => Promise.all(ids.map(byId)),
      page,
      pageOfActor: (roles: string[], filter: StatementFilter | null | undefined, orderBy: StatementOrder, request: ListRequest) => page(filter, orderBy, request, (actor) => plays(roles, actor)),
      pageOfDocument: (filter: StatementFilter | null | undefined, orderBy: StatementOrder, request: ListRequest) =>
        page(filter, orderBy, request, (document) => sql`${inner(statement.documentId)} = ${document}`),
      ofEvent: async (event: string) => Promise.all((await loaders('statementsOfEvent', readOfEvent).load(event)).map((row) => byId(row.statementId))),
      eventIdsOf: async (id: string) => (await loaders('eventsOfStatement', readEventsOf).load(id)).map((row) => row.eventId),
      topics: (document: string | null | undefined) => {
        const ofDocument = document ? sql` where ${statementTopic.statementId} in (select ${statement.id} from ${statement} where ${statement.documentId} = ${document})` : sql``;
        return db.all<{ topic: string; statementCount: number }>(sql`select topic, count(*) as statementCount from ${statementTopic}${ofDocument} group by topic order by statementCount desc, topic`);
      },
    };
  };
}

const statementList = (orderBy: 'TEXT' | 'SAID_ON', where: (SQL | undefined)[], of: (parent: SQL) => SQL | undefined): KeysetList<typeof statement> => ({
  table: statement,
  id: statement.id,
  key: orderBy === 'TEXT' ? statement.textKey : statement.saidKey,
  where: (parent) => [of(parent), ...where],
});

function conditions(filter: StatementFilter): (SQL | undefined)[] {
  const one = (role: string, actor: string | null | undefined): SQL | undefined => (actor ? plays([role], sql`${actor}`) : undefined);
  const topics = anyOf('filter.topic', sql`${statementTopic.topic}`, filter.topic);
  return [
    equals(inner(statement.documentId), filter.document),
    one('SPEAKER', filter.speaker),
    one('CANDIDATE', filter.candidate),
    one('IMPUTED_TO', filter.imputedTo),
    one('CARRIER', filter.carrier),
    one('ADDRESSEE', filter.addressee),
    one('SUBJECT', filter.subject),
    anyOf('filter.attribution', inner(statement.status), filter.attribution),
    anyOf('filter.modality', inner(statement.modality), filter.modality),
    anyOf('filter.kind', inner(statement.kind), filter.kind),
    topics && sql`${inner(statement.id)} in (select ${statementTopic.statementId} from ${statementTopic} where ${topics})`,
    found(filter.search),
    ...inDays(filter, inner(statement.earliest), inner(statement.latest)),
  ];
}

const plays = (roles: string[], actor: SQL): SQL =>
  sql`${inner(statement.id)} in (select ${statementParty.statementId} from ${statementParty} where ${statementParty.actorId} = ${actor} and ${anyOf('role', sql`${statementParty.role}`, roles)})`;

function found(search: string | null | undefined): SQL | undefined {
  if (search === null || search === undefined) return undefined;
  const query = searchQuery(search);
  return query === null ? sql`0` : sql`${inner(statement.id)} in (select statement_id from statement_search where statement_search match ${query})`;
}
