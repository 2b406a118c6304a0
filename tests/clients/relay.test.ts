import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { printSchema } from 'graphql';
import type { Environment } from 'relay-runtime';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type StoppableGraph, startStoppableGraph } from '../support/stoppableGraph.js';
import { eventually, openBrowser, type TestBrowser } from './browser.js';
import { apiSchema, type GuideProject, openProject } from './project.js';
import { firstStatements } from './statements.js';

describe('the guide to Relay', () => {
  let graph: StoppableGraph;
  let project: GuideProject;
  let browser: TestBrowser;
  let environment: Environment;
  let unmount: () => void;

  beforeAll(async () => {
    graph = await startStoppableGraph();
    project = await openProject('relay.md', graph.url);
    writeFileSync(join(project.folder, 'schema.graphql'), printSchema(apiSchema()));
    mkdirSync(join(project.folder, 'src/__generated__'));
    await project.run('relay-compiler');
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

  async function show(pageSize: number, startAfter?: string): Promise<void> {
    const { createEnvironment } = await project.load<{ createEnvironment: () => Environment }>('src/environment.ts');
    const { start } = await project.load<{
      start: (
        root: Element,
        environment: Environment,
        pageSize: number,
        startAfter?: string,
      ) => { unmount: () => void };
    }>('src/main.tsx');
    environment = createEnvironment();
    const mounted = start(browser.root, environment, pageSize, startAfter);
    unmount = () => mounted.unmount();
    await eventually(() => expect([...browser.text('[role=status]'), ...browser.text('[role=alert]')]).toHaveLength(1));
  }
  const expectCount = (count: number) =>
    eventually(() => {
      expect(browser.text('[role=status]')).toEqual([expect.stringMatching(new RegExp(`^${count} of \\d+$`))]);
      expect(browser.text('li')).toHaveLength(count);
    });
  const records = () => environment.getStore().getSource().toJSON() as Record<string, Record<string, unknown>>;
  const cachedStatements = () => Object.keys(records()).filter((id) => records()[id]?.['__typename'] === 'Statement');
  /** The ids in the connection, in its order. */
  const listed = () => {
    const key =
      Object.keys(records()).find((id) => /__Claims_statements_connection.*(?<!edges:\d+|pageInfo)$/.test(id)) ?? '';
    const { edges } = records()[key] as { edges: { __refs: string[] } };
    return edges.__refs.map((ref) => (records()[ref] as { node: { __ref: string } }).node.__ref);
  };
  const buttons = () => browser.text('button').filter((text) => text !== 'Reload');

  it('pages in both directions from the middle of a list, without a duplicate in the list or in the store', async () => {
    const { edges, ids } = await firstStatements(graph.url, 12);
    await show(3, edges[5]?.cursor);
    await expectCount(3);
    browser.click('Next');
    await expectCount(6);
    browser.click('Previous');
    await expectCount(9);
    browser.click('Previous');
    await expectCount(12);

    expect(listed()).toEqual(ids);
    expect(cachedStatements().sort()).toEqual([...ids].sort());
    expect(buttons()).toEqual(['Next', 'Next 20']);
    expect(browser.complaints).toEqual([]);
  });

  it('continues with larger pages', async () => {
    const { ids } = await firstStatements(graph.url, 23);
    await show(3);
    await expectCount(3);
    browser.requests();
    browser.click('Next 20');
    await expectCount(23);

    expect(browser.requests()).toMatchObject([{ operationName: 'ClaimsPageQuery', variables: { first: 20 } }]);
    expect(listed()).toEqual(ids);
    expect(browser.complaints).toEqual([]);
  });

  it('shows the message of a rejected request', async () => {
    await show(500);

    expect(browser.text('[role=alert]')).toEqual([expect.stringMatching(/100/)]);
  });

  it('shows what a partial response has, and refetches one object by its id', async () => {
    const { ids } = await firstStatements(graph.url, 3);
    await graph.stop('sanctions');
    await show(3);
    await expectCount(3);

    expect(browser.text('li')).toEqual(Array(3).fill(expect.stringContaining('(links to sanctions unavailable)')));

    await graph.start('sanctions');
    browser.requests();
    browser.click('Reload');
    await eventually(() => expect(browser.text('li')[0]).toMatch(/\(\d+ links to sanctions\)/));

    expect(browser.requests()).toMatchObject([{ operationName: 'ClaimRefetchQuery', variables: { id: ids[0] } }]);
    expect(browser.text('li').slice(1)).toEqual(
      Array(2).fill(expect.stringContaining('(links to sanctions unavailable)')),
    );
    expect(listed()).toEqual(ids);
    expect(cachedStatements().sort()).toEqual([...ids].sort());
    expect(browser.complaints).toEqual([]);
  });

  it('keeps the list if the next page fails, and continues from there', async () => {
    const { ids } = await firstStatements(graph.url, 6);
    await show(3);
    await graph.stop('statements');
    browser.click('Next');
    await eventually(() => expect(browser.text('[role=status]')).toEqual([expect.stringContaining('"statements"')]));

    expect(browser.text('li')).toHaveLength(3);
    expect(listed()).toEqual(ids.slice(0, 3));

    await graph.start('statements');
    browser.click('Next');
    await expectCount(6);

    expect(listed()).toEqual(ids);
  });
});
