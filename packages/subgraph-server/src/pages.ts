import {
  type Connection,
  connectionOf,
  type KeyedRow,
  type KeysetList,
  keysetCounts,
  keysetPages,
  listTag,
  type PageArgs,
  readPage,
} from '@dossier/pagination';
import type { StoreDb } from '@dossier/store';
import type { SQLiteTable } from 'drizzle-orm/sqlite-core';
import type { Loaders } from './loaders.js';

/** Where a list stands in the schema, and what it was asked for. */
export interface ListRequest {
  /** E.g. `Actor.statements`. */
  coordinate: string;
  /** The node that it hangs on; null for a root field. */
  parent: string | null;
  order?: string;
  filter?: object | null | undefined;
  args: PageArgs;
}

/**
 * A connection over a keyset list. Asked for on many nodes at once, it costs one statement for the pages of all, and one
 * more for their counts where those are asked for.
 */
export async function pageOf<Table extends SQLiteTable>(
  db: StoreDb,
  loaders: Loaders,
  list: KeysetList<Table>,
  request: ListRequest,
): Promise<Connection<Table['$inferSelect']>> {
  const { coordinate, parent, order = null, filter, args } = request;
  const tag = listTag(coordinate, parent, order, filter);
  const page = readPage(args, tag);
  // Alike on every node but for the node itself: that is what one batch may hold.
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
