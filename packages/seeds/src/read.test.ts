import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { formatProblem } from './problem.js';
import { readSeeds } from './read.js';
import { changed, readContents } from './testing/seedFolder.js';

describe('reading seeds', () => {
  it('reports the problems of all files and of every kind in one run, in order of file and line', () => {
    const { problems } = readContents(
      changed({
        'ruritania-1/document': { 'document.length': 1000 },
        'ruritania-1/actors': { 'actors[0].colour': 'red', 'actors[2].mentions': [] },
        'ruritania-1/statements': {
          'statements[0].saidOn.edtf': '1901-13',
          'statements[1].attribution.speakers': ['nobody'],
          'statements[2].passages[0].at': [3, 5],
          'relations[0].to': 'S01',
          'cautions[0].explanation': 'It is open to carts from both banks since then.',
        },
        'ruritania-1/trade': { 'figures[3].value': '1', 'figures[0].value': 'many' },
        'background/sanctions': { 'provisions[0].inForceUntil': '1889-01-01', 'designations[0].references': [] },
      }),
      { raw: { 'background/trade.yaml': 'figures: [\n' } },
    );

    expect(problems.map(({ file, path }) => `${file} ${path}`.trim())).toEqual([
      'background/sanctions.yaml provisions[0].inForceUntil',
      'background/sanctions.yaml designations[0].basis',
      'background/trade.yaml',
      'ruritania-1/actors.yaml actors[0].colour',
      'ruritania-1/actors.yaml actors[2].basis',
      'ruritania-1/document.yaml document.length',
      'ruritania-1/statements.yaml statements[0].saidOn.edtf',
      'ruritania-1/statements.yaml statements[1].attribution.speakers[0]',
      'ruritania-1/statements.yaml statements[1].attribution.speakers',
      'ruritania-1/statements.yaml statements[2].passages[0].digest',
      'ruritania-1/statements.yaml relations[0].to',
      'ruritania-1/statements.yaml cautions[0].explanation',
      'ruritania-1/trade.yaml figures[0].value',
      'ruritania-1/trade.yaml figures[3].value',
    ]);
  });

  it('writes a problem with its file, line, path and what was expected', () => {
    const { problems } = readContents(changed({ 'ruritania-1/statements': { 'statements[0].saidOn.edtf': '1901-13' } }));

    expect(problems.map(formatProblem)).toEqual([expect.stringMatching(/^ruritania-1\/statements\.yaml:\d+ statements\[0\]\.saidOn\.edtf: "1901-13" is not an EDTF date; expected e\.g\. 2022-08, /)]);
  });

  it('gives no seeds where there are none', () => {
    expect(readSeeds(join(tmpdir(), 'no-such-seeds'))).toEqual({
      seeds: null,
      problems: [{ file: '.', line: 1, path: '', message: 'no seeds here; expected a folder for each document with YAML files in it.' }],
    });
  });
});
