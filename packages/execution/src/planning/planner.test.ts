import { composeServices } from '@apollo/composition';
import { parse } from 'graphql';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { Planner, type PlannerOptions } from './planner.js';

const LINK = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable"])';
/**
 * Object types of an interface that all subgraphs define, each with other fields: the number of paths grows with them.
 */
const KINDS = 12;
const sdl = (graph: number): string => {
  const kinds = Array.from(
    { length: KINDS },
    (_, at) => `type K${at} implements Thing @key(fields: "id") { id: ID! next: Thing @shareable f${graph}: Int }`,
  );
  return `${LINK} interface Thing { id: ID! next: Thing } ${kinds.join(' ')} type Query { thing: Thing @shareable }`;
};
const HARD = `{ thing { next { ${'next { '.repeat(6)} id ${'} '.repeat(6)} ... on K1 { f0 f1 f2 } } ${Array.from({ length: KINDS }, (_, at) => `... on K${at} { f0 f1 f2 }`).join(' ')} } }`;
const EASY = '{ thing { id } }';

let supergraphSdl: string;
let planner: Planner;
beforeAll(() => {
  const composed = composeServices(
    [0, 1, 2].map((graph) => ({ name: `g${graph}`, url: `http://g${graph}.invalid`, typeDefs: parse(sdl(graph)) })),
  );
  if (!composed.supergraphSdl) throw new Error(composed.errors?.join('\n'));
  supergraphSdl = composed.supergraphSdl;
});
afterEach(() => planner?.close());

const start = async (options: Partial<PlannerOptions> = {}): Promise<Planner> => {
  planner = await Planner.start(supergraphSdl, '__', {
    maxEvaluatedPlans: 100,
    maxPaths: 1_000_000,
    maxPlanMs: 20_000,
    maxWaiting: 10,
    ...options,
  });
  return planner;
};

describe('a planner', () => {
  it('reports the duration of each plan', async () => {
    const durations: number[] = [];
    const { plan } = await (await start({ onPlanned: (milliseconds) => durations.push(milliseconds) }))
      .plan(EASY)
      .then((made) => ({ plan: made }));

    expect(plan.node?.kind).toBe('Fetch');
    expect(durations).toEqual([expect.any(Number)]);
  });

  it('does not block the event loop while it plans', async () => {
    const hard = (await start({ maxPlanMs: 1_500 })).plan(HARD).catch((error: Error) => error.message);
    let ticks = 0;
    let isDone = false;
    void hard.finally(() => {
      isDone = true;
    });
    while (!isDone) {
      ticks++;
      await new Promise((later) => setImmediate(later));
    }

    expect(ticks).toBeGreaterThan(1_000);
  });

  it('rejects an operation that misses the deadline, and plans the next in a new thread', async () => {
    const { plan } = { plan: (source: string) => planner.plan(source) };
    await start({ maxPlanMs: 300 });

    const [hard, easy] = await Promise.allSettled([plan(HARD), plan(EASY)]);

    expect(hard).toMatchObject({
      status: 'rejected',
      reason: { failure: 'TOO_COMPLEX', message: 'Planning the operation took longer than 300 ms.' },
    });
    expect(easy).toMatchObject({ status: 'fulfilled', value: { node: { kind: 'Fetch' } } });
  });

  it('rejects an operation with too many paths to a field', async () => {
    await expect((await start({ maxPaths: 20 })).plan(HARD)).rejects.toMatchObject({
      failure: 'TOO_COMPLEX',
      message: 'A field of the operation can be reached through more than 20 paths; expected fewer.',
    });
    await expect(planner.plan(EASY)).resolves.toMatchObject({ node: { kind: 'Fetch' } });
  });

  it('rejects operations when its queue is full', async () => {
    await start({ maxWaiting: 2 });

    const results = await Promise.allSettled([
      planner.plan(EASY),
      planner.plan(EASY),
      planner.plan(EASY),
      planner.plan(EASY),
    ]);

    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'fulfilled', 'rejected']);
    expect(results[3]).toMatchObject({ reason: { failure: 'BUSY' } });
  });

  it('rejects queued operations when it is closed', async () => {
    await start();
    const waiting = Promise.allSettled([planner.plan(HARD), planner.plan(EASY)]);

    await planner.close();

    expect((await waiting).map((result) => result.status === 'rejected' && result.reason.failure)).toEqual([
      'BUSY',
      'BUSY',
    ]);
    await expect(planner.plan(EASY)).rejects.toMatchObject({ failure: 'BUSY' });
  });

  it('rejects an SDL that is not a supergraph, with the reason', async () => {
    await expect(
      Planner.start('type Query { a: Int }', '__', { maxEvaluatedPlans: 1, maxPaths: 1, maxPlanMs: 1, maxWaiting: 1 }),
    ).rejects.toThrow('Invalid supergraph');
  });
});
