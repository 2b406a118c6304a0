import { spawnSync } from 'node:child_process';
import { expect, it } from 'vitest';

// The moment that matters is a collection between two steps of an async function that a request called.
const PROGRAM = `
  const { createServer } = await import('node:http');
  const { once } = await import('node:events');
  await import('@dossier/store');
  const { default: Database } = await import('better-sqlite3');
  const database = new Database(':memory:').exec('create table house (id text)');
  const step = async () => { await null; };
  const server = createServer(async (request, response) => {
    for (let time = 0; time < 200; time++) database.prepare('select id from house').all();
    for (let time = 0; time < 20_000; time++) await step();
    response.end();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  for (let time = 0; time < 10; time++) await (await fetch('http://127.0.0.1:' + server.address().port)).text();
  console.log('alive');
  process.exit();
`;

it('a process survives the garbage collection of unused databases and statements', () => {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', PROGRAM], {
    cwd: import.meta.dirname,
    encoding: 'utf8',
  });
  expect([status, stdout, stderr]).toEqual([0, 'alive\n', '']);
});
