import { spawnSync } from 'node:child_process';
import { expect, it } from 'vitest';

const PROGRAM = `
  const { currentRevision } = await import('@dossier/store');
  const { default: Database } = await import('better-sqlite3');
  currentRevision('nowhere.sqlite', 'houses');
  for (let time = 0; time < 50; time++) {
    const database = new Database(':memory:');
    database.exec('create table house (id text)').prepare('select id from house').all();
    database.pragma('user_version');
    database.close();
    await gc({ execution: 'async' });
  }
  console.log('alive');
`;

it('a process survives the collection of databases and statements that nobody needs any more', () => {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--expose-gc', '--input-type=module', '--eval', PROGRAM], { cwd: import.meta.dirname, encoding: 'utf8' });
  expect([status, stdout, stderr]).toEqual([0, 'alive\n', '']);
});
