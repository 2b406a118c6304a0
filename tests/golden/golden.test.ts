import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startGraph, type TestGraph } from '../support/graph.js';

// `npm run golden -- --update <name>` writes the answers whose name contains the word; without it, answers are compared.
const update = process.env['GOLDEN_UPDATE'];
const folder = import.meta.dirname;
const questions = readdirSync(folder)
  .filter((file) => file.endsWith('.graphql'))
  .map((file) => basename(file, '.graphql'));

describe('the golden query, with no text mounted,', () => {
  let graph: TestGraph;
  beforeAll(async () => {
    graph = await startGraph();
  });
  afterAll(() => graph.close());

  it.each(questions)('returns the stored response: %s', async (name) => {
    const operation = readFileSync(join(folder, `${name}.graphql`), 'utf8');
    const file = join(folder, `${name}.json`);

    const answer = await graph.query(operation);

    if (update && name.includes(update === 'all' ? '' : update))
      writeFileSync(file, `${JSON.stringify(answer, null, 2)}\n`);
    expect(existsSync(file), `${name}.json is missing; write it with npm run golden -- --update ${name}`).toBe(true);
    expect(answer).toEqual(JSON.parse(readFileSync(file, 'utf8')));
  });

  it.each(questions)('is one operation with a question in words and a response without errors: %s', (name) => {
    const operation = readFileSync(join(folder, `${name}.graphql`), 'utf8');

    expect(operation).toMatch(/^# .+\?\n/);
    expect(JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8'))).not.toHaveProperty('errors');
  });
});
