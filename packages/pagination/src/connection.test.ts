import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { connectionOf } from './connection.js';
import { encodeCursor, listTag } from './cursor.js';
import { type PageArgs, readPage } from './page.js';

const tag = listTag('Query.letters', null, null, null);
const reversedTag = listTag('Query.letters', null, null, null, 'DESC');
const LETTERS = [...'abcdefghij'];
const cursor = (letter: string | null) => letter && encodeCursor(tag, letter);

/** The page of a list as a store gives it: one row more where there are more. */
function pageOf(letters: string[], args: PageArgs) {
  const listed = args.direction === 'DESC' ? reversedTag : tag;
  const page = readPage(args, listed);
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
    listed,
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

describe('a reversed list', () => {
  /** The letters that the arguments of a page select of a list, by the Relay specification. */
  function expected(letters: string[], size: number, isLast: boolean, after: string | null, before: string | null) {
    const between = letters.slice(
      after === null ? 0 : letters.indexOf(after) + 1,
      before === null ? letters.length : letters.indexOf(before),
    );
    return isLast ? between.slice(Math.max(0, between.length - size)) : between.slice(0, size);
  }

  it('is the exact reverse: every page of it is one of the reversed letters', () => {
    fc.assert(
      fc.property(args, ({ size, fromEnd, after, before }) => {
        const reversed = LETTERS.toReversed();
        const cursorIn = (letter: string | null) => letter && encodeCursor(reversedTag, letter);

        const { nodes, edges, pageInfo } = pageOf(LETTERS, {
          [fromEnd ? 'last' : 'first']: size,
          after: cursorIn(after),
          before: cursorIn(before),
          direction: 'DESC',
        });

        const letters = expected(reversed, size, fromEnd, after, before);
        expect(nodes).toEqual(letters.map((letter) => letter.toUpperCase()));
        expect(edges.map((edge) => edge.cursor)).toEqual(letters.map(cursorIn));
        expect([pageInfo.startCursor, pageInfo.endCursor]).toEqual(
          [letters[0], letters.at(-1)].map((letter) => cursorIn(letter ?? null)),
        );
        fc.pre(letters.length > 0);
        expect(pageInfo.hasPreviousPage).toBe(letters[0] !== 'j');
        expect(pageInfo.hasNextPage).toBe(letters.at(-1) !== 'a');
      }),
    );
  });

  it('rejects the cursors of the list, naming the argument, and the other way round', () => {
    for (const argument of ['after', 'before'] as const) {
      const refusal = expect.objectContaining({ extensions: { code: 'BAD_USER_INPUT', argument } });
      expect(() => pageOf(LETTERS, { [argument]: cursor('c'), direction: 'DESC' })).toThrow(refusal);
      expect(() => pageOf(LETTERS, { [argument]: encodeCursor(reversedTag, 'c') })).toThrow(refusal);
    }
  });

  it('in ascending direction has the cursors that lists had before they could be reversed', () => {
    expect(listTag('Query.letters', null, null, null, 'ASC')).toBe(tag);
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
