import { type Connection, connectionOf, listTag, readPage } from '@dossier/connections';
import { badUserInput } from '@dossier/provenance';
import type { StoreDb } from '@dossier/store';
import type { ListRequest } from '@dossier/subgraph';
import { getTableColumns, inArray, type SQL, sql } from 'drizzle-orm';
import { statement } from '../tables.js';

/** How many matches are ranked: the rank of a match is not stored, so every one must be looked at for each page. */
const RANKED_AT_MOST = 1000;

/**
 * A page of matches, the best first; null where there are too many to rank them all. The list is short, so that it is
 * ranked whole and cut here: a rank is no column to seek by.
 */
export function rankedPage(db: StoreDb, query: string | null, where: (SQL | undefined)[], request: ListRequest): Connection<typeof statement.$inferSelect> | null {
  const tag = listTag(request.coordinate, request.parent, request.order ?? null, request.filter);
  const page = readPage(request.args, tag);
  const ids = query === null ? [] : rankedIds(db, query, where);
  if (ids.length > RANKED_AT_MOST) return null;
  const start = page.after === null ? 0 : place(ids, page.after, 'after') + 1;
  const end = page.before === null ? ids.length : place(ids, page.before, 'before');
  const wanted = page.fromEnd ? ids.slice(Math.max(start, end - page.size - 1), end) : ids.slice(start, Math.min(end, start + page.size + 1));
  const rows = new Map(
    db
      .select(getTableColumns(statement))
      .from(statement)
      .where(inArray(statement.id, wanted))
      .all()
      .map((row) => [row.id, row]),
  );
  const keyed = wanted.flatMap((id) => {
    const node = rows.get(id);
    return node ? [{ key: id, node }] : [];
  });
  return connectionOf(keyed, page, tag, () => ids.length);
}

function rankedIds(db: StoreDb, query: string, where: (SQL | undefined)[]): string[] {
  const conditions = where.filter((condition) => condition !== undefined);
  const and = conditions.length === 0 ? sql`` : sql` and ${sql.join(conditions, sql` and `)}`;
  const matching = sql`from statement_search join ${statement} as found on found.id = statement_search.statement_id where statement_search match ${query}${and}`;
  const count = db.get<{ total: number }>(sql`select count(*) as total from (select 1 ${matching} limit ${RANKED_AT_MOST + 1})`);
  if (count.total > RANKED_AT_MOST) return new Array<string>(count.total).fill('');
  return db.all<{ id: string }>(sql`select found.id as id ${matching} order by bm25(statement_search), found.id`).map((row) => row.id);
}

function place(ids: string[], id: string, argument: 'after' | 'before'): number {
  const index = ids.indexOf(id);
  if (index < 0) throw badUserInput(argument, `Argument "${argument}" is a cursor of a statement that no longer matches; expected one of this list.`);
  return index;
}
