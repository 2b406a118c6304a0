import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSchema, findBreakingChanges } from 'graphql';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { startGraph, type TestGraph } from '../support/graph.js';
import { apiSchema, type GuideProject, openProject } from './project.js';

interface Figure {
  id: string;
  value: string | null;
  unit: string | null;
  flow: string;
}
interface Figures {
  loadFigures: (variables: { filter?: object; first?: number }) => Promise<Figure[]>;
}

describe('the guide to gql.tada', () => {
  let graph: TestGraph;
  let project: GuideProject;
  beforeAll(async () => {
    graph = await startGraph();
    const url = `${graph.url}graphql`;
    project = await openProject('gql-tada.md', url);
    await project.run('gql.tada', 'generate-schema', url, '--output', 'schema.graphql');
    await project.run('gql.tada', 'generate-output');
  });
  afterAll(async () => {
    await project?.close();
    await graph?.close();
  });
  afterEach(() => {
    vi.restoreAllMocks();
  });

  it('generates the schema from introspection, with nothing missing', () => {
    const generated = buildSchema(readFileSync(join(project.folder, 'schema.graphql'), 'utf8'));

    expect(findBreakingChanges(apiSchema(), generated)).toEqual([]);
    expect(readFileSync(join(project.folder, 'src/graphql-env.d.ts'), 'utf8')).toContain('TradeFigureFilter');
  });

  it('loads all pages', async () => {
    const { loadFigures } = await project.load<Figures>('src/figures.ts');
    const { data } = await graph.query(
      '{ tradeFigures(filter: { measure: [TRADE_VALUE] }, first: 100) { nodes { id } } }',
    );

    const figures = await loadFigures({ filter: { measure: ['TRADE_VALUE'] }, first: 2 });

    expect(figures.length).toBeGreaterThan(2);
    expect(figures.map(({ id }) => id)).toEqual(
      (data as { tradeFigures: { nodes: { id: string }[] } }).tradeFigures.nodes.map(({ id }) => id),
    );
    expect(figures.some(({ value }) => typeof value === 'string')).toBe(true);
  });

  it('throws the message of a rejected request', async () => {
    const { loadFigures } = await project.load<Figures>('src/figures.ts');

    await expect(loadFigures({ first: 500 })).rejects.toThrow(/100/);
  });

  it('runs as it is on the page', async () => {
    const log = vi.spyOn(console, 'log').mockImplementation(() => {});

    await project.load('src/main.ts');

    expect(log.mock.calls.length).toBeGreaterThan(2);
    for (const [line] of log.mock.calls) expect(line).toMatch(/^\S+: [A-Z]+ \S+/);
  });
});
