import type { Client } from '@urql/core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { type StoppableGraph, startStoppableGraph } from '../support/stoppableGraph.js';
import { type GuideProject, openProject } from './project.js';
import { firstStatements } from './statements.js';

interface Claims {
  loadClaims: (
    client: Client,
    variables: { first?: number; after?: string | null; last?: number; before?: string | null },
    options?: { reload?: boolean },
  ) => Promise<{
    list: {
      totalCount: number;
      edges: { cursor: string; node: { id: string; provisionLinks: unknown[] | null } }[];
      pageInfo: {
        hasNextPage: boolean;
        hasPreviousPage: boolean;
        startCursor: string | null;
        endCursor: string | null;
      };
    } | null;
    problem: string | null;
  }>;
}

describe('the guide to urql', () => {
  let graph: StoppableGraph;
  let project: GuideProject;
  let loadClaims: Claims['loadClaims'];
  let createClient: () => Client;
  let createGetClient: () => Client;
  let complaints: string[];
  let requests: { method: string; url: string }[];

  beforeAll(async () => {
    graph = await startStoppableGraph();
    project = await openProject('urql.md', graph.url);
    ({ loadClaims } = await project.load<Claims>('src/claims.ts'));
    ({ createClient } = await project.load<{ createClient: () => Client }>('src/client.ts'));
    ({ createGetClient } = await project.load<{ createGetClient: () => Client }>('src/getClient.ts'));
  });
  afterAll(async () => {
    await project?.close();
    await graph?.close();
  });
  beforeEach(() => {
    complaints = [];
    requests = [];
    for (const level of ['warn', 'error'] as const)
      vi.spyOn(console, level).mockImplementation((...parts: unknown[]) =>
        complaints.push(parts.map(String).join(' ')),
      );
    const { fetch } = globalThis;
    vi.stubGlobal('fetch', (url: string, init?: RequestInit) => {
      requests.push({ method: init?.method ?? 'GET', url });
      return fetch(url, init);
    });
  });
  afterEach(async () => {
    vi.unstubAllGlobals();
    vi.restoreAllMocks();
    expect(complaints).toEqual([]);
    await graph.startAll();
  });

  const idsOf = (list: Awaited<ReturnType<Claims['loadClaims']>>['list']) => list?.edges.map(({ node }) => node.id);

  it('pages in both directions from the middle of a list, without a duplicate or a warning', async () => {
    const { edges, ids } = await firstStatements(graph.url, 12);
    const client = createClient();

    const middle = await loadClaims(client, { first: 3, after: edges[5]?.cursor ?? '' });
    const before = await loadClaims(client, { last: 6, before: middle.list?.edges[0]?.cursor ?? '' });
    const after = await loadClaims(client, { first: 3, after: middle.list?.pageInfo.endCursor ?? '' });

    expect(idsOf(middle.list)).toEqual(ids.slice(6, 9));
    expect(idsOf(before.list)).toEqual(ids.slice(0, 9));
    expect(idsOf(after.list)).toEqual(ids);
    expect(after.list?.pageInfo).toMatchObject({ hasPreviousPage: false, hasNextPage: true });
    expect([middle, before, after].map(({ problem }) => problem)).toEqual([null, null, null]);
  });

  it('reads a page from the cache again, and an object from its own entry', async () => {
    const client = createClient();
    await loadClaims(client, { first: 3 });
    requests = [];

    const again = await loadClaims(client, { first: 3 });

    expect(requests).toEqual([]);
    expect(again.list?.edges).toHaveLength(3);
  });

  it('continues with larger pages', async () => {
    const { ids } = await firstStatements(graph.url, 23);
    const client = createClient();

    const small = await loadClaims(client, { first: 3 });
    const large = await loadClaims(client, { first: 20, after: small.list?.pageInfo.endCursor ?? '' });

    expect(idsOf(large.list)).toEqual(ids);
  });

  it('returns the message of a rejected request', async () => {
    const { list, problem } = await loadClaims(createClient(), { first: 500 });

    expect(list).toBeNull();
    expect(problem).toMatch(/100/);
  });

  it('returns what a partial response has, and requests the rest again', async () => {
    const { ids } = await firstStatements(graph.url, 3);
    const client = createClient();
    await graph.stop('sanctions');

    const partial = await loadClaims(client, { first: 3 });

    expect(partial.problem).toBe('Unavailable: sanctions.');
    expect(idsOf(partial.list)).toEqual(ids);
    expect(partial.list?.edges.map(({ node }) => node.provisionLinks)).toEqual([null, null, null]);

    await graph.start('sanctions');
    const whole = await loadClaims(client, { first: 3 });

    expect(whole.problem).toBeNull();
    expect(idsOf(whole.list)).toEqual(ids);
    expect(whole.list?.edges.map(({ node }) => Array.isArray(node.provisionLinks))).toEqual([true, true, true]);
  });

  it('keeps the pages that were loaded if the next one fails', async () => {
    const { ids } = await firstStatements(graph.url, 6);
    const client = createClient();
    const first = await loadClaims(client, { first: 3 });
    const next = { first: 3, after: first.list?.pageInfo.endCursor ?? '' };
    await graph.stop('statements');

    const failed = await loadClaims(client, next);
    const again = await loadClaims(client, { first: 3 });

    expect(failed.problem).toBe('Unavailable: statements.');
    expect(idsOf(again.list)).toEqual(ids.slice(0, 3));

    await graph.start('statements');

    expect(idsOf((await loadClaims(client, next)).list)).toEqual(ids);
  });

  it('sends GET requests with the header that the graph demands', async () => {
    const { list, problem } = await loadClaims(createGetClient(), { first: 3 });

    expect(problem).toBeNull();
    expect(list?.edges).toHaveLength(3);
    expect(requests.map(({ method }) => method)).toEqual(['GET']);
  });

  it('runs as it is on the page', async () => {
    const log = vi.spyOn(console, 'log').mockImplementation(() => {});

    await project.load('src/main.ts');

    expect(log.mock.calls[0]?.[0]).toMatch(/^25 of \d+$/);
    expect(log.mock.calls).toHaveLength(26);
  });
});
