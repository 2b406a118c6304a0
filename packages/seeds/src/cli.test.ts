import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { citeFolder } from './testing/citeFolder.js';

const CLI = fileURLToPath(new URL('../dist/cli.js', import.meta.url));

describe('the command line', () => {
  let folders: ReturnType<typeof citeFolder>;
  beforeAll(() => {
    folders = citeFolder();
  });
  afterAll(() => rmSync(folders.root, { recursive: true }));
  const run = (args: string[], env: NodeJS.ProcessEnv = {}) =>
    spawnSync(process.execPath, [CLI, ...args], { encoding: 'utf8', cwd: folders.root, env: { PATH: process.env['PATH'], SEEDS_DIR: folders.seeds, DOCUMENTS_DIR: folders.documents, ...env } });

  it('prints an answer to standard output', () => {
    expect(run(['cite', 'ruritania-1', 'The bridge is open'])).toMatchObject({ status: 0, stdout: expect.stringContaining('at: [18, 36]'), stderr: '' });
  });

  it('prints why there is none to standard error', () => {
    expect(run(['cite', 'ruritania-1', 'tunnel'])).toMatchObject({ status: 1, stdout: '', stderr: expect.stringContaining('do not occur') });
  });

  it('takes an option over a variable, after the command as well', () => {
    expect(run(['show', 'S01', '--seeds', folders.documents]).stderr).toContain('no seeds here');
  });

  it('prints problems as JSON to standard output', () => {
    const { status, stdout } = run(['check', '--json', '--seeds', folders.documents]);

    expect(status).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ problems: [{ line: 1 }], counts: null });
  });

  it('counts relative paths from the root of the workspace, wherever it is started', () => {
    expect(run(['check'], { SEEDS_DIR: 'no-such-folder' }).stderr).toMatch(/^SEEDS_DIR=.*\/no-such-folder is not a folder/);
    expect(run(['check'], { SEEDS_DIR: 'no-such-folder' }).stderr).not.toContain(folders.root);
  });

  it('takes an empty variable for one that is not set', () => {
    expect(run(['cite', 'ruritania-1', 'bridge'], { DOCUMENTS_DIR: '' }).stderr).toContain('is not mounted');
  });

  it.each([[['bogus']], [['cite', 'ruritania-1']], [['cite', 'ruritania-1', ' ']], [['show', 'S01', 'S02']], [['check', '--bogus']], [['check', '--documents', 'no-such-folder']], [[]]])(
    'ends with 2 for %j',
    (args) => {
      expect(run(args).status).toBe(2);
    },
  );

  it('ends with 0 for --help', () => {
    expect(run(['--help']).status).toBe(0);
  });
});
