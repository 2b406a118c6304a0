import { ApolloClient, HttpLink, InMemoryCache } from '@apollo/client';
import { relayStylePagination } from '@apollo/client/utilities';
import {
  ActorProfileDocument,
  AnythingDocument,
  possibleTypes,
  SearchStatementsDocument,
  typePolicies,
} from '@dossier/client';
import { filter, firstValueFrom } from 'rxjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startGraph, type TestGraph } from '../support/graph.js';

describe('Apollo Client with the type policies', () => {
  let graph: TestGraph;
  beforeAll(async () => {
    graph = await startGraph();
  });
  afterAll(() => graph.close());
  const connect = () =>
    new ApolloClient({
      link: new HttpLink({ uri: `${graph.url}graphql` }),
      cache: new InMemoryCache({ possibleTypes, typePolicies: typePolicies(relayStylePagination) }),
    });

  it('merges the pages of a list, and caches lists with other arguments separately', async () => {
    const client = connect();
    const list = client.watchQuery({ query: SearchStatementsDocument, variables: { words: 'North', first: 2 } });
    const first = await firstValueFrom(list.pipe(filter((result) => result.dataState === 'complete')));
    const after = first.data.statements?.pageInfo.endCursor ?? null;

    await list.fetchMore({ variables: { after } });
    const other = await client.query({ query: SearchStatementsDocument, variables: { words: 'trade', first: 2 } });

    const joined = client.readQuery({
      query: SearchStatementsDocument,
      variables: { words: 'North', first: 2 },
    })?.statements;
    const ids = joined?.edges.map(({ node }) => node.id) ?? [];
    expect(other.data?.statements?.edges).toHaveLength(2);
    expect(ids).toHaveLength(4);
    expect(new Set(ids).size).toBe(4);
    expect(ids.slice(0, 2)).toEqual(first.data.statements?.edges.map(({ node }) => node.id));
  });

  it('stores an object once under its id, whichever operation returned it', async () => {
    const client = connect();
    await client.query({ query: SearchStatementsDocument, variables: { words: 'North', first: 1 } });

    const { data } = await client.query({ query: ActorProfileDocument, variables: { actor: 'person:kim-jong-un' } });

    const cacheKeys = Object.keys(client.cache.extract() as object);
    expect(cacheKeys).toContain('Person:person:kim-jong-un');
    expect(cacheKeys.filter((key) => key.startsWith('Statement:'))).toHaveLength(1);
    expect(data?.actor?.__typename).toBe('Person');
  });

  it('reads evidence through its interface from the cache', async () => {
    const client = connect();
    const question = { query: AnythingDocument, variables: { id: 'provision:unscr-2397/8' } };
    await client.query(question);

    const read = client.readQuery(question);

    expect(read?.node).toMatchObject({ basis: 'BACKGROUND', references: [{ title: expect.any(String) }] });
  });
});
