import { readFileSync } from 'node:fs';
import { readSupergraph } from '@dossier/execution/supergraph';
import { type RunningGateway, supergraphFile } from '@dossier/gateway';
import { expect } from 'vitest';
import { operationOf } from '../differential/operations.js';
import { UNKNOWN_IDS } from '../support/unknownIds.js';

/** The same graph on files and on a database. */
interface Graphs {
  files: RunningGateway;
  published: RunningGateway;
}

/** Expects the same bytes from both, and returns them. */
export async function expectSameAnswer({
  files,
  published,
  query,
  variables,
}: Graphs & { query: string; variables: Record<string, unknown> }): Promise<string> {
  const [expected, actual] = await Promise.all(
    [files, published].map(async (graph) => JSON.stringify(await graph.execute({ query, variables }), null, 1)),
  );
  expect(actual, JSON.stringify(variables)).toBe(expected);
  return expected as string;
}

/** The same for the random operations of a range of seeds. */
export async function expectSameAnswers({ from, to, ...graphs }: Graphs & { from: number; to: number }): Promise<void> {
  const { apiSchema } = readSupergraph(readFileSync(supergraphFile, 'utf8'));
  const { data } = await graphs.files.execute({
    query:
      '{ actors(first: 60) { nodes { id } } statements(first: 60) { nodes { id citations { id } } } events(first: 9) { nodes { id } } provisions(first: 9) { nodes { id } } tradeFigures(first: 9) { nodes { id } } quotations(first: 9) { nodes { id } } }',
  });
  const known = [...JSON.stringify(data).matchAll(/"id":"([^"]+)"/g)].map(([, id]) => id as string);
  const ids = [...known, ...Object.values(UNKNOWN_IDS)];
  for (let seed = from; seed <= to; seed++) await expectSameAnswer({ ...graphs, ...operationOf(apiSchema, ids, seed) });
}
