import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { CiteAnswer, DraftAnswer, RecordValue } from '../api.js';
import { annotateExample, type TestAnnotate } from '../testing/annotateFolder.js';

const SEEDS = fileURLToPath(new URL('../../../seed-format/dist/cli.js', import.meta.url));

let page: TestAnnotate;
beforeEach(async () => {
  page = await annotateExample();
  git('init', '--quiet', '--initial-branch', 'main');
  git('add', '.');
  commit('base');
});
afterEach(() => page.close());

const git = (...args: string[]): { status: number | null; output: string } => {
  const { status, stdout, stderr } = spawnSync('git', args, {
    cwd: page.seedsDir,
    encoding: 'utf8',
    env: { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null' },
  });
  return { status, output: stdout + stderr };
};
const commit = (message: string): void => {
  git('-c', 'user.name=A', '-c', 'user.email=a@annotate.invalid', 'commit', '--quiet', '--all', '-m', message);
};

/** Makes changes on a separate branch. */
async function onBranch(name: string, work: () => Promise<unknown>): Promise<void> {
  git('checkout', '--quiet', '-b', name, 'main');
  await work();
  commit(name);
}

const merge = (): { status: number | null; output: string } => {
  git('checkout', '--quiet', 'one');
  return git('-c', 'user.name=A', '-c', 'user.email=a@annotate.invalid', 'merge', '--quiet', '--no-edit', 'two');
};

const OF_ARTICLE = { status: 'IMPLICIT', speakers: ['ostrenza-tidings'], relayChain: [{ carrier: 'lantern-wire' }] };
const OF_AGENCY = { status: 'IMPLICIT', speakers: ['lantern-wire'] };

const addStatement = async (words: string, summary: string, attribution: object = OF_ARTICLE): Promise<void> => {
  const { body } = await page.post<DraftAnswer>('/api/draft', {
    section: 'statements',
    selection: page.selection(words),
  });
  const record = {
    ...body.record,
    summary,
    kind: 'FACT_REPORT',
    modality: 'ASSERTED',
    attribution,
    saidOn: { edtf: '2031-04-11', basis: 'STATED' },
  };
  expect((await page.change({ kind: 'insert', section: 'statements', record })).status).toBe(200);
};
const changeStatement = async (id: string, changes: RecordValue): Promise<void> => {
  const known = (await page.state()).records.find((record) => record.section === 'statements' && record.id === id);
  const record = { ...known?.record, ...changes };
  expect((await page.change({ kind: 'replace', section: 'statements', index: known?.index, record })).status).toBe(200);
};

describe('the work of two persons on two branches', () => {
  it('merges without a conflict if they changed different records, also neighbours', async () => {
    await onBranch('one', () => changeStatement('S02', { summary: 'A first shipment is promised.', note: 'Checked.' }));
    await onBranch('two', () => changeStatement('S03', { summary: 'A treaty is said to exist.', topics: ['treaty'] }));

    expect(merge()).toMatchObject({ status: 0 });

    const { statements } = parse(page.read('statements.yaml'));
    expect(statements[1]).toMatchObject({ summary: 'A first shipment is promised.', note: 'Checked.' });
    expect(statements[2]).toMatchObject({ summary: 'A treaty is said to exist.', topics: ['treaty'] });
    expect((await page.state()).problems).toEqual([]);
  });

  it('merges if both added records for different paragraphs, with different ids', async () => {
    await onBranch('one', () => addStatement('Low Marn broke away from Ostrenza in 2027.', 'A secession took place.'));
    await onBranch('two', () => addStatement('did not reply', 'The customs office stayed silent.'));

    expect(merge()).toMatchObject({ status: 0 });

    const { records, problems } = await page.state();
    const added = records.filter(({ section, id }) => section === 'statements' && id.length === 4);
    expect(added.map(({ id }) => id)).toEqual(['S601', 'S901']);
    expect(problems).toEqual([]);
  });

  it('merges if one added mentions and the other removed a record', async () => {
    const cited = await page.post<CiteAnswer>('/api/cite', page.selection('the ministry'));
    const { at, digest } = cited.body;
    await onBranch('one', () =>
      page.change({ kind: 'mention', party: 'quelmark', form: 'METONYM', passage: { at, digest } }),
    );
    await onBranch('two', async () => {
      const kin = (await page.state()).records.find(({ section }) => section === 'kinship');
      expect((await page.change({ kind: 'remove', section: 'kinship', index: kin?.index })).status).toBe(200);
    });

    expect(merge()).toMatchObject({ status: 0 });

    const { kinship, additions } = parse(page.read('actors.yaml'));
    expect({ kinship, mentions: additions[0].mentions.length }).toEqual({ kinship: [], mentions: 8 });
  });

  it('merges with "seeds merge" if both added records at one place of the file, which git cannot', async () => {
    await onBranch('one', () => addStatement('photograph undated', 'A picture shows both men.', OF_AGENCY));
    await onBranch('two', () =>
      addStatement('except for the needs of hospitals', 'The ban spares the sick.', OF_AGENCY),
    );

    expect(merge()).toMatchObject({ status: 1 });
    const { status, stdout } = spawnSync(process.execPath, [SEEDS, 'merge'], {
      env: { PATH: process.env['PATH'], SEEDS_DIR: page.seedsDir },
      encoding: 'utf8',
    });

    expect([status, stdout]).toEqual([
      0,
      'salt-strait-77/statements.yaml: merged, 1 change of the other side.\nRun "seeds check", then "git add" and "git commit".\n',
    ]);
    const { records, problems } = await page.state();
    const added = records.filter(({ section, id }) => section === 'statements' && id.length > 3);
    expect([added.map(({ id }) => id), problems]).toEqual([['S1001', 'S1101'], []]);
  });
});
