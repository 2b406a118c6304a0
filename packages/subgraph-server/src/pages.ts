import {
  type Connection,
  connectionOf,
  type KeyedRow,
  type KeysetList,
  keysetCounts,
  keysetPages,
  type ListTag,
  listTag,
  type Page,
  type PageArgs,
  readPage,
} from '@dossier/pagination';
import type { ReadDb } from '@dossier/store';
import type { SQLiteTable } from 'drizzle-orm/sqlite-core';
import type { Loaders } from './loaders.js';

/** A request for a page of a list. */
export interface ListRequest {
  /** Schema coordinate of the list's field, e.g. `Actor.statements`. */
  coordinate: string;
  /** Id of the parent node; null for a root field. */
  parent: string | null;
  order?: string;
  filter?: object | null | undefined;
  args: PageArgs;
}

/** The tag of a requested list, and the page. Throws BAD_USER_INPUT if an argument is invalid. */
export function readRequest(request: ListRequest): { tag: ListTag; page: Page } {
  const { coordinate, parent, order = null, filter, args } = request;
  const tag = listTag(coordinate, parent, order, filter, args.direction);
  return { tag, page: readPage(args, tag) };
}

/**
 * Loads a connection of a keyset list. The same page of many parent nodes takes one query for all of them, and one more for
 * the counts if they are selected.
 */
export async function loadConnection<Table extends SQLiteTable>(
  db: ReadDb,
  loaders: Loaders,
  list: KeysetList<Table>,
  request: ListRequest,
): Promise<Connection<Table['$inferSelect']>> {
  const { coordinate, parent, order = null, filter } = request;
  const { tag, page } = readRequest(request);
  // Requests that differ only in their parent node share a batch.
  const name = `${listTag(coordinate, null, order, filter)} ${JSON.stringify(page)}`;
  const rows: KeyedRow<Table['$inferSelect']>[] = await loaders(name, (parents) =>
    keysetPages(db, list, parents, page),
  ).load(parent ?? '');
  return connectionOf(rows, page, tag, () =>
    loaders(`count ${listTag(coordinate, null, order, filter)}`, (parents) => keysetCounts(db, list, parents)).load(
      parent ?? '',
    ),
  );
}
