import { Client, InMemoryTransport } from '@modelcontextprotocol/client';
import { describe, expect, it } from 'vitest';
import type { ExecuteOperation } from './execute.js';
import { createPresenter } from './present.js';
import { createMcpServer } from './server.js';

/** Calls a tool of a server whose graph is `execute`. */
async function call(name: string, args: Record<string, unknown>, execute: ExecuteOperation) {
  const failures: Error[] = [];
  const [ofClient, ofServer] = InMemoryTransport.createLinkedPair();
  const server = createMcpServer({ execute, publicUrl: null, onError: (error) => failures.push(error) });
  const client = new Client({ name: 'test', version: '1.0.0' });
  await server.connect(ofServer);
  await client.connect(ofClient);
  const { isError, content, structuredContent } = await client.callTool({ name, arguments: args });
  await client.close();
  const [first] = content;
  return { isError, text: first?.type === 'text' ? first.text : '', structuredContent, failures };
}

const down = { message: 'The subgraph is down.', extensions: { code: 'SUBREQUEST_FAILED' } };

describe('a tool', () => {
  it('returns what could be fetched, and says what could not', async () => {
    const { structuredContent, isError } = await call('search', { words: 'Zenda' }, async () => ({
      data: { statements: null, actors: { totalCount: 0, nodes: [] } },
      errors: [down],
    }));

    expect(isError).toBeFalsy();
    expect(structuredContent).toEqual({
      statements: null,
      actors: [],
      warnings: [{ code: 'SUBREQUEST_FAILED', message: 'The subgraph is down.' }],
    });
  });

  it.each<[string, Awaited<ReturnType<ExecuteOperation>>, string]>([
    [
      'nothing could be fetched',
      { data: { statements: null, actors: null }, errors: [down] },
      'SUBREQUEST_FAILED: The subgraph is down.',
    ],
    [
      'the operation was not executed',
      { errors: [{ message: 'Too costly.', extensions: { code: 'OPERATION_TOO_COSTLY' } }] },
      'OPERATION_TOO_COSTLY: Too costly.',
    ],
    [
      'an argument is invalid, even if the rest was fetched',
      {
        data: { statements: null, actors: { nodes: [] } },
        errors: [{ message: 'Not a cursor.', extensions: { code: 'BAD_USER_INPUT' } }],
      },
      'BAD_USER_INPUT: Not a cursor.',
    ],
  ])('returns an error with its code if %s', async (_name, result, expected) => {
    const { isError, text, failures } = await call('search', { words: 'Zenda' }, async () => result);

    expect([isError, text, failures]).toEqual([true, expected, []]);
  });

  it.each<[string, Record<string, unknown>, string]>([
    [
      'is unknown',
      { words: 'Zenda', limit: 5, ['x'.repeat(100)]: 1 },
      `BAD_USER_INPUT: "limit" is not an argument; expected words, first, after.\nBAD_USER_INPUT: "${'x'.repeat(60)}…" is not an argument; expected words, first, after.`,
    ],
    ['is missing', {}, 'BAD_USER_INPUT: "words" is not valid: Invalid input: expected string, received undefined.'],
    [
      'is too large',
      { words: 'Zenda', first: 51 },
      'BAD_USER_INPUT: "first" is not valid: Too big: expected number to be <=50.',
    ],
  ])('names an argument that %s, and executes nothing', async (_name, args, expected) => {
    const { isError, text, failures } = await call('search', args, () => {
      throw new Error('executed');
    });

    expect([isError, text, failures]).toEqual([true, expected, []]);
  });

  it('bounds what it says of very many values that are not valid', async () => {
    const { isError, text } = await call(
      'list_mentions',
      { id: 'a', form: new Array(200_000).fill(0) },
      async () => ({}),
    );

    expect([isError, text.startsWith('BAD_USER_INPUT: '), text.length < 5000]).toEqual([true, true, true]);
  });

  it('reveals nothing of a failure, which is logged', async () => {
    const { isError, text, failures } = await call('search', { words: 'Zenda' }, async () => {
      throw new Error('SELECT secret FROM /data/store.sqlite');
    });

    expect([isError, text]).toEqual([true, 'INTERNAL_SERVER_ERROR: The server failed to process the request.']);
    expect(failures).toEqual([expect.objectContaining({ message: 'SELECT secret FROM /data/store.sqlite' })]);
  });

  it('sends every variable, so that the example values of its operation are never used', async () => {
    let sent: Record<string, unknown> = {};

    await call('list_statements', { topic: ['labour'] }, async ({ variables }) => {
      sent = variables;
      return { data: { statements: { totalCount: 0, nodes: [], pageInfo: { hasNextPage: false, endCursor: null } } } };
    });

    expect(sent).toMatchObject({ topic: ['labour'], speaker: null, document: null, after: null, first: 10 });
  });
});

describe('the certainty of a speaker', () => {
  it.each([
    ['EXPLICIT', 'STATED', /names the speaker/],
    ['IMPLICIT', 'INFERRED', /inferred/],
    ['INHERITED_UNCERTAIN', 'INFERRED', /inferred .* not certain/],
    ['IMPUTED', 'IMPUTED', /Nobody said this/],
    ['MISSING', 'UNKNOWN', /unknown/],
  ] as const)('of %s is %s, and explained', (status, certainty, explanation) => {
    const none = { speakers: [], candidates: [], imputedTo: null, imputedBy: null, note: null, relayChain: [] };

    expect(createPresenter(null).speaker({ status, ...none })).toEqual({
      status,
      certainty,
      explanation: expect.stringMatching(explanation),
      ...none,
    });
  });
});
