import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { workspaceRoot } from '@dossier/config';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startGraph, type TestGraph } from '../support/graph.js';
import { cookbook } from './cookbook.js';
import { withResponses } from './responses.js';

/** `npm run guides` updates the responses; otherwise they are compared. */
const update = process.env['GUIDES_UPDATE'] === '1';

const pathOf = (file: string): string => join(workspaceRoot(), 'docs', file);

function expectPage(file: string, text: string): void {
  if (update) writeFileSync(pathOf(file), text);
  else expect(readFileSync(pathOf(file), 'utf8'), `docs/${file} is out of date; run npm run guides`).toBe(text);
}

describe('responses in the guides', () => {
  let graph: TestGraph;
  beforeAll(async () => {
    graph = await startGraph();
  });
  afterAll(() => graph.close());

  it.each(['first-query.md', 'pages-ids-nulls.md', 'evidence-and-dates.md', 'search.md'])(
    '%s shows the current responses of the graph',
    async (file) => {
      const text = readFileSync(pathOf(file), 'utf8');
      const current = await withResponses(text, graph);

      expect(current).toContain('"data"');
      expectPage(file, current);
    },
  );

  it('cookbook.md has every operation with the start of its response', async () => {
    expectPage('cookbook.md', await cookbook(graph));
  });
});
