import { Agent, get } from 'node:http';
import { expect, it } from 'vitest';
import { startTestServer } from '../testing/testServer.js';

/** The header `connection` of two responses, and whether both came over one connection. */
async function twoResponses(maxConnectionMs?: number) {
  const server = await startTestServer(() => ({ data: {} }), maxConnectionMs === undefined ? {} : { maxConnectionMs });
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const responses = [];
  for (let count = 0; count < 2; count++)
    responses.push(
      await new Promise<{ connection: unknown; port: unknown }>((resolve, reject) => {
        get(`${server.base}health`, { agent }, (response) => {
          const { localPort: port } = response.socket;
          response.resume().on('end', () => resolve({ connection: response.headers.connection, port }));
        }).on('error', reject);
      }),
    );
  agent.destroy();
  await server.close();
  return {
    headers: responses.map(({ connection }) => connection),
    isReused: responses[0]?.port === responses[1]?.port,
  };
}

it('a connection is closed after a response once it has reached its maximum age', async () => {
  expect(await twoResponses(0)).toEqual({ headers: ['close', 'close'], isReused: false });
});

it('a connection is reused before', async () => {
  expect(await twoResponses(60_000)).toEqual({ headers: ['keep-alive', 'keep-alive'], isReused: true });
});
