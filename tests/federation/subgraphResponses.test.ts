import { afterEach, describe, expect, it } from 'vitest';
import { startFederation, type TestFederation } from '../support/federation.js';

let federation: TestFederation;
afterEach(() => federation?.close());

/** A subgraph that responds to every request with this text. */
const answering = async (
  sdl: string,
  text: string | ((query: string) => string),
  options: Parameters<typeof startFederation>[1] = {},
): Promise<TestFederation> => {
  federation = await startFederation(
    { a: { sdl, respond: ({ query }) => (typeof text === 'string' ? text : text(query)) } },
    options,
  );
  return federation;
};

describe('a value of a custom scalar', () => {
  const SDL = 'scalar GeoPoint scalar Anything type Query { at: GeoPoint ats: [GeoPoint!] other: Anything }';

  it.each(['[1.5,2]', '{"a":1,"b":[null,{"c":"d"}]}', '"text"', '1.5', 'true', '0', '""', '[]', '{}'])(
    'may be any JSON: %s',
    async (value) => {
      await answering(SDL, `{"data":{"at":${value},"ats":[${value}],"other":null}}`);

      const { data, errors } = await federation.ask('{ at ats other }');

      expect({ data, errors }).toEqual({ data: { at: JSON.parse(value), ats: [JSON.parse(value)], other: null } });
    },
  );

  it('is validated if the scalar is listed in the settings', async () => {
    await answering(SDL, '{"data":{"at":[1],"other":[1]}}', { validatedScalars: ['GeoPoint'] });

    const { data, errors } = await federation.ask('{ at other }');

    expect([data, errors]).toEqual([
      { at: null, other: [1] },
      [{ message: expect.any(String), path: ['at'], extensions: { code: 'SUBGRAPH_BAD_VALUE', service: 'a' } }],
    ]);
  });

  it('is validated if the gateway knows the scalar', async () => {
    await answering(
      'scalar Date type Query { good: Date bad: Date worse: Date }',
      '{"data":{"good":"2022-08-19","bad":"2022-13-01","worse":{"a":1}}}',
    );

    const { data, errors } = await federation.ask('{ good bad worse }');

    expect([data, errors?.map(({ path, extensions }) => [path, extensions?.['code']])]).toEqual([
      { good: '2022-08-19', bad: null, worse: null },
      [
        [['bad'], 'SUBGRAPH_BAD_VALUE'],
        [['worse'], 'SUBGRAPH_BAD_VALUE'],
      ],
    ]);
  });
});

describe('a number', () => {
  const SDL =
    'scalar Long scalar Any type Item @key(fields: "id") { id: ID! } type Query { id: ID ids: [ID!] int: Int float: Float long: Long any: Any item: Item }';

  it('is coerced to a string for ID', async () => {
    await answering(SDL, '{"data":{"id":7,"ids":[1,"b",20],"item":{"id":3}}}');

    expect((await federation.ask('{ id ids item { id } }')).data).toEqual({
      id: '7',
      ids: ['1', 'b', '20'],
      item: { id: '3' },
    });
  });

  it.each(['9007199254740993', '-9007199254740993', '12345678901234567890', '1e400'])(
    'beyond the safe range is returned exactly or rejected: %s',
    async (digits) => {
      await answering(
        SDL,
        `{"data":{"id":${digits.includes('e') ? 1 : digits},"long":${digits},"any":{"deep":[${digits}]}}}`,
      );

      const response = await fetch(federation.url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query: '{ id long any }' }),
      });
      const text = await response.text();
      const { data, errors } = JSON.parse(text) as {
        data: Record<string, unknown>;
        errors: { path: string[]; extensions: { code: string } }[];
      };

      expect(data['id']).toBe(digits.includes('e') ? '1' : digits);
      for (const field of ['long', 'any']) {
        if (data[field] === null)
          expect(
            errors.filter(({ path, extensions }) => path[0] === field && extensions.code === 'SUBGRAPH_BAD_VALUE'),
          ).toHaveLength(1);
        else expect(text).toContain(digits);
      }
    },
  );

  it('within the safe range is unchanged, also next to digits in strings', async () => {
    await answering(
      SDL,
      '{"data":{"long":9007199254740991,"float":0.1234567890123456,"any":{"text":"9007199254740993, \\"12345678901234567890\\\\","n":-1234567890123456}}}',
    );

    expect((await federation.ask('{ long float any }')).data).toEqual({
      long: 9007199254740991,
      float: 0.1234567890123456,
      any: { text: '9007199254740993, "12345678901234567890\\', n: -1234567890123456 },
    });
  });
});

describe('errors of a subgraph', () => {
  it.each(['null', '[]'])('are empty if errors is %s with data', async (errors) => {
    await answering('type Query { a: Int }', `{"data":{"a":1},"errors":${errors}}`);

    const answer = await federation.ask('{ a }');

    expect([answer.data, answer.errors]).toEqual([{ a: 1 }, undefined]);
  });

  it('have their own paths, once each and in the order of the fields, even if data is null', async () => {
    await answering(
      'type Query { d1: Int! d2: Int! d3: Int }',
      '{"data":null,"errors":[{"message":"two","path":["d2"]},{"message":"one","path":["d1"]}]}',
    );

    const { data, errors } = await federation.ask('{ d1 d2 d3 }');

    expect([data, errors?.map(({ path }) => path)]).toEqual([null, [['d1'], ['d2']]]);
  });

  it("have the paths of the client's operation", async () => {
    await answering('type Query { list: [Item] } type Item { name(of: Int): String }', (query) =>
      JSON.stringify({
        data: {
          list: [
            { name__0: null, name__1: 'b' },
            { name__0: 'c', name__1: null },
          ],
        },
        errors: [
          { message: 'x', path: ['list', 0, 'name__0'] },
          { message: 'y', path: ['list', 1, 'name__1'] },
        ],
      }).replaceAll('list', /list__\d/.exec(query)?.[0] ?? 'list'),
    );

    const { data, errors } = await federation.ask(
      '{ l: list { one: name(of: 1) same: name(of: 1) other: name(of: 2) } }',
    );

    expect(data).toEqual({
      l: [
        { one: null, same: null, other: 'b' },
        { one: 'c', same: 'c', other: null },
      ],
    });
    expect(errors?.map(({ path }) => path)).toEqual([
      ['l', 0, 'one'],
      ['l', 0, 'same'],
      ['l', 1, 'other'],
    ]);
  });

  it('null an object only under the alias that selects the failed field', async () => {
    const calls: string[] = [];
    await answering('type Query { l: [Item] } type Item { id: ID! must: Int! }', (query) => {
      calls.push(query);
      const keys = [...query.matchAll(/(l__\d): ?l ?{ ?(\w+)/g)];
      const key = keys.find(([, , field]) => field === 'must')?.[1] ?? 'l';
      const others = keys.flatMap(([, other, field]) => (field === 'must' ? [] : [`,"${other}":[{"id":"1"}]`]));
      return `{"data":{"${key}":[null]${others.join('')}},"errors":[{"message":"failed","path":["${key}",0,"must"]}]}`;
    });

    const { data, errors } = await federation.ask('{ a: l { must } b: l { id } }');

    expect(data).toEqual({ a: [null], b: [{ id: '1' }] });
    expect(errors?.map(({ path }) => path)).toEqual([['a', 0, 'must']]);
    expect(calls).toHaveLength(2);
  });

  it('do not report an executed mutation as failed', async () => {
    await answering(
      'type Query { a: Int } type Mutation { addA(n: Int): Item boom: Int! } type Item { id: ID }',
      (query) => `{"data":null,"errors":[{"message":"boom","path":["${/boom\w*/.exec(query)?.[0]}"]}]}`,
    );

    const { data, errors } = await federation.ask('mutation { first: addA(n: 7) { id } boom }');

    expect([data, errors?.map(({ path }) => path)]).toEqual([null, [['boom']]]);
  });

  it('include one error for each nullable field that is lost with a failed one', async () => {
    await answering('type Query { a: Int } type Mutation { addA(n: Int): Int boom: Int }', (query) => {
      const boom = /boom\w*/.exec(query)?.[0];
      return `{"data":{"addA__0":7,"${boom}":null},"errors":[{"message":"boom","path":["${boom}"]}]}`;
    });

    const { data, errors } = await federation.ask('mutation { first: addA(n: 7) boom }');

    expect([data, errors?.map(({ path }) => path)]).toEqual([{ first: 7, boom: null }, [['boom']]]);
  });
});

describe('the code of a subgraph error', () => {
  const failing = (extensions: object, message = 'For the client.') =>
    JSON.stringify({ data: { a: null }, errors: [{ message, path: ['a'], extensions }] });

  it.each(['UNAUTHENTICATED', 'FORBIDDEN', 'NOT_FOUND', 'BAD_USER_INPUT'])(
    'reaches the client with the message and no other extension: %s',
    async (code) => {
      await answering(
        'type Query { a: Int }',
        failing({ code, stacktrace: ['at x'], http: { status: 418 }, secret: 's' }),
      );

      expect((await federation.ask('{ a }')).errors).toEqual([
        { message: 'For the client.', path: ['a'], extensions: { code, service: 'a' } },
      ]);
    },
  );

  it('reaches the client only if it is configured', async () => {
    await answering('type Query { a: Int }', failing({ code: 'OUT_OF_STOCK' }), { clientErrorCodes: ['OUT_OF_STOCK'] });
    expect((await federation.ask('{ a }')).errors?.[0]).toMatchObject({
      message: 'For the client.',
      extensions: { code: 'OUT_OF_STOCK' },
    });
    await federation.close();

    await answering('type Query { a: Int }', failing({ code: 'FORBIDDEN' }), { clientErrorCodes: ['OUT_OF_STOCK'] });
    expect((await federation.ask('{ a }')).errors).toEqual([
      {
        message: 'The "a" subgraph failed to resolve this field.',
        path: ['a'],
        extensions: { code: 'INTERNAL_SERVER_ERROR', service: 'a' },
      },
    ]);
  });

  it('comes with a message of at most 500 characters', async () => {
    await answering('type Query { a: Int }', failing({ code: 'FORBIDDEN' }, 'x'.repeat(5_000)));

    expect((await federation.ask('{ a }')).errors?.[0]?.message.length).toBeLessThanOrEqual(502);
  });
});

it('returns an entity whose only field is null next to one whose field failed', async () => {
  federation = await startFederation({
    list: {
      sdl: 'type Item @key(fields: "id") { id: ID! } type Query { items: [Item] }',
      resolvers: { Query: { items: () => [{ id: '1' }, { id: '2' }] } },
    },
    notes: {
      sdl: 'type Item @key(fields: "id") { id: ID! note: String }',
      resolvers: {
        Item: {
          __resolveReference: (reference: object) => reference,
          note: ({ id }: { id: string }) => (id === '1' ? Promise.reject(new Error('no')) : null),
        },
      },
    },
  });

  const { data, errors } = await federation.ask('{ items { note } }');

  expect({ data, errors }).toMatchObject({
    data: { items: [{ note: null }, { note: null }] },
    errors: [{ path: ['items', 0, 'note'] }],
  });
});
