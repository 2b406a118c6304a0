import { type ExecutionResult, parse } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { postgres } from '../support/postgres.js';
import { type StatementsOnBoth, startStatementsOnBoth } from './statementsOnBoth.js';

/** More than are ranked, and than are read before they are sorted. */
const COUNT = 1050;
const idOf = (number: number) => `statement:r/${String(number).padStart(4, '0')}`;

/** All have "harbourside", half "market hall" next to each other; some others are rare. */
function summaryOf(number: number): string {
  if (number === 3) return 'harbourside toll, in a summary that is longer than those of the others';
  if (number === 7) return 'Harbourside tollgate TOLLGATE';
  if (number === COUNT) return 'harbourside harbour';
  return number % 2 === 0 ? 'harbourside with a market hall' : 'the hall of the market, harbourside';
}

const LIST =
  parse(`query ($search: String!, $orderBy: StatementOrder!, $direction: SortDirection!, $first: Int, $last: Int, $after: String, $before: String) {
  statements(filter: { search: $search }, orderBy: $orderBy, direction: $direction, first: $first, last: $last, after: $after, before: $before) {
    totalCount rankingIsBounded edges { cursor matchedIn node { id } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    facets { isBounded modalities { value statementCount } }
  }
}`);

describe.skipIf(postgres.isMissing)('a search with many matches', postgres.options, () => {
  let both: StatementsOnBoth;
  beforeAll(async () => {
    both = await startStatementsOnBoth(
      Array.from({ length: COUNT }, (_, index) => index + 1).map((number) => ({
        id: idOf(number),
        summary: summaryOf(number),
        more: { saidKey: idOf((number * 7) % 10_007), modality: number % 3 === 0 ? 'HEDGED' : 'ASSERTED' },
      })),
      { poolSize: 2, prepare: 'unnamed' },
    );
  });
  afterAll(() => both?.close());

  async function expectSame(variables: Record<string, unknown>) {
    const [expected, actual] = await both.executeOnBoth(LIST, variables);
    expect(JSON.stringify(actual), JSON.stringify(variables)).toBe(JSON.stringify(expected));
    expect(expected).not.toHaveProperty('errors');
    return (
      (expected as ExecutionResult).data as {
        statements: { edges: unknown[]; pageInfo: Record<string, string | null> };
      }
    ).statements;
  }

  it.each(['harbourside', 'harbour', 'toll', 'market-hall', 'hall of'])(
    'has the same pages in every order: %s',
    async (search) => {
      for (const orderBy of ['TEXT', 'SAID_ON', 'RELEVANCE'])
        for (const direction of ['ASC', 'DESC'])
          for (const isLast of [false, true]) {
            let cursor: string | null | undefined = null;
            for (let page = 0; page < 2; page++) {
              const args: Record<string, unknown> = isLast
                ? { last: 90, before: cursor }
                : { first: 90, after: cursor };
              const { pageInfo } = await expectSame({ search, orderBy, direction, ...args });
              cursor = isLast ? pageInfo['startCursor'] : pageInfo['endCursor'];
              if (!cursor) break;
            }
          }
    },
  );
});
