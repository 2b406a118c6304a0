import { firstIds, type KeysetList } from '@dossier/pagination';
import { queryValues, raw, type Sql, type StoreDb, sql } from '@dossier/store';
import type { Loaders, MaybePromise } from '@dossier/subgraph-server';
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

const listFacet = (list: string, value = 'each.value'): Sql =>
  sql`select ${raw(value)} as value, counted.id from hits cross join ${statement} as counted on counted.id = hits.found_id cross join json_each(${raw(list)}) as each`;

const tagFacet = (prefix: string): Sql =>
  sql`select substr(${statementTag.tag}, ${prefix.length + 1}) as value, ${statementTag.statementId} as id from hits cross join ${statementTag} on ${statementTag.statementId} = hits.found_id where substr(${statementTag.tag}, 1, ${prefix.length}) = ${prefix}`;

/** For each facet, a query for pairs of value and statement. */
const FACETS = {
  speakers: listFacet("counted.attribution, '$.speakers'"),
  carriers: listFacet("counted.attribution, '$.relayChain'", "json_extract(each.value, '$.carrier')"),
  documents: columnFacet('document_id'),
  kinds: columnFacet('kind'),
  modalities: columnFacet('modality'),
  attributions: columnFacet('status'),
  topics: listFacet('counted.topics'),
  statementRelations: tagFacet(TAGS.statementRelation),
  provisionRelations: tagFacet(TAGS.provisionRelation),
  confidences: tagFacet(TAGS.confidence),
};

type FacetName = keyof typeof FACETS;

/** The facets of a list, for one parent. They count at most the first MAX_COUNTED statements of the list. */
export function facetsOf(
  db: StoreDb,
  loaders: Loaders,
  list: KeysetList<typeof statement>,
  parent: string | null,
): Facets {
  const ids = (limit: number) => firstIds(list, parent ?? '', limit);
  return {
    isBounded: () =>
      loaders.read(() => {
        const [[count = 0] = []] = queryValues(db, sql`select count(*) from (${ids(MAX_COUNTED + 1)})`);
        return (count as number) > MAX_COUNTED;
      }),
    count: (facet) =>
      loaders.read(() =>
        queryValues(
          db,
          sql`with hits as materialized (${ids(MAX_COUNTED)}) select value, count(distinct id) as statement_count from (${FACETS[facet]}) where value is not null group by value order by statement_count desc, value limit ${MAX_VALUES}`,
        ).map(([value, statementCount]) => ({ value, statementCount }) as ValueCount),
      ),
  };
}
