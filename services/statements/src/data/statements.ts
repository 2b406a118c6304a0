import { badUserInput } from '@dossier/domain';
import {
  type Condition,
  type Connection,
  type DateColumns,
  eq,
  eqParent,
  inList,
  inPeriod,
  joinedBy,
  joinedByAny,
  joinedToParent,
  type KeysetList,
  type Link,
  oneOf,
} from '@dossier/pagination';
import { type IdInKey, idInKey, queryValues, type ReadDb, raw, rowsById, rowsOfParents, sql } from '@dossier/store';
import { type ListRequest, type Loaders, loadConnection, mapMaybePromise, mergedIds } from '@dossier/subgraph-server';
import type { AnySQLiteColumn } from 'drizzle-orm/sqlite-core';
import type { StatementFilter, StatementOrder, StatementRole, TopicCount } from '../generated/schema.js';
import type { StatementConnectionMapper } from '../schema.mappers.js';
import {
  eventStatement,
  linkTag,
  relationTag,
  statement,
  statementIdInSaidKey,
  statementIdInTextKey,
  statementPartySaid,
  statementPartyText,
  statementTag,
  statementTopic,
} from '../tables.js';
import { facetsOf } from './facets.js';
import { matchesOf } from './matches.js';
import { rankedPage } from './ranking.js';
import { type Search, STATEMENTS, searchReader } from './search.js';

const PARTY_FILTERS = ['speaker', 'candidate', 'imputedTo', 'carrier', 'addressee', 'subject'] as const;

/** Statements: by id, in pages (all, those of an actor or a document) and of an event; and their topics. */
export function statementsSource(db: ReadDb) {
  const readById = rowsById(db, statement, statement.id);
  const readOfEvent = rowsOfParents(db, eventStatement, eventStatement.eventId, eventStatement.position);
  const readEventsOf = rowsOfParents(db, eventStatement, eventStatement.statementId, eventStatement.eventId);
  const readSearches = searchReader(db, STATEMENTS);
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
      const wanted = merged.inFilter(filter, ...PARTY_FILTERS);
      const listIn = (order: StatementOrder, by: Search | null) => statementList(wanted, order, by, of);
      const withParts = <Rows extends Connection<typeof statement.$inferSelect>, Parts extends object>(
        connection: Rows,
        parts: Parts,
      ) =>
        Object.assign(connection, parts, {
          facets: facetsOf(db, loaders, (others) => statementList(others, 'TEXT', search, of), wanted, request.parent),
          matches: matchesOf(db, loaders, connection, search),
        });
      if (orderBy !== 'RELEVANCE')
        return withParts(await loadConnection(db, loaders, listIn(orderBy, search), ordered), {
          rankingIsBounded: null,
        });
      if (!search)
        throw badUserInput(
          'orderBy',
          'Argument "orderBy" is RELEVANCE without a search; expected "filter.search" as well.',
        );
      return withParts(await rankedPage(db, loaders, search, listIn('TEXT', null), ordered), {});
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
            column: partyLink(orderBy).role,
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
          mapMaybePromise(queryValues(db, query), (rows) =>
            rows.map(([topic, statementCount]) => ({ topic, statementCount }) as TopicCount),
          ),
        );
      },
    };
  };
}

const keyOf = (orderBy: StatementOrder) => (orderBy === 'SAID_ON' ? statement.saidKey : statement.textKey);

const SAID: DateColumns = {
  id: statement.id,
  key: statement.saidKey,
  length: statement.spanLength,
  earliest: statement.earliest,
  latest: statement.latest,
};

/** The table of parties in an order. */
const partyLinkOf = (
  table: typeof statementPartyText | typeof statementPartySaid,
  idInTable: IdInKey,
): Link & { role: AnySQLiteColumn } => ({
  table,
  id: idInKey(idInTable),
  rowId: statement.id,
  key: idInTable.key,
  column: table.actorId,
  role: table.role,
});
const PARTIES_IN_TEXT = partyLinkOf(statementPartyText, statementIdInTextKey);
const PARTIES_IN_TIME = partyLinkOf(statementPartySaid, statementIdInSaidKey);

const partyLink = (orderBy: StatementOrder) => (orderBy === 'SAID_ON' ? PARTIES_IN_TIME : PARTIES_IN_TEXT);

const topicLink = (orderBy: StatementOrder): Link => ({
  table: statementTopic,
  id: statementTopic.statementId,
  rowId: statement.id,
  key: orderBy === 'SAID_ON' ? statementTopic.saidKey : statementTopic.textKey,
  column: statementTopic.topic,
});

const tagLink = (orderBy: StatementOrder): Link => ({
  table: statementTag,
  id: statementTag.statementId,
  rowId: statement.id,
  key: orderBy === 'SAID_ON' ? statementTag.saidKey : statementTag.textKey,
  column: statementTag.tag,
});

/** Statements with a link that has one of the relations and one of the levels of confidence. No condition if both are null. */
function linkedBy(orderBy: StatementOrder, { provisionRelation, confidence }: StatementFilter): Condition | undefined {
  // Validates each list by itself, so that an error names it.
  const relations = provisionRelation ?? [null];
  const levels = confidence ?? [null];
  oneOf('filter.provisionRelation', raw(''), provisionRelation);
  oneOf('filter.confidence', raw(''), confidence);
  if (!provisionRelation && !confidence) return undefined;
  const tags = relations.flatMap((relation) => levels.map((level) => linkTag(relation, level)));
  return joinedByAny(keyOf(orderBy), tagLink(orderBy), 'filter.provisionRelation', tags);
}

/** The statements that match a filter, in an order; `of` restricts them to those of a parent. */
function statementList(
  filter: StatementFilter,
  orderBy: StatementOrder,
  search: Search | null,
  of: Condition | undefined,
): KeysetList<typeof statement> {
  const key = keyOf(orderBy);
  const party = (role: StatementRole, actor: string | null | undefined) =>
    joinedBy(key, partyLink(orderBy), actor, { argument: 'role', column: partyLink(orderBy).role, values: [role] });
  return {
    table: statement,
    id: statement.id,
    key,
    by: [
      search?.rare?.(key),
      of,
      // A document is one text, which has fewer statements than many a speaker or a topic.
      eq(statement.documentId, filter.document),
      party('SPEAKER', filter.speaker),
      party('CANDIDATE', filter.candidate),
      party('IMPUTED_TO', filter.imputedTo),
      party('CARRIER', filter.carrier),
      party('ADDRESSEE', filter.addressee),
      party('SUBJECT', filter.subject),
      linkedBy(orderBy, filter),
      joinedByAny(key, tagLink(orderBy), 'filter.statementRelation', filter.statementRelation?.map(relationTag)),
      joinedByAny(key, topicLink(orderBy), 'filter.topic', filter.topic),
      inPeriod(SAID, filter, orderBy === 'SAID_ON'),
      inList('filter.attribution', statement.status, filter.attribution),
      inList('filter.modality', statement.modality, filter.modality),
      inList('filter.kind', statement.kind, filter.kind),
      orderBy === 'SAID_ON' ? undefined : search?.common,
    ],
    where: [orderBy === 'SAID_ON' ? search?.test : undefined],
  };
}
