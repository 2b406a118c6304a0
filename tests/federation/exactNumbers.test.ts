import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startFederation, type TestFederation } from '../support/federation.js';

let federation: TestFederation;
beforeEach(async () => {
  federation = await startFederation({
    a: {
      sdl: 'scalar Long type Query { echo(id: ID, long: Long, float: Float): String }',
      resolvers: { Query: { echo: (_: unknown, given: object) => JSON.stringify(given) } },
    },
  });
});
afterEach(() => federation.close());

const post = async (body: string) => {
  const response = await fetch(federation.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/graphql-response+json' },
    body,
  });
  return { status: response.status, text: await response.text() };
};

describe('a number of a client that would be rounded', () => {
  it.each(['{"long":9007199254740993}', '{"id":9007199254740993}', '{"long":{"n":[-9007199254740993]}}'])(
    'is rejected in variables, and reaches no subgraph: %s',
    async (variables) => {
      const query = 'query ($id: ID, $long: Long) { echo(id: $id, long: $long) }';

      const { status, text } = await post(`{"query":${JSON.stringify(query)},"variables":${variables}}`);

      expect(status).toBe(400);
      expect(JSON.parse(text).errors[0]).toMatchObject({
        message: expect.stringMatching(/9007199254740993, which would be rounded; expected an integer up to 2\^53/),
        extensions: { code: 'BAD_REQUEST' },
      });
      expect(federation.callsOf('a')).toEqual([]);
    },
  );

  it.each(['9007199254740993', '[9007199254740993]', '{ n: 9007199254740993 }'])(
    'is rejected as a literal of a custom scalar: %s',
    async (literal) => {
      const { status, errors } = await federation.ask(`{ echo(long: ${literal}) }`);

      expect([status, errors?.[0]?.extensions?.['code']]).toEqual([400, 'GRAPHQL_VALIDATION_FAILED']);
      expect(errors?.[0]?.message).toMatch(/9007199254740993 would be rounded/);
      expect(federation.callsOf('a')).toEqual([]);
    },
  );

  it('is kept as a literal of ID, and rounded as one of Float', async () => {
    const { data } = await federation.ask('{ echo(id: 9007199254740993, float: 9007199254740993) }');

    expect(data).toEqual({ echo: '{"id":"9007199254740993","float":9007199254740992}' });
  });

  it('is accepted if a number represents it', async () => {
    const { data } = await federation.ask('query ($long: Long) { echo(long: $long) }', { long: 9007199254740992 });

    expect(data).toEqual({ echo: '{"long":9007199254740992}' });
  });
});
