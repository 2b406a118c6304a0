import { firstIds, type KeysetList } from '@dossier/pagination';
import { type Dialect, dialectOf, queryValues, type ReadDb, raw, type Sql, sql } from '@dossier/store';
import { type Loaders, type MaybePromise, mapMaybePromise } from '@dossier/subgraph-server';
import { LINKED, statement, statementTag, TAGS } from '../tables.js';

/** Statements up to which facets count a list. */
const MAX_COUNTED = 10_000;
/** Values that a facet returns, the most frequent ones. */
const MAX_VALUES = 20;

/** A value and the number of statements that have it. */
export interface ValueCount {
  value: string;
  statementCount: number;
}

/** Counts the values of a list's statements. Each function runs one query, when it is called. */
export interface Facets {
  isBounded: () => MaybePromise<boolean>;
  count: (facet: FacetName) => MaybePromise<ValueCount[]>;
}

/** The filters that facets have as their own. */
type FacetFilter = Partial<
  Record<'speaker' | 'carrier' | 'document', string | null> &
    Record<
      'kind' | 'modality' | 'attribution' | 'topic' | 'statementRelation' | 'provisionRelation' | 'confidence',
      readonly string[] | null
    >
>;

/** A query for pairs of value and statement. It may depend on other filters of the list. */
type ValuesQuery = (filter: FacetFilter, dialect: Dialect) => Sql;

const columnFacet = (name: string): ValuesQuery => {
  const query = sql`select counted.${raw(name)} as value, counted.id from hits cross join ${statement} as counted on counted.id = hits.found_id`;
  return () => query;
};

/** A facet of values within JSON: the value of an item, and the items, by dialect. */
const itemFacet = (by: Record<Dialect, [value: string, items: string]>): ValuesQuery => {
  const queryOf = ([value, items]: [string, string]) =>
    sql`select ${raw(value)} as value, counted.id from hits cross join ${statement} as counted on counted.id = hits.found_id cross join ${raw(items)} as each on true`;
  const queries = { sqlite: queryOf(by.sqlite), postgres: queryOf(by.postgres) };
  return (_, dialect) => queries[dialect];
};

const SPEAKERS = itemFacet({
  sqlite: ['each.value', "json_each(counted.attribution, '$.speakers')"],
  postgres: ['each.value collate "C"', "json_array_elements_text(counted.attribution::json -> 'speakers')"],
});

const CARRIERS = itemFacet({
  sqlite: ["json_extract(each.value, '$.carrier')", "json_each(counted.attribution, '$.relayChain')"],
  postgres: [
    `(each.value ->> 'carrier') collate "C"`,
    "json_array_elements(counted.attribution::json -> 'relayChain')",
  ],
});

const TOPICS = itemFacet({
  sqlite: ['each.value', 'json_each(counted.topics)'],
  postgres: ['each.value collate "C"', 'json_array_elements_text(counted.topics::json)'],
});

const tagQuery = (value: Sql, test: Sql): Sql =>
  sql`select ${value} as value, ${statementTag.statementId} as id from hits cross join ${statementTag} on ${statementTag.statementId} = hits.found_id where ${test}`;

/** What follows a prefix in the tags that begin with it. */
const tagFacet = (prefix: string): Sql =>
  tagQuery(
    sql`substr(${statementTag.tag}, ${prefix.length + 1})`,
    sql`substr(${statementTag.tag}, 1, ${prefix.length}) = ${prefix}`,
  );

/** One part of the tags of links of which the other part is one of the given values: one link has both. */
const linkFacet = (part: 'relation' | 'confidence', others: readonly string[], dialect: Dialect): Sql => {
  const both = sql`substr(${statementTag.tag}, ${LINKED.length + 1})`;
  const space = sql`${raw(dialect === 'sqlite' ? 'instr' : 'strpos')}(${both}, ' ')`;
  const relation = sql`substr(${both}, 1, ${space} - 1)`;
  const confidence = sql`substr(${both}, ${space} + 1)`;
  const [value, other] = part === 'relation' ? [relation, confidence] : [confidence, relation];
  return tagQuery(
    value,
    sql`substr(${statementTag.tag}, 1, ${LINKED.length}) = ${LINKED} and ${other} = any_of(${others})`,
  );
};

/** The filter of each facet, without which its values are counted, and the query for them. */
const FACETS = {
  speakers: ['speaker', SPEAKERS],
  carriers: ['carrier', CARRIERS],
  documents: ['document', columnFacet('document_id')],
  kinds: ['kind', columnFacet('kind')],
  modalities: ['modality', columnFacet('modality')],
  attributions: ['attribution', columnFacet('status')],
  topics: ['topic', TOPICS],
  statementRelations: ['statementRelation', () => tagFacet(TAGS.statementRelation)],
  provisionRelations: [
    'provisionRelation',
    ({ confidence }, dialect) =>
      confidence ? linkFacet('relation', confidence, dialect) : tagFacet(TAGS.provisionRelation),
  ],
  confidences: [
    'confidence',
    ({ provisionRelation }, dialect) =>
      provisionRelation ? linkFacet('confidence', provisionRelation, dialect) : tagFacet(TAGS.confidence),
  ],
} satisfies Record<string, readonly [own: keyof FacetFilter, values: ValuesQuery]>;

type FacetName = keyof typeof FACETS;

/**
 * The facets of a list, for one parent. Each is counted without its own filter, so that it also has the values that could be chosen instead.
 * A facet counts at most the first MAX_COUNTED statements.
 */
export function facetsOf<Filter extends FacetFilter>(
  db: ReadDb,
  loaders: Loaders,
  listOf: (filter: Filter) => KeysetList<typeof statement>,
  filter: Filter,
  parent: string | null,
): Facets {
  const idsWithout = (own: keyof FacetFilter | null, limit: number) =>
    firstIds(listOf(own === null ? filter : { ...filter, [own]: null }), parent ?? '', limit);
  const isLong = (own: keyof FacetFilter | null): MaybePromise<boolean> =>
    mapMaybePromise(
      queryValues(db, sql`select count(*) from (${idsWithout(own, MAX_COUNTED + 1)}) as hits`),
      ([[count = 0] = []]) => (count as number) > MAX_COUNTED,
    );
  const isAnyLong = ([own, ...rest]: (keyof FacetFilter | null)[]): MaybePromise<boolean> =>
    own === undefined ? false : mapMaybePromise(isLong(own), (found) => found || isAnyLong(rest));
  return {
    isBounded: () =>
      loaders.read(() => {
        // Without a filter of its own, a facet counts the list as it is.
        const own = Object.values(FACETS).flatMap(([name]) => (filter[name] ? [name] : []));
        return isAnyLong([null, ...own]);
      }),
    count: (facet) =>
      loaders.read(() => {
        const [own, values] = FACETS[facet];
        const dialect = dialectOf(db);
        const found = sql`(${values(filter, dialect)}) as found where value is not null`;
        // PostgreSQL counts distinct ids in sorted rows only, and its planner, which must not sort, would join in the order of the values.
        const counted =
          dialect === 'sqlite'
            ? sql`select value, count(distinct id) as statement_count from ${found}`
            : sql`select value, count(*) as statement_count from (select distinct value, id from ${found}) as counted`;
        const query = sql`with hits as materialized (${idsWithout(own, MAX_COUNTED)}) ${counted} group by value order by statement_count desc, value limit ${MAX_VALUES}`;
        return mapMaybePromise(queryValues(db, query), (rows) =>
          rows.map(([value, statementCount]) => ({ value, statementCount }) as ValueCount),
        );
      }),
  };
}
