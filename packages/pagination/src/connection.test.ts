import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { connectionOf } from './connection.js';
import { encodeCursor, listTag } from './cursor.js';
import { type PageArgs, readPage } from './page.js';

const tag = listTag('Query.letters', null, null, null);
const LETTERS = [...'abcdefghij'];
const cursor = (letter: string | null) => letter && encodeCursor(tag, letter);

/** The page of a list as a store gives it: one row more where there are more. */
function pageOf(letters: string[], args: PageArgs) {
  const page = readPage(args, tag);
  const between = letters.filter(
    (key) => (page.after === null || key > page.after) && (page.before === null || key < page.before),
  );
  const rows = page.fromEnd
    ? between.slice(Math.max(0, between.length - page.size - 1))
    : between.slice(0, page.size + 1);
  const counted: number[] = [];
  const connection = connectionOf(
    rows.map((key) => ({ key, node: key.toUpperCase() })),
    page,
    tag,
    () => counted.push(0) && letters.length,
  );
  const { nodes, edges, pageInfo } = connection;
  return { nodes, edges, pageInfo, counted, connection };
}

const args = fc.record({
  size: fc.integer({ min: 0, max: 12 }),
  fromEnd: fc.boolean(),
  after: fc.option(fc.constantFrom(...LETTERS)),
  before: fc.option(fc.constantFrom(...LETTERS)),
});

describe('a page', () => {
  it('reports whether the list continues before and after it', () => {
    fc.assert(
      fc.property(args, ({ size, fromEnd, after, before }) => {
        const { nodes, pageInfo } = pageOf(LETTERS, {
          [fromEnd ? 'last' : 'first']: size,
          after: cursor(after),
          before: cursor(before),
        });
        fc.pre(nodes.length > 0);
        expect(pageInfo.hasPreviousPage).toBe(nodes[0] !== 'A');
        expect(pageInfo.hasNextPage).toBe(nodes.at(-1) !== 'J');
      }),
    );
  });

  it('has the cursors of its first and last row', () => {
    const { nodes, edges, pageInfo } = pageOf(LETTERS, { first: 3, after: cursor('b') });
    expect(nodes).toEqual(['C', 'D', 'E']);
    expect(edges.map(({ node }) => node)).toEqual(nodes);
    expect(edges.map((edge) => edge.cursor)).toEqual(['c', 'd', 'e'].map(cursor));
    expect([pageInfo.startCursor, pageInfo.endCursor]).toEqual([cursor('c'), cursor('e')]);
  });

  it('of an empty list has no cursors and no neighbours', () => {
    expect(pageOf([], {}).pageInfo).toEqual({
      hasNextPage: false,
      hasPreviousPage: false,
      startCursor: null,
      endCursor: null,
    });
  });

  it('of size zero reports whether there are rows', () => {
    expect(pageOf(LETTERS, { first: 0 }).pageInfo).toMatchObject({
      hasNextPage: true,
      hasPreviousPage: false,
      endCursor: null,
    });
    expect(pageOf(LETTERS, { last: 0 }).pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: true });
  });
});

describe('the count of a connection', () => {
  it('is computed only if it is selected', () => {
    const page = pageOf(LETTERS, {});
    void page.connection.pageInfo.endCursor;
    expect(page.counted).toHaveLength(0);
    expect(page.connection.totalCount).toBe(10);
    expect(page.counted).toHaveLength(1);
  });

  it('is made once, however often it is read', () => {
    const page = pageOf(LETTERS, {});

    expect([page.connection.totalCount, page.connection.totalCount]).toEqual([10, 10]);
    expect(page.counted).toHaveLength(1);
  });
});
