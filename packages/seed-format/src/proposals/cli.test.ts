import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { proposalFolder } from '../testing/proposalFolder.js';

const CLI = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));

describe('the commands for proposals', () => {
  let folder: ReturnType<typeof proposalFolder>;
  beforeAll(() => {
    folder = proposalFolder(['Count \u202eRupert may stay for 12 days.'], {
      'ruritania-1/actors.yaml': 'actors:\n  - { id: rupert, kind: PERSON, name: Rupert }\n',
    });
  });
  afterAll(() => rmSync(folder.root, { recursive: true }));
  const run = (...args: string[]) => runWith({}, ...args);
  const runWith = (env: Record<string, string>, ...args: string[]) =>
    spawnSync(process.execPath, [CLI, ...args], {
      encoding: 'utf8',
      cwd: folder.root,
      env: {
        PATH: process.env['PATH'],
        SEEDS_DIR: folder.workplace.seedsDir,
        DOCUMENTS_DIR: folder.workplace.documentsDir,
        ...env,
      },
    });

  it('propose, print, accept and reject', () => {
    expect(run('propose', 'ruritania-1')).toMatchObject({ status: 0, stdout: expect.stringContaining('1 mention') });
    expect(run('proposals', 'ruritania-1', '--kind', 'mention').stdout).toBe('M7-13  mention  rupert NAME  "Rupert"\n');
    expect(run('accept', 'ruritania-1', 'M7-13')).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('1 accepted'),
    });
    expect(run('reject', 'ruritania-1', '--kind', 'hedge')).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('1 rejected'),
    });
    expect(folder.read('ruritania-1/actors.yaml')).toContain('mentions: [{ form: NAME, at: [7, 13]');
  });

  it('exit with 1 if a proposal is not accepted, and with 2 if the command is wrong', () => {
    run('propose', 'ruritania-1');

    expect(run('accept', 'ruritania-1', 'M0-1')).toMatchObject({
      status: 1,
      stdout: '',
      stderr: expect.stringContaining('M0-1'),
    });
    expect(run('propose', 'no-such-document').status).toBe(1);
    expect(run('accept', 'ruritania-1', '--kind', 'bogus').status).toBe(2);
  });

  it('send nothing to a model unless one is configured and it is agreed to', () => {
    const model = { MODEL_URL: 'http://127.0.0.1:1/v1', MODEL_NAME: 'made-up-1', MODEL_KEY: 'sk-made-up' };

    expect(run('propose', 'ruritania-1', '--model')).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('MODEL_URL and MODEL_NAME: expected both'),
    });
    expect(run('propose', 'ruritania-1', '--yes').status).toBe(2);
    const asked = runWith(model, 'propose', 'ruritania-1', '--model');
    expect(asked).toMatchObject({ status: 1, stderr: expect.stringContaining('Nothing was sent') });
    const failed = runWith({ ...model, MODEL_RETRIES: '0' }, 'propose', 'ruritania-1', '--model', '--yes');
    expect(failed).toMatchObject({ status: 1, stderr: expect.stringContaining('The server cannot be reached') });
    expect(asked.stderr + failed.stderr).not.toContain('sk-made-up');
  });
});
