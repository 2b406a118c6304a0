import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { text as textOf } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { proposalFolder } from '../testing/proposalFolder.js';
import { standInModel } from '../testing/standInModel.js';

const CLI = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));
const KEY = 'sk-made-up-0123456789';

describe('a run of a model that is killed', () => {
  const closers: (() => void)[] = [];
  afterAll(() => {
    for (const close of closers) close();
  });

  it('continues with the paragraphs that are not done', async () => {
    const folder = proposalFolder(['The bridge is open.', 'The ferry sails.', 'The road is closed.']);
    closers.push(() => rmSync(folder.root, { recursive: true }));
    let onSecond: () => void = () => {};
    const second = new Promise<void>((resolve) => {
      onSecond = resolve;
    });
    let isHanging = true;
    const server = await standInModel(({ paragraph: { number, text } }) => {
      if (number === 2 && isHanging) return () => onSecond();
      const words = { words: text, occurrence: null, before: null, after: null };
      return { statements: [{ passages: [words], kind: 'FACT_REPORT', modality: 'ASSERTED', status: 'MISSING' }] };
    });
    closers.push(server.close);
    const start = () =>
      spawn(process.execPath, [CLI, 'propose', 'ruritania-1', '--model', '--yes'], {
        cwd: folder.root,
        env: {
          PATH: process.env['PATH'],
          SEEDS_DIR: folder.workplace.seedsDir,
          DOCUMENTS_DIR: folder.workplace.documentsDir,
          MODEL_URL: server.url,
          MODEL_NAME: 'made-up-1',
          MODEL_KEY: KEY,
        },
      });
    const killed = start();
    await second;
    killed.kill('SIGKILL');
    await once(killed, 'exit');

    isHanging = false;
    const again = start();
    const [output, progress, [status]] = await Promise.all([
      textOf(again.stdout),
      textOf(again.stderr),
      once(again, 'exit') as Promise<[number]>,
    ]);

    expect({ status, sent: server.requests.map(({ paragraph }) => paragraph.number) }).toEqual({
      status: 0,
      sent: [1, 2, 2, 3],
    });
    expect(progress).toContain('Done before, and not sent again: 1 paragraph');
    expect(output).toContain('3 statement');
    expect(output + progress).not.toContain(KEY);
  });
});
