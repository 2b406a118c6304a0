import { badUserInput } from '@dossier/domain';
import {
  type Condition,
  eq,
  eqParent,
  inDays,
  inList,
  joinedBy,
  joinedByAny,
  joinedToParent,
  type KeysetList,
  type Link,
  rowColumn,
} from '@dossier/pagination';
import { type CachedReader, cacheReads, queryValues, rowsById, rowsOfParents, type StoreDb, sql } from '@dossier/store';
import { type ListRequest, type Loaders, loadConnection, mapMaybePromise, mergedIds } from '@dossier/subgraph-server';
import type { StatementFilter, StatementOrder, StatementRole, TopicCount } from '../generated/schema.js';
import type { StatementConnectionMapper } from '../schema.mappers.js';
import { eventStatement, statement, statementParty, statementTopic } from '../tables.js';
import { rankedPage } from './ranking.js';
import { type Search, searchFor } from './search.js';

/** Prepared searches in the cache; preparing one counts its matches. */
const MAX_CACHED_SEARCHES = 1000;

const PARTY_FILTERS = ['speaker', 'candidate', 'imputedTo', 'carrier', 'addressee', 'subject'] as const;

/** Statements: by id, in pages (all, those of an actor or a document) and of an event; and their topics. */
export function statementsSource(db: StoreDb) {
  const readById = rowsById(db, statement, statement.id);
  const readOfEvent = rowsOfParents(db, eventStatement, eventStatement.eventId, eventStatement.position);
  const readEventsOf = rowsOfParents(db, eventStatement, eventStatement.statementId, eventStatement.eventId);
  const readSearches = cacheReads(
    (texts) => texts.map((text) => searchFor(db, text)),
    MAX_CACHED_SEARCHES,
  ) as CachedReader<Search>;
  const merged = mergedIds(db);
  return (loaders: Loaders) => {
    const byId = (id: string) => loaders('statement', readById).load(id);
    const page = async (
      filter: StatementFilter | null | undefined,
      orderBy: StatementOrder,
      request: ListRequest,
      of?: Condition,
    ): Promise<StatementConnectionMapper> => {
      const ordered = { ...request, order: orderBy };
      const text = filter?.search ?? null;
      const search = text === null ? null : await loaders('search', readSearches).load(text);
      const listIn = (order: StatementOrder, by: Search | null) =>
        statementList(merged.inFilter(filter, ...PARTY_FILTERS), order, by, of);
      if (orderBy !== 'RELEVANCE')
        return Object.assign(await loadConnection(db, loaders, listIn(orderBy, search), ordered), {
          rankingIsBounded: null,
        });
      if (!search)
        throw badUserInput(
          'orderBy',
          'Argument "orderBy" is RELEVANCE without a search; expected "filter.search" as well.',
        );
      return rankedPage(db, loaders, search, listIn('TEXT', null), ordered);
    };
    return {
      byId,
      byIds: (ids: readonly string[]) => ids.map(byId),
      page,
      pageOfActor: (
        roles: StatementRole[],
        filter: StatementFilter | null | undefined,
        orderBy: StatementOrder,
        request: ListRequest,
      ) =>
        page(
          filter,
          orderBy,
          request,
          joinedToParent(keyOf(orderBy), partyLink(orderBy), {
            argument: 'role',
            column: statementParty.role,
            values: roles,
          }),
        ),
      pageOfDocument: (filter: StatementFilter | null | undefined, orderBy: StatementOrder, request: ListRequest) =>
        page(filter, orderBy, request, eqParent(statement.documentId)),
      ofEvent: (event: string) =>
        mapMaybePromise(loaders('statementsOfEvent', readOfEvent).load(event), (rows) =>
          rows.map((row) => byId(row.statementId)),
        ),
      eventIdsOf: (id: string) =>
        mapMaybePromise(loaders('eventsOfStatement', readEventsOf).load(id), (rows) => rows.map((row) => row.eventId)),
      /** Topics of all statements or of one document's, the most frequent first. */
      topics: (document: string | null | undefined) => {
        const ofDocument = document
          ? sql` where ${statementTopic.statementId} in (select ${statement.id} from ${statement} where ${statement.documentId} = ${document})`
          : sql``;
        const query = sql`select topic, count(*) as statement_count from ${statementTopic}${ofDocument} group by topic order by statement_count desc, topic`;
        return loaders.read(() =>
          queryValues(db, query).map(([topic, statementCount]) => ({ topic, statementCount }) as TopicCount),
        );
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

/** The statements that match a filter, in an order; `of` restricts them to those of a parent. */
function statementList(
  filter: StatementFilter,
  orderBy: StatementOrder,
  search: Search | null,
  of: Condition | undefined,
): KeysetList<typeof statement> {
  const key = keyOf(orderBy);
  const party = (role: StatementRole, actor: string | null | undefined) =>
    joinedBy(key, partyLink(orderBy), actor, { argument: 'role', column: statementParty.role, values: [role] });
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
      joinedByAny(key, topicLink(orderBy), 'filter.topic', filter.topic),
      inList('filter.attribution', statement.status, filter.attribution),
      inList('filter.modality', statement.modality, filter.modality),
      inList('filter.kind', statement.kind, filter.kind),
      eq(statement.documentId, filter.document),
      orderBy === 'SAID_ON' ? undefined : search?.common,
    ],
    where: [
      orderBy === 'SAID_ON' ? search?.test : undefined,
      ...inDays(filter, rowColumn(statement.earliest), rowColumn(statement.latest)),
    ],
  };
}
