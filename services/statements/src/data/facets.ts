import { firstIds, type KeysetList } from '@dossier/pagination';
import { type Dialect, dialectOf, queryValues, type ReadDb, raw, type Sql, sql } from '@dossier/store';
import { type Loaders, type MaybePromise, mapMaybePromise } from '@dossier/subgraph-server';
import { statement, statementTag, TAGS } from '../tables.js';

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

const columnFacet = (name: string): Sql =>
  sql`select counted.${raw(name)} as value, counted.id from hits cross join ${statement} as counted on counted.id = hits.found_id`;

const itemFacet = (value: string, items: string): Sql =>
  sql`select ${raw(value)} as value, counted.id from hits cross join ${statement} as counted on counted.id = hits.found_id cross join ${raw(items)} on true`;

/** Facets of values within JSON. */
const LIST_FACETS = {
  sqlite: {
    speakers: itemFacet('each.value', "json_each(counted.attribution, '$.speakers') as each"),
    carriers: itemFacet(
      "json_extract(each.value, '$.carrier')",
      "json_each(counted.attribution, '$.relayChain') as each",
    ),
    topics: itemFacet('each.value', 'json_each(counted.topics) as each'),
  },
  postgres: {
    speakers: itemFacet(
      'each.value collate "C"',
      "json_array_elements_text(counted.attribution::json -> 'speakers') as each(value)",
    ),
    carriers: itemFacet(
      '(each.value ->> \'carrier\') collate "C"',
      "json_array_elements(counted.attribution::json -> 'relayChain') as each(value)",
    ),
    topics: itemFacet('each.value collate "C"', 'json_array_elements_text(counted.topics::json) as each(value)'),
  },
};

const tagFacet = (prefix: string): Sql =>
  sql`select substr(${statementTag.tag}, ${prefix.length + 1}) as value, ${statementTag.statementId} as id from hits cross join ${statementTag} on ${statementTag.statementId} = hits.found_id where substr(${statementTag.tag}, 1, ${prefix.length}) = ${prefix}`;

/** For each facet, a query for pairs of value and statement. */
const facetsIn = (dialect: Dialect) => ({
  ...LIST_FACETS[dialect],
  documents: columnFacet('document_id'),
  kinds: columnFacet('kind'),
  modalities: columnFacet('modality'),
  attributions: columnFacet('status'),
  statementRelations: tagFacet(TAGS.statementRelation),
  provisionRelations: tagFacet(TAGS.provisionRelation),
  confidences: tagFacet(TAGS.confidence),
});

const FACETS = { sqlite: facetsIn('sqlite'), postgres: facetsIn('postgres') };

type FacetName = keyof typeof FACETS.sqlite;

/** The facets of a list, for one parent. They count at most the first MAX_COUNTED statements of the list. */
export function facetsOf(
  db: ReadDb,
  loaders: Loaders,
  list: KeysetList<typeof statement>,
  parent: string | null,
): Facets {
  const facets = FACETS[dialectOf(db)];
  const ids = (limit: number) => firstIds(list, parent ?? '', limit);
  return {
    isBounded: () =>
      loaders.read(() =>
        mapMaybePromise(
          queryValues(db, sql`select count(*) from (${ids(MAX_COUNTED + 1)}) as hits`),
          ([[count = 0] = []]) => (count as number) > MAX_COUNTED,
        ),
      ),
    count: (facet) =>
      loaders.read(() =>
        mapMaybePromise(
          queryValues(
            db,
            sql`with hits as materialized (${ids(MAX_COUNTED)}) select value, count(distinct id) as statement_count from (${facets[facet]}) as counted where value is not null group by value order by statement_count desc, value limit ${MAX_VALUES}`,
          ),
          (rows) => rows.map(([value, statementCount]) => ({ value, statementCount }) as ValueCount),
        ),
      ),
  };
}
