import { encodeCursor, type ListTag } from './cursor.js';
import type { Page } from './page.js';

/** What the resolvers of a connection return. Cursors and the count are made only when asked for. */
export interface Connection<Node> {
  nodes: Node[];
  readonly edges: { node: Node; readonly cursor: string }[];
  pageInfo: {
    hasNextPage: boolean;
    hasPreviousPage: boolean;
    readonly startCursor: string | null;
    readonly endCursor: string | null;
  };
  readonly totalCount: number | Promise<number>;
}

/** One row of a list, with the key that orders it. */
export interface Keyed<Node> {
  key: string;
  node: Node;
}

/**
 * A connection from the rows of a page in order of the list. `rows` holds one more than the page's size where there are
 * more: at the end, or at the start of a page counted from the end.
 */
export function connectionOf<Node>(
  rows: Keyed<Node>[],
  page: Page,
  tag: ListTag,
  totalCount: () => number | Promise<number>,
): Connection<Node> {
  const hasMore = rows.length > page.size;
  const shown = !hasMore ? rows : page.fromEnd ? rows.slice(rows.length - page.size) : rows.slice(0, page.size);
  let count: number | Promise<number> | undefined;
  const cursorOf = (row: Keyed<Node> | undefined): string | null => (row ? encodeCursor(tag, row.key) : null);
  return {
    nodes: shown.map((row) => row.node),
    get edges() {
      return shown.map((row) => ({
        node: row.node,
        get cursor() {
          return encodeCursor(tag, row.key);
        },
      }));
    },
    pageInfo: {
      // A cursor of this list was given for a row of it, so the list goes on there, whichever end is counted from.
      hasNextPage: (!page.fromEnd && hasMore) || page.before !== null,
      hasPreviousPage: (page.fromEnd && hasMore) || page.after !== null,
      get startCursor() {
        return cursorOf(shown[0]);
      },
      get endCursor() {
        return cursorOf(shown.at(-1));
      },
    },
    get totalCount() {
      // Read more than once by those who execute: counted once, also where that fails.
      count ??= totalCount();
      return count;
    },
  };
}
