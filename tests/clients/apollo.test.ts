import type { ApolloClient } from '@apollo/client';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type StoppableGraph, startStoppableGraph } from '../support/stoppableGraph.js';
import { eventually, openBrowser, type TestBrowser } from './browser.js';
import { type GuideProject, generateTypes, openProject } from './project.js';
import { firstStatements } from './statements.js';

describe('the guide to Apollo Client and React', () => {
  let graph: StoppableGraph;
  let project: GuideProject;
  let browser: TestBrowser;
  let client: ApolloClient;
  let unmount: () => void;

  beforeAll(async () => {
    graph = await startStoppableGraph();
    project = await openProject('apollo.md', graph.url);
    await generateTypes(project);
  });
  afterAll(async () => {
    await project?.close();
    await graph?.close();
  });
  beforeEach(() => {
    browser = openBrowser(graph.url);
  });
  afterEach(async () => {
    unmount?.();
    await browser.close();
    await graph.startAll();
  });

  async function show(props: { pageSize: number; startAfter?: string }): Promise<void> {
    const [{ createElement }, { createRoot }, { ApolloProvider }, { Claims }, { createClient }] = await Promise.all([
      import('react'),
      import('react-dom/client'),
      import('@apollo/client/react'),
      project.load<{ Claims: (props: { pageSize: number; startAfter?: string }) => null }>('src/Claims.tsx'),
      project.load<{ createClient: () => ApolloClient }>('src/client.ts'),
    ]);
    client = createClient();
    const root = createRoot(browser.root);
    unmount = () => root.unmount();
    root.render(createElement(ApolloProvider, { client, children: createElement(Claims, props) }));
    await eventually(() => expect(browser.text('[role=status]')).toEqual([expect.not.stringMatching('Loading')]));
  }
  const expectCount = (count: number) =>
    eventually(() => {
      expect(browser.text('[role=status]')).toEqual([expect.stringMatching(new RegExp(`^${count} of \\d+$`))]);
      expect(browser.text('li')).toHaveLength(count);
    });
  /** Keys of the cached objects of a type. */
  const cached = (type: string) => Object.keys(client.cache.extract() as object).filter((key) => key.startsWith(type));

  /** The list of statements in the cache. */
  const cachedLists = () =>
    Object.entries((client.cache.extract() as { ROOT_QUERY?: Record<string, unknown> }).ROOT_QUERY ?? {})
      .filter(([key]) => key.startsWith('statements'))
      .map(([, list]) => list as { edges: { node: { __ref: string } }[] } | null);
  const cachedIds = () => cachedLists().map((list) => list?.edges.map(({ node }) => node.__ref));

  it('pages in both directions from the middle of a list, without a duplicate in the list or in the cache', async () => {
    const { edges, refs } = await firstStatements(graph.url, 12);
    await show({ pageSize: 3, startAfter: edges[5]?.cursor ?? '' });
    await expectCount(3);
    browser.click('Previous');
    await expectCount(6);
    browser.click('Next');
    await expectCount(9);
    browser.click('Previous');
    await expectCount(12);

    expect(cachedIds()).toEqual([refs]);
    expect(cached('Statement:').sort()).toEqual([...refs].sort());
    expect(browser.text('button')).toEqual(['Next', 'Next 20', 'Reload']);
    expect(browser.complaints).toEqual([]);
  });

  it('continues with larger pages', async () => {
    const { refs } = await firstStatements(graph.url, 23);
    await show({ pageSize: 3 });
    await expectCount(3);
    browser.requests();
    browser.click('Next 20');
    await expectCount(23);

    expect(browser.requests().map(({ variables }) => variables?.['first'])).toEqual([20]);
    expect(cachedIds()).toEqual([refs]);
    expect(browser.complaints).toEqual([]);
  });

  it('shows the message of a rejected request', async () => {
    await show({ pageSize: 500 });

    expect(browser.text('[role=status]')).toEqual([expect.stringMatching(/100/)]);
    expect(browser.text('li')).toEqual([]);
    expect(browser.complaints).toEqual([]);
  });

  it('shows what a partial response has, and the rest after a reload', async () => {
    const { refs } = await firstStatements(graph.url, 3);
    await graph.stop('sanctions');
    await show({ pageSize: 3 });

    expect(browser.text('[role=status]')).toEqual(['Unavailable: sanctions.']);
    expect(browser.text('li').map((text) => text.includes('(links to sanctions unavailable)'))).toEqual([
      true,
      true,
      true,
    ]);
    expect(cachedIds()).toEqual([refs]);

    await graph.start('sanctions');
    browser.click('Reload');
    await eventually(() =>
      expect(browser.text('li')).toEqual(Array(3).fill(expect.stringMatching(/\(\d+ links to sanctions\)$/))),
    );
    await expectCount(3);

    expect(cachedIds()).toEqual([refs]);
    expect(browser.complaints).toEqual([]);
  });

  it('keeps the list if the next page fails, and continues from there', async () => {
    const { refs } = await firstStatements(graph.url, 6);
    await show({ pageSize: 3 });
    await graph.stop('statements');
    browser.click('Next');
    await eventually(() => expect(browser.text('[role=status]')).toEqual(['Unavailable: statements.']));

    expect(browser.text('li')).toHaveLength(3);

    await graph.start('statements');
    browser.click('Next');
    await expectCount(6);

    expect(cachedIds()).toEqual([refs]);
    expect(browser.complaints).toEqual([]);
  });

  it('does not take an unavailable list for an empty one', async () => {
    await graph.stop('statements');
    await show({ pageSize: 3 });

    expect(browser.text('[role=status]')).toEqual(['Unavailable: statements.']);
    expect(cachedLists()).toEqual([null]);
    expect(browser.text('button')).toEqual(['Reload']);

    await graph.start('statements');
    browser.click('Reload');
    await expectCount(3);

    expect(browser.complaints).toEqual([]);
  });
});
