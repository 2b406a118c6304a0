import { ApolloClient, CombinedGraphQLErrors, HttpLink, InMemoryCache } from '@apollo/client';
import { relayStylePagination } from '@apollo/client/utilities';
import {
  ask,
  ClaimsAndProvisionsDocument,
  type ClaimsAndProvisionsQuery,
  PageError,
  pages,
  possibleTypes,
  SearchStatementsDocument,
  TimelineDocument,
  typePolicies,
} from '@dossier/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type StoppableGraph, startStoppableGraph } from '../support/stoppableGraph.js';

let graph: StoppableGraph;
let url: string;

beforeAll(async () => {
  graph = await startStoppableGraph();
  url = graph.url;
});
afterAll(() => graph?.close());

const claimsOf = (data: ClaimsAndProvisionsQuery | null | undefined) =>
  data?.actor?.statements?.edges.map(({ node }) => node) ?? [];
const client = () =>
  new ApolloClient({
    link: new HttpLink({ uri: url }),
    cache: new InMemoryCache({ possibleTypes, typePolicies: typePolicies(relayStylePagination) }),
  });

describe('with all services up', () => {
  it('returns the provision links of every claim', async () => {
    const { data, errors } = await ask(url, ClaimsAndProvisionsDocument);

    expect(errors).toEqual([]);
    expect(claimsOf(data).flatMap(({ provisionLinks }) => provisionLinks ?? []).length).toBeGreaterThan(0);
  });
});

describe('with the sanctions service down', () => {
  let before: ClaimsAndProvisionsQuery | null;
  beforeAll(async () => {
    before = (await ask(url, ClaimsAndProvisionsDocument)).data;
    await graph.stop('sanctions');
  });

  it('returns all other data with plain fetch, and an error at the path of each null field', async () => {
    const { data, errors } = await ask(url, ClaimsAndProvisionsDocument);

    const claims = claimsOf(data);
    expect(claims.map(({ id }) => id)).toEqual(claimsOf(before).map(({ id }) => id));
    expect(claims.map(({ attribution }) => attribution)).toEqual(
      claimsOf(before).map(({ attribution }) => attribution),
    );
    expect(claims.map(({ provisionLinks }) => provisionLinks)).toEqual(claims.map(() => null));
    expect(
      errors.map(({ path, extensions }) => ({ path, code: extensions?.code, service: extensions?.['service'] })),
    ).toEqual(
      claims.map((_, index) => ({
        path: ['actor', 'statements', 'edges', index, 'node', 'provisionLinks'],
        code: 'SUBGRAPH_UNAVAILABLE',
        service: 'sanctions',
      })),
    );
  });

  it('returns the same data and errors in Apollo Client', async () => {
    const { data, error } = await client().query({ query: ClaimsAndProvisionsDocument, errorPolicy: 'all' });

    const claims = claimsOf(data as ClaimsAndProvisionsQuery | undefined);
    expect(claims.map(({ id, summary }) => ({ id, summary }))).toEqual(
      claimsOf(before).map(({ id, summary }) => ({ id, summary })),
    );
    expect(claims.map(({ provisionLinks }) => provisionLinks)).toEqual(claims.map(() => null));
    expect(CombinedGraphQLErrors.is(error)).toBe(true);
    if (CombinedGraphQLErrors.is(error))
      expect(error.errors.map(({ path }) => path?.at(-1))).toEqual(claims.map(() => 'provisionLinks'));
  });

  it('leaves operations unaffected that need no sanctions data', async () => {
    const { data, errors } = await ask(url, TimelineDocument);

    expect(errors).toEqual([]);
    expect(data?.events?.edges.length).toBeGreaterThan(0);
  });
});

describe('with the statements service down', () => {
  it('stops pagination with an error and a cursor to resume from, instead of ending early', async () => {
    const read: string[] = [];
    const turning = async () => {
      for await (const { page } of pages(
        url,
        SearchStatementsDocument,
        { words: 'North', first: 2 },
        (data) => data.statements,
      )) {
        read.push(...page.edges.map(({ node }) => node.id));
        if (read.length === 2) await graph.stop('statements');
      }
    };

    const failure = await turning().catch((error: unknown) => error);

    expect(failure).toBeInstanceOf(PageError);
    expect(read).toHaveLength(2);
    expect((failure as PageError).after).toEqual(expect.any(String));
    expect((failure as PageError).errors[0]).toMatchObject({
      path: ['statements'],
      extensions: { code: 'SUBGRAPH_UNAVAILABLE', service: 'statements' },
    });
  });
});
