import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startGraph, type TestGraph } from '../support/graph.js';

let graph: TestGraph;
beforeAll(async () => {
  graph = await startGraph();
});
afterAll(() => graph.close());

/** SQL statements per service for an operation of a graph that was just started. Data cached in memory needs none. */
async function cost(query: string): Promise<Record<string, number>> {
  const fresh = await startGraph();
  try {
    fresh.statements();
    const { errors } = await fresh.query(query);
    expect(errors).toBeUndefined();
    return Object.fromEntries(
      Object.entries(fresh.statements()).map(([service, statements]) => [service, statements.length]),
    );
  } finally {
    await fresh.close();
  }
}

const deep = (last: number) => `{
  statements(last: ${last}) {
    nodes {
      id
      attribution { speakers { id name events(first: 2) { nodes { label } } statements(first: 2, role: [SPEAKER]) { nodes { summary } } } relayChain { carrier { name } work { description } } }
      citations { id document { title } paragraph excerpt }
      provisionLinks { relation provision { paragraph instrument { symbol regime { name } } } }
      tradeFigures { value statedAs reporter { name } }
      quotations { kind speaker { name } }
      relations { type other { summary } }
    }
  }
}`;

describe('a list with all its nested fields', () => {
  it('runs no more SQL queries for a hundred rows than for thirty', async () => {
    const [thirty, hundred] = [await cost(deep(30)), await cost(deep(100))];
    expect(Object.keys(hundred)).toEqual(Object.keys(thirty));
    for (const [service, count] of Object.entries(hundred))
      expect(count, service).toBeLessThanOrEqual(thirty[service] ?? 0);
    expect(Object.values(hundred).every((count) => count < 20)).toBe(true);
  });

  it('counts its rows only if totalCount is selected', async () => {
    graph.statements();
    await graph.query('{ statements(first: 5) { nodes { id } } }');
    expect(graph.statements()['statements']?.filter((sql) => sql.includes('count('))).toEqual([]);
    await graph.query('{ statements(first: 5) { totalCount } }');
    expect(graph.statements()['statements']?.filter((sql) => sql.includes('count('))).toHaveLength(1);
  });

  it('fetches nothing for fields that follow from the id', async () => {
    expect(
      await cost(
        '{ statements(first: 50) { nodes { id attribution { speakers { __typename id } } citations { id } } } }',
      ),
    ).toEqual({ statements: 2 });
  });
});
