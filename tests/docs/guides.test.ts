import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { workspaceRoot } from '@dossier/config';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startGraph, type TestGraph } from '../support/graph.js';
import { cookbook } from './cookbook.js';
import { withResponses } from './responses.js';

/** `npm run guides` writes the answers; without it they are compared. */
const update = process.env['GUIDES_UPDATE'] === '1';

const pathOf = (file: string): string => join(workspaceRoot(), 'docs', file);

function expectPage(file: string, text: string): void {
  if (update) writeFileSync(pathOf(file), text);
  else expect(readFileSync(pathOf(file), 'utf8'), `docs/${file} says otherwise; npm run guides writes it`).toBe(text);
}

describe('the responses in the guides', () => {
  let graph: TestGraph;
  beforeAll(async () => {
    graph = await startGraph();
  });
  afterAll(() => graph.close());

  it.each(['first-query.md', 'pages-ids-nulls.md', 'evidence-and-dates.md'])(
    'are those of the graph in %s',
    async (file) => {
      const text = readFileSync(pathOf(file), 'utf8');
      const now = await withResponses(text, graph);

      expect(now).toContain('"data"');
      expectPage(file, now);
    },
  );

  it('include the start of the response to every operation in cookbook.md', async () => {
    expectPage('cookbook.md', await cookbook(graph));
  });
});
