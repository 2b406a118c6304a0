import { afterEach, expect, it } from 'vitest';
import { startFederation, type TestFederation } from '../support/federation.js';

let federation: TestFederation | undefined;
afterEach(async () => {
  await federation?.close();
  federation = undefined;
});

/** A counter that one subgraph increments and another one reads. */
async function startCounters(): Promise<TestFederation> {
  let count = 0;
  return startFederation({
    writer: {
      sdl: 'type Query { none: Int } type Mutation { add(by: Int!): Counter } type Counter @key(fields: "id") { id: ID! }',
      resolvers: {
        Mutation: {
          add: (_: unknown, { by }: { by: number }) => {
            count += by;
            return { id: 'c' };
          },
        },
      },
    },
    reader: {
      sdl: 'type Counter @key(fields: "id") { id: ID! count: Int }',
      resolvers: { Counter: { __resolveReference: ({ id }: { id: string }) => ({ id, count }) } },
    },
  });
}

it('each root field of a mutation sees the effects of the fields before it, and not of those after it', async () => {
  federation = await startCounters();

  const { data, errors } = await federation.ask(
    'mutation ($two: Int!, $more: Boolean!) { first: add(by: 1) { count } second: add(by: $two) { count } ... @include(if: $more) { third: add(by: 3) { count } } }',
    { two: 2, more: true },
  );

  expect({ data, errors }).toEqual({ data: { first: { count: 1 }, second: { count: 3 }, third: { count: 6 } } });
});

it('a root field of a mutation that is selected twice is executed once', async () => {
  federation = await startCounters();

  const { data } = await federation.ask('mutation { add(by: 1) { id } ... on Mutation { add(by: 1) { count } } }');

  expect(data).toEqual({ add: { id: 'c', count: 1 } });
});
