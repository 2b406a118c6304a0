import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../testing/testServer.js';
import { SECRET_HEADER } from './secret.js';

const SECRET = 'correct-horse-battery';
const PREVIOUS = 'staple-correct-horse';
const QUESTION = { query: '{ castle }' };

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer(() => ({ data: { castle: 'Ruritania' } }), { secrets: [SECRET, PREVIOUS] });
});
afterAll(() => server.close());

it.each([SECRET, PREVIOUS])('accepts requests with either secret while one is replaced', async (secret) => {
  const response = await server.post(QUESTION, { [SECRET_HEADER]: secret });

  expect(await response.json()).toEqual({ data: { castle: 'Ruritania' } });
});

it.each<[string, Record<string, string>]>([
  ['no secret', {}],
  ['an empty secret', { [SECRET_HEADER]: '' }],
  ['the start of the secret', { [SECRET_HEADER]: SECRET.slice(0, -1) }],
  ['the secret and more', { [SECRET_HEADER]: `${SECRET}r` }],
  ['both secrets', { [SECRET_HEADER]: `${SECRET}, ${PREVIOUS}` }],
  ['the secret in another header', { authorization: `Bearer ${SECRET}` }],
])('rejects any request with %s', async (_what, headers) => {
  for (const query of ['{ castle }', '{ _service { sdl } }', '{ __schema { types { name } } }', 'no GraphQL']) {
    const response = await server.post({ query }, headers);

    expect(response.status).toBe(403);
    expect(await response.json()).toEqual({
      errors: [
        { message: 'This service accepts requests from its gateway only.', extensions: { code: 'GATEWAY_ONLY' } },
      ],
    });
  }
  expect((await fetch(`${server.base}graphql?query={castle}`, { headers })).status).toBe(403);
});

it('serves probes without the secret', async () => {
  for (const path of ['health', 'healthz', 'readyz', 'metrics']) {
    const response = await fetch(`${server.base}${path}`);

    expect(response.status).toBe(200);
    expect(await response.text()).not.toContain(SECRET);
  }
});
