import { indexedText } from '@dossier/pagination';
import { forRequest, idsOf, insertRows, listRequest, memoryStore } from '@dossier/testkit';
import { describe, expect, it } from 'vitest';
import { statement } from '../tables.js';
import { MAX_EXACT_RANKED } from './search.js';
import { statementsSource } from './statements.js';

const { db } = memoryStore(new URL('../../migrations', import.meta.url));
const COUNT = MAX_EXACT_RANKED + 50;
const idOf = (number: number) => `statement:r/${String(number).padStart(4, '0')}`;

// All of them have "harbourside". The last two have "harbour" as well, and "toll" comes after two of its compounds.
const SUMMARIES: Record<number, string> = {
  1: 'harbourside tollgate tollgate',
  2: 'harbourside tollgate',
  3: 'harbourside toll, in a summary that is longer than those of the others',
  [COUNT - 1]: 'harbourside, where the harbour begins',
  [COUNT]: 'harbourside harbour',
};
for (let number = 1; number <= COUNT; number++) {
  const summary = SUMMARIES[number] ?? 'harbourside';
  insertRows(db, statement, { id: idOf(number), textKey: idOf(number), saidKey: idOf(COUNT - number), summary });
  db.$client.prepare('insert into statement_search (rowid, summary) values (?, ?)').run(number, indexedText(summary));
}

type Order = 'TEXT' | 'SAID_ON' | 'RELEVANCE';
const page = (search: string, orderBy: Order, args: object) =>
  forRequest(statementsSource(db)).page({ search }, orderBy, listRequest(args, { filter: { search } }));

/** All ids of a list, in pages from its start or its end. */
async function walk(search: string, orderBy: Order, isLast: boolean): Promise<(string | null)[]> {
  const ids: (string | null)[] = [];
  let cursor: string | null = null;
  for (;;) {
    const args: object = isLast ? { last: 97, before: cursor } : { first: 97, after: cursor };
    const { nodes, pageInfo } = await page(search, orderBy, args);
    ids.push(...(isLast ? idsOf(nodes).reverse() : idsOf(nodes)));
    if (!(isLast ? pageInfo.hasPreviousPage : pageInfo.hasNextPage)) return isLast ? ids.reverse() : ids;
    cursor = isLast ? pageInfo.startCursor : pageInfo.endCursor;
  }
}

describe('a ranked search for the beginning of a word', () => {
  it('lists the matches of the whole word first, however often others have its beginning', async () => {
    const { nodes, rankingIsBounded } = await page('toll', 'RELEVANCE', {});

    expect(idsOf(nodes)).toEqual([idOf(3), idOf(1), idOf(2)]);
    expect(rankingIsBounded).toBe(false);
  });

  it('lists them first also if there are too many others to rank, which follow in order of the text', async () => {
    const { nodes, rankingIsBounded, totalCount } = await page('harbour', 'RELEVANCE', { first: 5 });

    expect(idsOf(nodes)).toEqual([idOf(COUNT), idOf(COUNT - 1), idOf(1), idOf(2), idOf(3)]);
    expect(rankingIsBounded).toBe(true);
    expect(await totalCount).toBe(COUNT);
  });

  it('ranks the first matches in order of the text if no statement has the whole word', async () => {
    const { nodes } = await page('harbours', 'RELEVANCE', { last: 50 });

    expect(idsOf(nodes).slice(-1)).toEqual([idOf(COUNT)]);
  });

  it('applies the other conditions of the filter to both', async () => {
    const request = listRequest({ first: 3 }, { filter: { search: 'harbour', document: 'document:none' } });

    const { nodes, totalCount } = await forRequest(statementsSource(db)).page(
      { search: 'harbour', document: 'document:none' },
      'RELEVANCE',
      request,
    );

    expect(nodes).toEqual([]);
    expect(await totalCount).toBe(0);
  });
});

describe.each(['h', 'harb', 'harbour', 'toll'])('a search for the beginning %s', (search) => {
  it.each(['TEXT', 'SAID_ON', 'RELEVANCE'] as const)(
    'has every match once in its pages from both ends: %s',
    async (orderBy) => {
      const numbers = search === 'toll' ? [1, 2, 3] : Array.from({ length: COUNT }, (_, at) => at + 1);

      const [forwards, backwards] = [await walk(search, orderBy, false), await walk(search, orderBy, true)];

      expect(forwards.toSorted()).toEqual(numbers.map(idOf));
      expect(backwards).toEqual(forwards);
    },
  );
});
