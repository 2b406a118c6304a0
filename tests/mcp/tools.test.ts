import { readFileSync } from 'node:fs';
import { readSupergraph } from '@dossier/execution/supergraph';
import { supergraphFile } from '@dossier/gateway';
import { tools } from '@dossier/mcp';
import { isEnumType } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startGraph, type TestGraph } from '../support/graph.js';
import { httpTransport, toolCaller, withClient } from './client.js';
import { QUESTIONS } from './questions.js';

let graph: TestGraph;
beforeAll(async () => {
  graph = await startGraph({ mcp: { publicUrl: 'https://dossier.invalid/' } });
});
afterAll(() => graph.close());

/** The passages anywhere in a result. */
const passagesIn = (value: unknown): { id: string }[] => {
  if (typeof value !== 'object' || value === null) return [];
  const inner = Object.values(value).flatMap(passagesIn);
  return 'excerpt' in value ? [value as unknown as { id: string }, ...inner] : inner;
};

describe('an assistant that has only the tools', () => {
  it.each(QUESTIONS)('answers: $question', async ({ answer, expected }) => {
    const answered = await withClient(httpTransport(graph.url), (client) => answer(toolCaller(client)));

    expect(answered).toEqual(expected);
  });
});

describe('a tool', () => {
  it.each(tools)('returns what its output schema says, with passages to cite: $name', async ({ name, example }) => {
    const result = await withClient(httpTransport(graph.url), async (client) => {
      // With the list of tools, the client validates results against their schemas.
      await client.listTools();
      return toolCaller(client)(name, example);
    });

    const passages = passagesIn(result);
    // A provision is from outside of the document; without a text, nothing can be verified.
    if (name === 'list_provisions') expect(result.provisions[0].references.length).toBeGreaterThan(0);
    else if (name !== 'verify_quotation') expect(passages.length).toBeGreaterThan(0);
    for (const passage of passages)
      expect(passage).toEqual({
        id: expect.stringMatching(/^citation:memri-sd-10149#char=\d+,\d+$/),
        document: 'document:memri-sd-10149',
        start: expect.any(Number),
        end: expect.any(Number),
        paragraph: expect.toSatisfy((paragraph) => paragraph === null || paragraph > 0),
        digest: expect.stringMatching(/^[0-9a-f]{64}$/),
        availability: 'NOT_MOUNTED',
        excerpt: null,
        resource: 'dossier://documents/memri-sd-10149',
        url: expect.stringMatching(/^https:\/\/dossier\.invalid\/reader\/document\?at=\d+,\d+&document=document/),
      });
    expect(result.warnings).toEqual([]);
  });

  it('is read-only, and describes itself, its arguments and its result', async () => {
    const { tools: listed } = await withClient(httpTransport(graph.url), (client) => client.listTools());

    expect(listed.map(({ name }) => name)).toEqual(tools.map(({ name }) => name));
    for (const { name, description = '', annotations, inputSchema, outputSchema } of listed) {
      expect(description.length, name).toBeGreaterThan(60);
      expect(annotations).toMatchObject({ readOnlyHint: true, destructiveHint: false, openWorldHint: false });
      expect(inputSchema).toMatchObject({ type: 'object', additionalProperties: false });
      expect(outputSchema).toMatchObject({ type: 'object', required: expect.arrayContaining(['warnings']) });
    }
  });

  it('accepts every value of an enum that it filters by', async () => {
    const { apiSchema } = readSupergraph(readFileSync(supergraphFile, 'utf8'));
    const enums = Object.values(apiSchema.getTypeMap())
      .filter(isEnumType)
      .map((type) => type.getValues().map(({ name }) => name));
    const { tools: listed } = await withClient(httpTransport(graph.url), (client) => client.listTools());
    const filters = listed.flatMap(({ name, inputSchema }) =>
      Object.entries(inputSchema.properties ?? {}).flatMap(([argument, schema]) => {
        const { items } = schema as { items?: { enum?: string[] } };
        return items?.enum ? [{ filter: `${name}.${argument}`, values: items.enum }] : [];
      }),
    );

    expect(filters.length).toBeGreaterThan(10);
    for (const { filter, values } of filters)
      expect(
        enums.map((names) => names.toSorted()),
        filter,
      ).toContainEqual(values.toSorted());
  });

  it('returns pages that make up the whole list', async () => {
    const ids = await withClient(httpTransport(graph.url), async (client) => {
      const call = toolCaller(client);
      const found: string[] = [];
      let after: string | undefined;
      do {
        const page = await call('list_statements', {
          speaker: 'person:vladimir-putin',
          first: 3,
          ...(after && { after }),
        });
        found.push(...page.statements.map(({ id }: { id: string }) => id));
        after = page.nextCursor ?? undefined;
      } while (after);
      return found;
    });

    expect(ids).toHaveLength(4);
    expect(new Set(ids).size).toBe(4);
  });

  it('returns null for an unknown id', async () => {
    const results = await withClient(httpTransport(graph.url), async (client) => {
      const call = toolCaller(client);
      return Promise.all([
        call('get_statement', { id: 'statement:none/S01' }),
        call('get_actor', { id: 'not an id' }),
        call('get_provision', { id: 'provision:none/1' }),
        call('list_tensions', { document: 'document:none' }),
        call('list_mentions', { id: 'person:none' }),
        call('verify_quotation', { document: 'document:none', words: 'x' }),
      ]);
    });

    expect(results.map((result) => Object.values(result)[0])).toEqual([null, null, null, null, null, null]);
  });
});

describe('a document as a resource', () => {
  it('is listed, described, and read in pages', async () => {
    await withClient(httpTransport(graph.url), async (client) => {
      const read = async (uri: string) => {
        const [content] = (await client.readResource({ uri })).contents;
        return JSON.parse(content && 'text' in content ? String(content.text) : '');
      };

      const { resources } = await client.listResources();
      const [{ uri } = { uri: '' }] = resources;
      const document = await read(uri);
      const numbers: number[] = [];
      for (let next = `${uri}/paragraphs?first=10`; next; ) {
        const page = await read(next);
        expect(page.paragraphs.length).toBeLessThanOrEqual(10);
        numbers.push(...page.paragraphs.map(({ number }: { number: number }) => number));
        next = page.next;
      }

      expect(resources.map(({ name }) => name)).toEqual(['document:memri-sd-10149']);
      expect(document).toMatchObject({ id: 'document:memri-sd-10149', availability: 'NOT_MOUNTED' });
      expect(numbers).toEqual(Array.from({ length: numbers.length }, (_, index) => index + 1));
      expect(numbers.length).toBeGreaterThan(20);
      expect(await client.listResourceTemplates()).toMatchObject({
        resourceTemplates: [{ name: 'document' }, { name: 'paragraphs' }],
      });
    });
  });
});
