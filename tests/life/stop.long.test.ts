import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { workspaceRoot } from '@dossier/config';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { startLoad } from '../support/load.js';
import { createTempFolder, freePort, type Program, removeFolder, start, waitFor } from '../support/processes.js';
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

describe.concurrent('a process that is shutting down', () => {
  it('exits at once with status 1 on a second signal', async () => {
    const service = await startTrade({ DRAIN_MS: '60000' });

    service.process.kill('SIGTERM');
    await waitFor('no readiness', async () => (await readiness(service)) === 503, 5);
    service.process.kill('SIGTERM');

    expect(await service.ended).toBe(1);
  });

  it('exits at once on a second signal of another kind, or on a SIGHUP that is not a duplicate of the first', async () => {
    const services = await Promise.all([startTrade({ DRAIN_MS: '60000' }), startTrade({ DRAIN_MS: '60000' })]);
    await Promise.all(
      services.map(async (service, index) => {
        service.process.kill('SIGHUP');
        service.process.kill('SIGHUP');
        await waitFor('no readiness', async () => (await readiness(service)) === 503, 5);
        if (index === 1) await new Promise((later) => setTimeout(later, 1_100));

        service.process.kill(index === 0 ? 'SIGTERM' : 'SIGHUP');

        expect(await service.ended).toBe(1);
      }),
    );
  });

  it('ends at once on a second signal if its exit is blocked', async () => {
    const blocked = `process.on('exit', () => { process._rawDebug('exiting'); Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0); })`;
    const service = await startTrade({
      DRAIN_MS: '0',
      NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(blocked)}`,
    });
    const exiting = new Promise((seen) =>
      service.process.stderr?.on('data', (chunk) => String(chunk).includes('exiting') && seen(null)),
    );

    service.process.kill('SIGTERM');
    await exiting;
    service.process.kill('SIGTERM');
    await service.ended;

    expect(service.process.signalCode).toBe('SIGTERM');
  });

  it('completes requests and exits if its parent process, which has an IPC channel to it, is gone', async () => {
    const service = await start('services/trade/dist/main.js', { DATA_DIR: dataDir }, { ipc: true });
    const slow = await underWay(service);

    service.process.disconnect();
    await waitFor('no readiness', async () => (await readiness(service)) === 503, 5);

    expect(await slow.finish()).toMatch(/^HTTP\/1\.1 200/);
    expect(await service.ended).toBe(0);
  });

  it('does not wait for a request beyond the grace period', async () => {
    const service = await startTrade({ DRAIN_MS: '0', GRACE_MS: '500' });
    await underWay(service);

    service.process.kill('SIGTERM');

    expect(await service.ended).toBe(1);
  });

  it('shuts down gracefully on Ctrl+C, which npm delivers twice', async () => {
    const service = await startTrade({ DRAIN_MS: '1000' });

    service.process.kill('SIGINT');
    // Not a timer, which may be late: npm delivers the second one at once.
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
    service.process.kill('SIGINT');

    expect(await service.ended).toBe(0);
  });
});

/** Sends requests, each of which is logged. */
async function sendRequests(url: string, count: number): Promise<void> {
  const body = JSON.stringify({ query: '{ __typename }' });
  const headers = { 'content-type': 'application/json' };
  const send = async (times: number) => {
    for (let time = 0; time < times; time++) await (await fetch(url, { method: 'POST', headers, body })).text();
  };
  await Promise.all(Array.from({ length: 10 }, () => send(count / 10)));
}

describe.concurrent('a process that cannot write its log', () => {
  it('completes its requests and exits if nobody reads standard output', async () => {
    const service = await startTrade({ DRAIN_MS: '0' });
    service.process.stdout?.pause();
    await sendRequests(service.url, 3_000);

    service.process.kill('SIGTERM');

    expect(await service.ended).toBe(0);
  });

  it.skipIf(process.platform !== 'linux')('serves and exits if the disk is full', async () => {
    const port = String(await freePort());
    const full = openSync('/dev/full', 'w');
    const child = spawn(process.execPath, [join(workspaceRoot(), 'services/trade/dist/main.js')], {
      env: { PATH: process.env['PATH'] ?? '', DATA_DIR: dataDir, PORT: port, DRAIN_MS: '0' },
      stdio: ['ignore', full, 'inherit'],
    });
    const ended = once(child, 'exit');
    const url = `http://127.0.0.1:${port}/graphql`;
    await waitFor(
      'an answer',
      () =>
        fetch(url.replace('graphql', 'healthz')).then(
          ({ ok }) => ok,
          () => false,
        ),
      30,
    );
    await sendRequests(url, 100);

    child.kill('SIGTERM');

    expect((await ended)[0]).toBe(0);
    closeSync(full);
  });

  it('exits although the collector of its traces does not respond', async () => {
    const collector = createServer(() => {}).listen(0, '127.0.0.1');
    await once(collector, 'listening');
    const { port } = collector.address() as { port: number };
    const service = await startTrade({ DRAIN_MS: '0', OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}` });
    await sendRequests(service.url, 10);

    service.process.kill('SIGTERM');

    expect(await service.ended).toBe(0);
    collector.close();
  });
});
