import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';
import { setImmediate as turn } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { FairScheduler } from './fairScheduler.js';

it('runs a task immediately if none is waiting, and returns its result', () => {
  expect(new FairScheduler().run(() => 'whole')).toBe('whole');
});

it('starts one task per turn of the event loop, in order', async () => {
  const scheduler = new FairScheduler();
  const started: number[] = [];
  const all = [0, 1, 2].map((at) => scheduler.run(async () => started.push(at)));

  expect(started).toEqual([0]);
  // More than one turn if this process was interrupted: then, I/O comes first.
  while (started.length === 1) await turn();
  expect(started).toEqual([0, 1]);
  await Promise.all(all);
  expect(started).toEqual([0, 1, 2]);
});

it('accepts ten new connections between two long tasks', async () => {
  const scheduler = new FairScheduler();
  const events: string[] = [];
  const server = createServer((socket) => socket.on('data', () => events.push('quick')).on('error', () => {})).listen(
    0,
    '127.0.0.1',
  );
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const long = (name: string) => () => {
    for (const end = performance.now() + 60; performance.now() < end; );
    events.push(name);
  };
  const clients = Array.from({ length: 10 }, () => {
    const client = connect(port, '127.0.0.1');
    client.write('quick');
    return client;
  });

  await Promise.all(['a', 'b', 'c'].map((name) => scheduler.run(long(name))));
  for (const client of clients) client.destroy();
  server.close();

  expect(events).toEqual(['a', ...Array(10).fill('quick'), 'b', 'c']);
});

it('rejects the promise of a task that fails, and runs the others', async () => {
  const scheduler = new FairScheduler();
  const failing = () => Promise.reject(new Error('burnt'));
  const [first, second, third] = [scheduler.run(failing), scheduler.run(failing), scheduler.run(async () => 'whole')];

  await expect(first).rejects.toThrow('burnt');
  await expect(second).rejects.toThrow('burnt');
  expect(await third).toBe('whole');
});
