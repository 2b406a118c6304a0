import { afterEach, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../testing/testServer.js';

let server: TestServer | undefined;
let runs = 0;
afterEach(async () => {
  await server?.close();
  runs = 0;
});

const LIMITS = { tokens: 99, depth: 5, aliases: 50, rootFields: 50, directives: 5, selections: 50, cost: 5, page: 10 };
const COST = { 'x-dossier-cost': '1' };
const start = async (options: Parameters<typeof startTestServer>[1] = {}): Promise<TestServer> => {
  server = await startTestServer(
    () => {
      runs++;
      return { data: { castle: 'a } b' } };
    },
    { limits: LIMITS, cache: { maxBytes: 100_000, maxAgeMs: null, stateOf: () => () => 1 }, ...options },
  );
  return server;
};
const aliased = (count: number): string =>
  `{ ${Array.from({ length: count }, (_, index) => `a${index}: castle`).join(' ')} }`;

describe('the cost of an operation', () => {
  it('is in the response of a client that requests it, and in no other, from one execution', async () => {
    const { post } = await start();

    const responses = [];
    for (const headers of [{}, COST, {}, { 'x-dossier-cost': '0' }])
      responses.push(await (await post({ query: '{ castle }' }, headers)).text());

    const plain = '{"data":{"castle":"a } b"}}\n';
    const extended = '{"data":{"castle":"a } b"},"extensions":{"cost":{"estimated":1,"maximum":5}}}\n';
    expect(responses).toEqual([plain, extended, plain, plain]);
    expect(runs).toBe(1);
  });

  it.each(['application/json', 'application/graphql-response+json'])(
    'is also in the response to a rejected operation, as %s',
    async (accept) => {
      const { post } = await start();

      const response = await post({ query: aliased(7) }, { ...COST, accept });

      expect([response.status, response.headers.get('content-type')]).toEqual([400, `${accept}; charset=utf-8`]);
      expect(await response.json()).toEqual({
        errors: [{ message: expect.stringContaining('7'), extensions: { code: 'OPERATION_TOO_COSTLY' } }],
        extensions: { cost: { estimated: 7, maximum: 5 } },
      });
      expect(runs).toBe(0);
    },
  );

  it('gives a GET another entity tag, and caches store the two responses separately', async () => {
    const { base } = await start();
    const get = (headers: Record<string, string>) =>
      fetch(`${base}graphql?query={castle}`, { headers: { 'apollo-require-preflight': '1', ...headers } });

    const [plain, extended] = [await get({}), await get(COST)];
    const [tag, extendedTag] = [plain, extended].map(({ headers }) => headers.get('etag') ?? '');

    expect([plain, extended].map(({ headers }) => headers.get('vary'))).toEqual(
      Array(2).fill('accept, accept-encoding, x-dossier-cost'),
    );
    expect(extendedTag).not.toBe(tag);
    expect((await get({ ...COST, 'if-none-match': extendedTag ?? '' })).status).toBe(304);
    expect((await get({ ...COST, 'if-none-match': tag ?? '' })).status).toBe(200);
  });

  it('is not sent by a server that has no limits', async () => {
    const { post } = await start({ limits: undefined } as never);

    expect(await (await post({ query: '{ castle }' }, COST)).json()).toEqual({ data: { castle: 'a } b' } });
  });

  it('may be requested by pages of the allowed origins', async () => {
    const { base } = await start({ corsOrigins: ['https://app.invalid'] });

    const { headers } = await fetch(`${base}graphql`, {
      method: 'OPTIONS',
      headers: {
        origin: 'https://app.invalid',
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'content-type,x-dossier-cost',
      },
    });

    expect(headers.get('access-control-allow-headers')).toContain('x-dossier-cost');
  });
});
