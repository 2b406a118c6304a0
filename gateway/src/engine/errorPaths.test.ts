import type { GraphQLDataSource } from '@apollo/gateway';
import { expect, it } from 'vitest';
import { withErrorPaths } from './errorPaths.js';

type Options = Parameters<GraphQLDataSource['process']>[0];
type Response = Awaited<ReturnType<GraphQLDataSource['process']>>;

const respondingWith = (response: object): GraphQLDataSource => ({ process: async () => response as Response });
const aFetch = (fetch: { context: object; path?: string[]; representations?: object[] }): Options =>
  ({
    kind: 'incoming operation',
    context: fetch.context,
    pathInIncomingRequest: fetch.path ?? [],
    request: { variables: fetch.representations ? { representations: fetch.representations } : {} },
  }) as unknown as Options;
const person = (id: string) => ({ __typename: 'Person', id });
const castle = (id: string) => ({ __typename: 'Castle', id });

/** The index in `sights` of the path of each error, if a fetch for `representations` returns one error for each of them. */
async function errorIndexes(sights: unknown, representations: object[]): Promise<unknown[]> {
  const dataSource = withErrorPaths();
  const context = {};
  await dataSource(respondingWith({ data: { sights } })).process(aFetch({ context }));
  const errors = representations.map((_, index) => ({ message: 'No.', path: ['_entities', index, 'age'] }));
  const response = await dataSource(respondingWith({ data: { _entities: [] }, errors })).process(
    aFetch({ context, path: ['sights', '@', 'of'], representations }),
  );
  return (response.errors ?? []).map(({ path }) => path?.[1]);
}

it('counts the objects of other types, which have no representation', async () => {
  const sights = [castle('c1'), person('p1'), castle('c2'), person('p2')].map((of) => ({ of }));

  const indexes = await errorIndexes(sights, [person('p1'), person('p2')]);

  expect(indexes).toEqual([1, 3]);
});

it('does not count nulls, which @apollo/gateway skips', async () => {
  const sights = [{ of: null }, null, { of: castle('c1') }, { of: person('p1') }];

  const indexes = await errorIndexes(sights, [person('p1')]);

  expect(indexes).toEqual([1]);
});

it('distinguishes two occurrences of one entity', async () => {
  const sights = [person('p1'), castle('c1'), person('p1')].map((of) => ({ of }));

  const indexes = await errorIndexes(sights, [person('p1'), person('p1')]);

  expect(indexes).toEqual([0, 2]);
});

it('keeps the index if the object cannot be found', async () => {
  const indexes = await errorIndexes([], [person('p1')]);

  expect(indexes).toEqual([0]);
});
