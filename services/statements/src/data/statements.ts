import { badUserInput } from '@dossier/domain';
import {
  type Condition,
  type Connection,
  type DayFilter,
  inDays,
  inner,
  type KeysetList,
  type Link,
  linked,
  linkedAnyOf,
  linkedParent,
  own,
  ownAnyOf,
  ownParent,
} from '@dossier/pagination';
import { cached, type Reader, rowsById, rowsOfParents, type StoreDb, sql, valuesOf } from '@dossier/store';
import { type ListRequest, type Loaders, mapMaybePromise, pageOf } from '@dossier/subgraph-server';
import { eventStatement, statement, statementParty, statementTopic } from '../tables.js';
import { rankedPage } from './ranking.js';
import { type Search, searchFor } from './search.js';

/** Searches that it is known of how much they match: that takes counting. */
const SEARCHES_KEPT = 1000;

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
  const readSearches = cached((typed) => typed.map((text) => searchFor(db, text)), SEARCHES_KEPT) as Reader<Search>;
  return (loaders: Loaders) => {
    const byId = (id: string) => loaders('statement', readById).load(id);
    const page = async (
      given: StatementFilter | null | undefined,
      orderBy: StatementOrder,
      request: ListRequest,
      of?: Condition,
    ): Promise<StatementConnection> => {
      const ordered = { ...request, order: orderBy };
      const filter = given ?? {};
      const search =
        filter.search === null || filter.search === undefined
          ? null
          : await loaders('search', readSearches).load(filter.search);
      if (orderBy !== 'RELEVANCE')
        return Object.assign(await pageOf(db, loaders, statementList(filter, orderBy, search, of), ordered), {
          rankingIsBounded: null,
        });
      if (!search)
        throw badUserInput(
          'orderBy',
          'Order RELEVANCE was asked for without a search; expected "filter.search" beside it.',
        );
      return rankedPage(db, loaders, search, statementList(filter, 'TEXT', null, of), ordered);
    };
    return {
      byId,
      byIds: (ids: readonly string[]) => ids.map(byId),
      page,
      pageOfActor: (
        roles: string[],
        filter: StatementFilter | null | undefined,
        orderBy: StatementOrder,
        request: ListRequest,
      ) =>
        page(
          filter,
          orderBy,
          request,
          linkedParent(keyOf(orderBy), partyLink(orderBy), {
            argument: 'role',
            column: statementParty.role,
            values: roles,
          }),
        ),
      pageOfDocument: (filter: StatementFilter | null | undefined, orderBy: StatementOrder, request: ListRequest) =>
        page(filter, orderBy, request, ownParent(statement.documentId)),
      ofEvent: (event: string) =>
        mapMaybePromise(loaders('statementsOfEvent', readOfEvent).load(event), (rows) =>
          rows.map((row) => byId(row.statementId)),
        ),
      eventIdsOf: (id: string) =>
        mapMaybePromise(loaders('eventsOfStatement', readEventsOf).load(id), (rows) => rows.map((row) => row.eventId)),
      topics: (document: string | null | undefined) => {
        const ofDocument = document
          ? sql` where ${statementTopic.statementId} in (select ${statement.id} from ${statement} where ${statement.documentId} = ${document})`
          : sql``;
        const query = sql`select topic, count(*) as many from ${statementTopic}${ofDocument} group by topic order by many desc, topic`;
        return loaders.read(() => valuesOf(db, query).map(([topic, statementCount]) => ({ topic, statementCount })));
      },
    };
  };
}

const keyOf = (orderBy: StatementOrder) => (orderBy === 'SAID_ON' ? statement.saidKey : statement.textKey);

const partyLink = (orderBy: StatementOrder): Link => ({
  table: statementParty,
  id: statementParty.statementId,
  key: orderBy === 'SAID_ON' ? statementParty.saidKey : statementParty.textKey,
  column: statementParty.actorId,
});

const topicLink = (orderBy: StatementOrder): Link => ({
  table: statementTopic,
  id: statementTopic.statementId,
  key: orderBy === 'SAID_ON' ? statementTopic.saidKey : statementTopic.textKey,
  column: statementTopic.topic,
});

/** Statements that a filter leaves, in an order; those of a parent where `of` says which. */
function statementList(
  filter: StatementFilter,
  orderBy: StatementOrder,
  search: Search | null,
  of: Condition | undefined,
): KeysetList<typeof statement> {
  const key = keyOf(orderBy);
  const party = (role: string, actor: string | null | undefined) =>
    linked(key, partyLink(orderBy), actor, { argument: 'role', column: statementParty.role, values: [role] });
  return {
    table: statement,
    id: statement.id,
    key,
    by: [
      search?.rare?.(key),
      of,
      party('SPEAKER', filter.speaker),
      party('CANDIDATE', filter.candidate),
      party('IMPUTED_TO', filter.imputedTo),
      party('CARRIER', filter.carrier),
      party('ADDRESSEE', filter.addressee),
      party('SUBJECT', filter.subject),
      linkedAnyOf(key, topicLink(orderBy), 'filter.topic', filter.topic),
      ownAnyOf('filter.attribution', statement.status, filter.attribution),
      ownAnyOf('filter.modality', statement.modality, filter.modality),
      ownAnyOf('filter.kind', statement.kind, filter.kind),
      own(statement.documentId, filter.document),
      orderBy === 'SAID_ON' ? undefined : search?.common,
    ],
    where: [
      orderBy === 'SAID_ON' ? search?.test : undefined,
      ...inDays(filter, inner(statement.earliest), inner(statement.latest)),
    ],
  };
}
