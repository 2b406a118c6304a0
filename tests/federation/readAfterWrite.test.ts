import { afterEach, describe, expect, it } from 'vitest';
import { startFederation, type TestFederation } from '../support/federation.js';

const SDL = 'type Doc { title: String } type Query { doc: Doc } type Mutation { rename(to: String): Doc fail: Int! }';
let federation: TestFederation;
afterEach(() => federation?.close());

/** A subgraph whose document has a title, which queries read when they arrive and return when they are released. */
async function start(cacheBytes: number) {
  let title = 'old';
  const held: (() => void)[] = [];
  let isHolding = false;
  federation = await startFederation(
    {
      a: {
        sdl: SDL,
        resolvers: {
          Query: {
            doc: async () => {
              const seen = { title };
              if (isHolding) await new Promise<void>((release) => held.push(release));
              return seen;
            },
          },
          Mutation: {
            rename: (_: unknown, { to }: { to: string }) => {
              title = to;
              return { title };
            },
            fail: () => {
              title = 'changed all the same';
              throw new Error('It failed.');
            },
          },
        },
      },
    },
    { cacheBytes },
  );
  const read = async () => (await federation.ask('{ doc { title } }')).data;
  return {
    read,
    hold: () => {
      isHolding = true;
    },
    release: () => {
      isHolding = false;
      for (const release of held.splice(0)) release();
    },
    held,
  };
}

describe.each([
  ['with a cache', 1_000_000],
  ['without a cache', 0],
])('a query that is sent after the response to a mutation, %s,', (_, cacheBytes) => {
  it('reads the new value, whatever was cached before', async () => {
    const { read } = await start(cacheBytes);
    const before = [await read(), await read()];

    await federation.ask('mutation { rename(to: "new") { title } }');

    expect([...before, await read()]).toEqual([
      { doc: { title: 'old' } },
      { doc: { title: 'old' } },
      { doc: { title: 'new' } },
    ]);
  });

  it('reads the new value even if the mutation failed after writing', async () => {
    const { read } = await start(cacheBytes);
    await read();

    await federation.ask('mutation { fail }');

    expect(await read()).toEqual({ doc: { title: 'changed all the same' } });
  });

  it('neither joins a run that began before nor reads its cached response', async () => {
    const { read, hold, release, held } = await start(cacheBytes);
    hold();
    const early = read();
    while (held.length === 0) await new Promise((later) => setImmediate(later));
    await federation.ask('mutation { rename(to: "new") { title } }');
    const late = read();
    while (held.length < 2) await new Promise((later) => setImmediate(later));
    release();

    expect([await early, await late, await read()]).toEqual([
      { doc: { title: 'old' } },
      { doc: { title: 'new' } },
      { doc: { title: 'new' } },
    ]);
  });
});
