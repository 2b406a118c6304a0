import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';
import { setImmediate as turn } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { FairScheduler } from './fairScheduler.js';

it('begins at once what is alone, and gives back what it gives', () => {
  expect(new FairScheduler().run(() => 'whole')).toBe('whole');
});

it('begins one in a turn, in the order in which they came', async () => {
  const turns = new FairScheduler();
  const begun: number[] = [];
  const all = [0, 1, 2].map((at) => turns.run(async () => begun.push(at)));

  expect(begun).toEqual([0]);
  await turn();
  expect(begun).toEqual([0, 1]);
  await Promise.all(all);
  expect(begun).toEqual([0, 1, 2]);
});

it('lets others be heard between what takes long, ten that come on connections of their own', async () => {
  const turns = new FairScheduler();
  const heard: string[] = [];
  const server = createServer((socket) => socket.on('data', () => heard.push('quick')).on('error', () => {})).listen(
    0,
    '127.0.0.1',
  );
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const long = (name: string) => () => {
    for (const end = performance.now() + 60; performance.now() < end; );
    heard.push(name);
  };
  const clients = Array.from({ length: 10 }, () => {
    const client = connect(port, '127.0.0.1');
    client.write('quick');
    return client;
  });

  await Promise.all(['a', 'b', 'c'].map((name) => turns.run(long(name))));
  for (const client of clients) client.destroy();
  server.close();

  expect(heard).toEqual(['a', ...Array(10).fill('quick'), 'b', 'c']);
});

it('goes on where one fails, and tells who asked for it', async () => {
  const turns = new FairScheduler();
  const failing = () => Promise.reject(new Error('burnt'));
  const [first, second, third] = [turns.run(failing), turns.run(failing), turns.run(async () => 'whole')];

  await expect(first).rejects.toThrow('burnt');
  await expect(second).rejects.toThrow('burnt');
  expect(await third).toBe('whole');
});
