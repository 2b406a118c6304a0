import { indexedText } from '@dossier/pagination';
import { forRequest, idsOf, insertRows, listRequest, memoryStore } from '@dossier/testkit';
import { describe, expect, it } from 'vitest';
import { statement } from '../tables.js';
import { MAX_EXACT_RANKED, STATEMENTS, searchFor } from './search.js';
import { statementsSource } from './statements.js';

const { db } = memoryStore(new URL('../../migrations', import.meta.url));
const COUNT = MAX_EXACT_RANKED + 2;
const idOf = (number: number) => `statement:r/${String(number).padStart(4, '0')}`;

// All of them have "bridge", the last one twice; one has "toll".
for (let number = 1; number <= COUNT; number++) {
  const summary = number === COUNT ? 'bridge beside bridge' : number === 7 ? 'bridge with toll' : 'bridge';
  insertRows(db, statement, { id: idOf(number), textKey: idOf(number), saidKey: idOf(COUNT - number), summary });
  db.$client.prepare('insert into statement_search (rowid, summary) values (?, ?)').run(number, indexedText(summary));
}
const page = (search: string, orderBy: 'TEXT' | 'SAID_ON' | 'RELEVANCE', args: object) =>
  forRequest(statementsSource(db)).page({ search }, orderBy, listRequest(args, { filter: { search } }));

describe('a search', () => {
  it('matches nothing without a word', async () => {
    expect((await searchFor(db, STATEMENTS, '?!')).match).toBeNull();
  });

  it('reads few matches at once and scans many', async () => {
    expect(await searchFor(db, STATEMENTS, 'toll')).toMatchObject({ rare: expect.any(Function), common: undefined });
    expect(await searchFor(db, STATEMENTS, 'bridge')).toMatchObject({ rare: undefined, common: expect.any(Object) });
  });

  it('requires every word', async () => {
    expect(idsOf((await page('bridge toll', 'TEXT', {})).nodes)).toEqual([idOf(7)]);
    expect((await page('bridge ferry', 'TEXT', {})).nodes).toEqual([]);
  });

  it('with many matches pages in order of the text and by date, from either end', async () => {
    const first = await page('bridge', 'TEXT', { first: 2 });

    expect(idsOf(first.nodes)).toEqual([idOf(1), idOf(2)]);
    expect(idsOf((await page('bridge', 'TEXT', { first: 1, after: first.pageInfo.endCursor })).nodes)).toEqual([
      idOf(3),
    ]);
    expect(idsOf((await page('bridge', 'TEXT', { last: 1 })).nodes)).toEqual([idOf(COUNT)]);
    expect(idsOf((await page('bridge', 'SAID_ON', { first: 1 })).nodes)).toEqual([idOf(COUNT)]);
    expect(await first.totalCount).toBe(COUNT);
  });
});

describe('a reversed search', () => {
  /** All ids of a list, in pages of 100 from its start or its end. */
  async function walk(search: string, orderBy: 'TEXT' | 'SAID_ON' | 'RELEVANCE', direction: string, isLast: boolean) {
    const ids: (string | null)[] = [];
    let cursor: string | null = null;
    for (;;) {
      const args: object = isLast ? { last: 100, before: cursor } : { first: 100, after: cursor };
      const { nodes, pageInfo } = await page(search, orderBy, { ...args, direction });
      ids.push(...(isLast ? idsOf(nodes).reverse() : idsOf(nodes)));
      if (!(isLast ? pageInfo.hasPreviousPage : pageInfo.hasNextPage)) return ids;
      cursor = isLast ? pageInfo.startCursor : pageInfo.endCursor;
    }
  }

  it.each(['TEXT', 'SAID_ON', 'RELEVANCE'] as const)(
    'of many matches is the exact reverse, from both ends: %s',
    async (orderBy) => {
      const ascending = await walk('bridge', orderBy, 'ASC', false);

      expect(new Set(ascending).size).toBe(COUNT);
      expect(await walk('bridge', orderBy, 'DESC', false)).toEqual(ascending.toReversed());
      expect(await walk('bridge', orderBy, 'DESC', true)).toEqual(ascending);
    },
  );

  it('names the argument of a cursor that no longer matches', async () => {
    const args = { direction: 'DESC' as const };
    const { pageInfo } = await page('bridge', 'RELEVANCE', { first: 1, ...args });
    const rejection = forRequest(statementsSource(db)).page(
      { search: 'toll' },
      'RELEVANCE',
      listRequest({ after: pageInfo.endCursor, ...args }, { filter: { search: 'bridge' } }),
    );

    await expect(rejection).rejects.toThrow(
      expect.objectContaining({ extensions: { code: 'BAD_USER_INPUT', argument: 'after' } }),
    );
  });
});

describe('a ranking', () => {
  it('of few matches is exact', async () => {
    const { nodes, rankingIsBounded } = await page('toll', 'RELEVANCE', {});

    expect(idsOf(nodes)).toEqual([idOf(7)]);
    expect(rankingIsBounded).toBe(false);
  });

  it('of many ranks the first in order of the text, and the others follow in that order', async () => {
    const start = await page('bridge', 'RELEVANCE', { first: 1 });
    const end = await page('bridge', 'RELEVANCE', { last: 3 });

    expect(start.rankingIsBounded).toBe(true);
    expect(idsOf(start.nodes)).toEqual([idOf(1)]);
    // The longer text of equal matches is the last that is ranked; the two beyond the limit are not.
    expect(idsOf(end.nodes)).toEqual([idOf(7), idOf(COUNT - 1), idOf(COUNT)]);
    expect(await end.totalCount).toBe(COUNT);
  });

  it('continues after a cursor from the ranked matches to the others', async () => {
    const end = await page('bridge', 'RELEVANCE', { last: 3 });
    const rest = await page('bridge', 'RELEVANCE', { first: 5, after: end.pageInfo.startCursor });

    expect(idsOf(rest.nodes)).toEqual([idOf(COUNT - 1), idOf(COUNT)]);
    expect(rest.pageInfo.hasNextPage).toBe(false);
  });
});
