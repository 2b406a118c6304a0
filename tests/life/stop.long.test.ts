import { connect } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { startLoad } from '../support/load.js';
import { createTempFolder, type Program, removeFolder, start, waitFor } from '../support/processes.js';
import { copyOfStores } from '../support/stores.js';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const FIGURES = '{ figures: tradeFigures(first: 5) { nodes { id statedAs } totalCount vVARIANT: __typename } }';
const hasFigures = ({ figures }: Record<string, unknown>) => figures !== null;

let folder: string;
let dataDir: string;
beforeAll(() => {
  folder = createTempFolder();
  dataDir = copyOfStores(join(folder, 'data'));
});
afterAll(() => removeFolder(folder));

const startTrade = (more = {}) =>
  start('services/trade/dist/main.js', { DATA_DIR: dataDir, DRAIN_MS: '3000', ...more });

/** A request that is incomplete until `finish` sends the rest of it. */
async function underWay({ url }: Program): Promise<{ finish: () => Promise<string> }> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  let answer = '';
  socket.on('data', (chunk) => {
    answer += chunk;
  });
  const ended = new Promise<void>((resolve) => socket.on('close', () => resolve()).on('error', () => resolve()));
  const body = JSON.stringify({ query: '{ __typename }' });
  await new Promise((written) =>
    socket.write(
      `POST /graphql HTTP/1.1\r\nhost: ${hostname}\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body.slice(0, 5)}`,
      written,
    ),
  );
  return {
    finish: async () => {
      socket.write(body.slice(5));
      await ended;
      return answer;
    },
  };
}

const readiness = ({ url }: Program): Promise<number> =>
  fetch(url.replace('graphql', 'health?ready'), { headers: { connection: 'close' } }).then(({ status }) => status);

describe.each([
  ['a service', async () => ({ program: await startTrade(), others: [] as Program[] })],
  [
    'the whole graph in one process',
    async () => ({
      program: await start('gateway/dist/embeddedMain.js', { DATA_DIR: dataDir, DRAIN_MS: '3000' }),
      others: [] as Program[],
    }),
  ],
  [
    'the gateway',
    async () => {
      const trade = await startTrade();
      return {
        program: await start('gateway/dist/main.js', { TRADE_URL: trade.url, DRAIN_MS: '3000' }),
        others: [trade],
      };
    },
  ],
])('%s that receives SIGTERM', (_form, started) => {
  it('reports not ready at once, completes every request, also on open connections, and exits with status 0', async () => {
    const { program, others } = await started();
    const load = startLoad(program.url, FIGURES, hasFigures, 8);
    await waitFor('answers', () => load.complete > 100);
    const slow = await underWay(program);
    expect(await readiness(program)).toBe(200);

    program.process.kill('SIGTERM');
    await waitFor('no readiness', async () => (await readiness(program)) === 503, 5);
    await waitFor('closed connections', () => load.closeHeaders > 0);
    const answer = await slow.finish();

    expect(await program.ended).toBe(0);
    await load.stop();
    expect(load.failures).toEqual([]);
    expect(answer).toMatch(/^HTTP\/1\.1 200[\s\S]*connection: close[\s\S]*"__typename":"Query"/i);
    for (const other of others) expect(await other.stop()).toBe(0);
  });
});

describe('a process that is shutting down', () => {
  it('exits at once with status 1 on a second signal', async () => {
    const service = await startTrade({ DRAIN_MS: '60000' });

    service.process.kill('SIGTERM');
    await waitFor('no readiness', async () => (await readiness(service)) === 503, 5);
    service.process.kill('SIGTERM');

    expect(await service.ended).toBe(1);
  });

  it('does not wait for a request beyond the grace period', async () => {
    const service = await startTrade({ DRAIN_MS: '0', GRACE_MS: '500' });
    await underWay(service);

    service.process.kill('SIGTERM');

    expect(await service.ended).toBe(1);
  });

  it('shuts down gracefully on Ctrl+C, which npm delivers twice', async () => {
    const service = await startTrade();

    service.process.kill('SIGINT');
    await new Promise((later) => setTimeout(later, 10));
    service.process.kill('SIGINT');

    expect(await service.ended).toBe(0);
  });
});
