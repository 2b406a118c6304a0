import { encodeCursor, type ListTag } from './cursor.js';
import type { Page } from './page.js';

/** What the resolvers of a connection return. Cursors and the count are computed only if they are selected. */
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

/** One row of a list, with its sort key. */
export interface KeyedRow<Node> {
  key: string;
  node: Node;
}

/**
 * A connection from the rows of a page, in ascending order of their keys (GraphQL Cursor Connections Specification:
 * https://relay.dev/graphql/connections.htm). If the list goes on, `rows` has one row more than the page: the last
 * one, or the first one if the page is counted from the end.
 */
export function connectionOf<Node>(
  rows: KeyedRow<Node>[],
  page: Page,
  tag: ListTag,
  totalCount: () => number | Promise<number>,
): Connection<Node> {
  const hasMore = rows.length > page.size;
  const shown = !hasMore ? rows : page.fromEnd ? rows.slice(rows.length - page.size) : rows.slice(0, page.size);
  const pageRows = page.isReversed ? shown.toReversed() : shown;
  // A cursor was issued for a row of this list, so there is at least that row beyond it.
  const goesOn = (!page.fromEnd && hasMore) || page.before !== null;
  const startsEarlier = (page.fromEnd && hasMore) || page.after !== null;
  let count: number | Promise<number> | undefined;
  const cursorOf = (row: KeyedRow<Node> | undefined): string | null => (row ? encodeCursor(tag, row.key) : null);
  return {
    nodes: pageRows.map((row) => row.node),
    get edges() {
      return pageRows.map((row) => ({
        node: row.node,
        get cursor() {
          return encodeCursor(tag, row.key);
        },
      }));
    },
    pageInfo: {
      hasNextPage: page.isReversed ? startsEarlier : goesOn,
      hasPreviousPage: page.isReversed ? goesOn : startsEarlier,
      get startCursor() {
        return cursorOf(pageRows[0]);
      },
      get endCursor() {
        return cursorOf(pageRows.at(-1));
      },
    },
    get totalCount() {
      // Read more than once during execution, but counted only once, even if counting fails.
      count ??= totalCount();
      return count;
    },
  };
}
