import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { formatProblem } from './problem.js';
import { type OpenedSeeds, openScope, openSeeds, readSeeds } from './read.js';
import { scopeOf } from './scope.js';
import { GROWTH_TIMEOUT, growth, LINEAR } from './testing/growth.js';
import { changed, readContents } from './testing/seedFolder.js';

describe('reading seeds', () => {
  it('reports the problems of all files and of every kind in one run, files that cannot be read first', () => {
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
        'register/sanctions': { 'provisions[0].inForceUntil': '1889-01-01', 'designations[0].references': [] },
      }),
      { raw: { 'register/trade.yaml': 'figures: [\n' } },
    );

    expect(problems.map(({ file, path }) => `${file} ${path}`.trim())).toEqual([
      'register/trade.yaml',
      'register/sanctions.yaml provisions[0].inForceUntil',
      'register/sanctions.yaml designations[0].basis',
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

  it('formats a problem with its file, line, path and what was expected', () => {
    const { problems } = readContents(
      changed({ 'ruritania-1/statements': { 'statements[0].saidOn.edtf': '1901-13' } }),
    );

    expect(problems.map(formatProblem)).toEqual([
      expect.stringMatching(
        /^ruritania-1\/statements\.yaml:\d+ statements\[0\]\.saidOn\.edtf: "1901-13" is not an EDTF date; expected e\.g\. 2022-08, /,
      ),
    ]);
  });

  it('handles more problems than fit into the arguments of a function call', () => {
    const unknown = Array.from({ length: 80_000 }, (_, key) => `k${key}: []\n`).join('');
    const { problems } = readContents(changed({}), {
      raw: { 'register/trade.yaml': unknown, 'register/statements.yaml': unknown },
    });

    expect(problems).toHaveLength(160_000);
  }, 120_000);

  it.each<[shape: string, size: number, source: (size: number) => string]>([
    ['blank lines', 10_000, (size) => `figures: []\n${'\n'.repeat(size)}rumours: []\n`],
    ['comments', 5000, (size) => `figures: []\n${"# 'x' y\n".repeat(size)}rumours: []\n`],
    [
      'unknown sections',
      2000,
      (size) => `figures: []\n${Array.from({ length: size }, (_, key) => `k${key}: []\n`).join('')}`,
    ],
    [
      'unknown keys',
      2000,
      (size) => `figures:\n  - id: F01\n${Array.from({ length: size }, (_, key) => `    k${key}: 1\n`).join('')}`,
    ],
    ['records that are not objects', 2000, (size) => `figures:\n${'  - 1\n'.repeat(size)}`],
    [
      'one id again and again',
      200,
      (size) =>
        `commodities:\n${'  - { id: C01, name: x, statement: ruritania-1/S01, passages: [{ at: [0, 1], digest: "0000000000000000" }] }\n'.repeat(size)}`,
    ],
    ['brackets without end', 20_000, (size) => `figures: ${'['.repeat(size)}`],
    ['a long text', 10_000, (size) => `figures:\n  - id: F01\n    note: "${"a 'b ".repeat(size)}"\n`],
  ])(
    'takes linear time: %s',
    (_, size, source) => {
      const read = (times: number) => readContents(changed({}), { raw: { 'register/trade.yaml': source(times) } });

      expect(growth((times) => expect(read(times).problems.length).toBeGreaterThan(0), size)).toBeLessThan(LINEAR);
    },
    GROWTH_TIMEOUT,
  );

  it('returns no seeds for an empty folder', () => {
    expect(readSeeds(join(tmpdir(), 'no-such-seeds'))).toEqual({
      seeds: null,
      problems: [
        {
          file: '.',
          line: 1,
          path: '',
          message: 'no seeds found; expected a folder with YAML files for each document.',
        },
      ],
      notes: [],
    });
  });

  it('returns the same records of a document that was checked before, without checking them again', () => {
    const seeds = join(import.meta.dirname, '..', '..', '..', 'examples', 'seeds');
    const partsOf = ({ parts }: OpenedSeeds) => [...parts()].map(({ folder, seeds }) => ({ folder, seeds }));

    const checked = openScope(seeds, scopeOf(seeds, 'salt-strait-77'));

    expect(partsOf(checked)).toEqual(partsOf(openSeeds(seeds)));
  });
});
