import { firstIds, type KeysetList } from '@dossier/pagination';
import { queryValues, raw, type Sql, type StoreDb, sql } from '@dossier/store';
import type { Loaders, MaybePromise } from '@dossier/subgraph-server';
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
type ValuesQuery = (filter: FacetFilter) => Sql;

const columnFacet = (name: string): ValuesQuery => {
  const query = sql`select counted.${raw(name)} as value, counted.id from hits cross join ${statement} as counted on counted.id = hits.found_id`;
  return () => query;
};

const listFacet = (list: string, value = 'each.value'): ValuesQuery => {
  const query = sql`select ${raw(value)} as value, counted.id from hits cross join ${statement} as counted on counted.id = hits.found_id cross join json_each(${raw(list)}) as each`;
  return () => query;
};

const tagQuery = (value: Sql, test: Sql): Sql =>
  sql`select ${value} as value, ${statementTag.statementId} as id from hits cross join ${statementTag} on ${statementTag.statementId} = hits.found_id where ${test}`;

/** What follows a prefix in the tags that begin with it. */
const tagFacet = (prefix: string): Sql =>
  tagQuery(
    sql`substr(${statementTag.tag}, ${prefix.length + 1})`,
    sql`substr(${statementTag.tag}, 1, ${prefix.length}) = ${prefix}`,
  );

/** One part of the tags of links of which the other part is one of the given values: one link has both. */
const linkFacet = (part: 'relation' | 'confidence', others: readonly string[]): Sql => {
  const both = sql`substr(${statementTag.tag}, ${LINKED.length + 1})`;
  const relation = sql`substr(${both}, 1, instr(${both}, ' ') - 1)`;
  const confidence = sql`substr(${both}, instr(${both}, ' ') + 1)`;
  const [value, other] = part === 'relation' ? [relation, confidence] : [confidence, relation];
  return tagQuery(
    value,
    sql`substr(${statementTag.tag}, 1, ${LINKED.length}) = ${LINKED} and ${other} in (select value from json_each(${JSON.stringify(others)}))`,
  );
};

/** The filter of each facet, without which its values are counted, and the query for them. */
const FACETS = {
  speakers: ['speaker', listFacet("counted.attribution, '$.speakers'")],
  carriers: ['carrier', listFacet("counted.attribution, '$.relayChain'", "json_extract(each.value, '$.carrier')")],
  documents: ['document', columnFacet('document_id')],
  kinds: ['kind', columnFacet('kind')],
  modalities: ['modality', columnFacet('modality')],
  attributions: ['attribution', columnFacet('status')],
  topics: ['topic', listFacet('counted.topics')],
  statementRelations: ['statementRelation', () => tagFacet(TAGS.statementRelation)],
  provisionRelations: [
    'provisionRelation',
    ({ confidence }) => (confidence ? linkFacet('relation', confidence) : tagFacet(TAGS.provisionRelation)),
  ],
  confidences: [
    'confidence',
    ({ provisionRelation }) =>
      provisionRelation ? linkFacet('confidence', provisionRelation) : tagFacet(TAGS.confidence),
  ],
} satisfies Record<string, readonly [own: keyof FacetFilter, values: ValuesQuery]>;

type FacetName = keyof typeof FACETS;

/**
 * The facets of a list, for one parent. Each is counted without its own filter, so that it also has the values that could be chosen instead.
 * A facet counts at most the first MAX_COUNTED statements.
 */
export function facetsOf<Filter extends FacetFilter>(
  db: StoreDb,
  loaders: Loaders,
  listOf: (filter: Filter) => KeysetList<typeof statement>,
  filter: Filter,
  parent: string | null,
): Facets {
  const idsWithout = (own: keyof FacetFilter | null, limit: number) =>
    firstIds(listOf(own === null ? filter : { ...filter, [own]: null }), parent ?? '', limit);
  return {
    isBounded: () =>
      loaders.read(() => {
        // Without a filter of its own, a facet counts the list as it is.
        const own = Object.values(FACETS).flatMap(([name]) => (filter[name] ? [name] : []));
        return [null, ...own].some((name) => {
          const [[count = 0] = []] = queryValues(db, sql`select count(*) from (${idsWithout(name, MAX_COUNTED + 1)})`);
          return (count as number) > MAX_COUNTED;
        });
      }),
    count: (facet) =>
      loaders.read(() => {
        const [own, values] = FACETS[facet];
        return queryValues(
          db,
          sql`with hits as materialized (${idsWithout(own, MAX_COUNTED)}) select value, count(distinct id) as statement_count from (${values(filter)}) where value is not null group by value order by statement_count desc, value limit ${MAX_VALUES}`,
        ).map(([value, statementCount]) => ({ value, statementCount }) as ValueCount);
      }),
  };
}
