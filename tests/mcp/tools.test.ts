import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startGraph, type TestGraph } from '../support/graph.js';
import { httpTransport, toolCaller, withClient } from './client.js';
import { QUESTIONS } from './questions.js';

let graph: TestGraph;
beforeAll(async () => {
  graph = await startGraph({ mcp: { publicUrl: 'https://dossier.invalid/' } });
});
afterAll(() => graph.close());

describe('an assistant that has only the tools', () => {
  it.each(QUESTIONS)('answers: $question', async ({ answer, expected }) => {
    const answered = await withClient(httpTransport(graph.url), (client) => answer(toolCaller(client)));

    expect(answered).toEqual(expected);
  });
});
