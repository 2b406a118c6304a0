import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../testServer.js';
import { SECRET_HEADER } from './secret.js';

const SECRET = 'correct-horse-battery';
const QUESTION = { query: '{ castle }' };

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer(() => ({ data: { castle: 'Ruritania' } }), { secret: SECRET });
});
afterAll(() => server.close());

it('answers who shows the secret', async () => {
  const response = await server.post(QUESTION, { [SECRET_HEADER]: SECRET });

  expect(await response.json()).toEqual({ data: { castle: 'Ruritania' } });
});

it.each<[string, Record<string, string>]>([
  ['nothing', {}],
  ['an empty one', { [SECRET_HEADER]: '' }],
  ['the beginning of it', { [SECRET_HEADER]: SECRET.slice(0, -1) }],
  ['more than it', { [SECRET_HEADER]: `${SECRET}r` }],
  ['it as another header', { authorization: `Bearer ${SECRET}` }],
])('refuses who shows %s, whatever is asked', async (_what, headers) => {
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

it('tells anybody how it is', async () => {
  for (const path of ['health', 'healthz', 'readyz', 'metrics']) {
    const response = await fetch(`${server.base}${path}`);

    expect(response.status).toBe(200);
    expect(await response.text()).not.toContain(SECRET);
  }
});
