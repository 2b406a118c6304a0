import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { mergeRecords } from './mergeRecords.js';

const record = (id: string, start: number, more = '') =>
  `  - id: ${id}\n    summary: Claim of ${id}.\n${more}    passages:\n      - { at: [${start}, ${start + 5}] }\n`;
const file = (...records: string[]) => `# By hand.\nstatements:\n${records.join('\n')}`;
const BASE = file(record('S01', 10), record('S02', 50));
const merge = (ours: string, theirs: string, base: string | null = BASE) =>
  mergeRecords('statements', base, ours, theirs);
const idsOf = (source: string) => parse(source).statements.map(({ id }: { id: string }) => id);

describe('two versions of a seed file', () => {
  it('are merged if both add records at one place of the file, in order of the text', () => {
    const ours = file(record('S01', 10), record('S02', 50), record('S04', 70, '    # ours\n'));
    const theirs = file(record('S01', 10), record('S02', 50), record('S03', 60), record('S05', 90));

    const { source, count, conflicts } = merge(ours, theirs);

    expect([idsOf(source), count, conflicts]).toEqual([['S01', 'S02', 'S03', 'S04', 'S05'], 2, []]);
    expect(source).toContain('# By hand.');
    expect(source).toContain('# ours');
  });

  it('are merged with the comments and the layout of new records, and name comments that are lost', () => {
    const added = record('S03', 60, '    # about the kind\n    attribution: { status: IMPLICIT, speakers: [a] }\n');
    const theirs = `${BASE.replace('    passages', '    # of the first\n    passages')}\n  # Uncertain.\n${added.replace('of S03.', 'of S03. # by them')}`;

    const { source, lostComments } = merge(BASE, theirs);

    expect(source).toBe(`${BASE}\n  # Uncertain.\n${added.replace('of S03.', 'of S03. # by them')}`);
    expect(lostComments.map(({ text }) => text)).toEqual(['of the first']);
  });

  it('are merged if both made the file', () => {
    expect(idsOf(merge(file(record('S02', 50)), file(record('S01', 10)), null).source)).toEqual(['S01', 'S02']);
  });

  it('are merged if both change different fields of a record, or add to its lists', () => {
    const theirs = BASE.replace('Claim of S01.', 'Another claim.').replace(
      '[10, 15] }',
      '[10, 15] }\n      - { at: [2, 4] }',
    );
    const ours = BASE.replace('Claim of S01.\n', 'Claim of S01.\n    kind: WISH\n').replace(
      '[10, 15] }',
      '[10, 15] }\n      - { at: [20, 24] }',
    );

    const { source, conflicts } = merge(ours, theirs);

    expect(conflicts).toEqual([]);
    expect(parse(source).statements[0]).toEqual({
      id: 'S01',
      summary: 'Another claim.',
      kind: 'WISH',
      passages: [{ at: [2, 4] }, { at: [10, 15] }, { at: [20, 24] }],
    });
  });

  it('are merged if one removes a record that the other did not change', () => {
    expect(idsOf(merge(BASE, file(record('S02', 50))).source)).toEqual(['S02']);
    expect(idsOf(merge(file(record('S02', 50)), BASE).source)).toEqual(['S02']);
  });

  it.each<[string, string, string, string]>([
    [
      'the same field',
      BASE.replace('of S01', 'one'),
      BASE.replace('of S01', 'two'),
      'statements S01: both changed summary',
    ],
    [
      'a record that one removes',
      file(record('S02', 50)),
      BASE.replace('of S01', 'two'),
      'statements S01: one side removed it, the other changed it',
    ],
    [
      'a new record with one id',
      file(record('S03', 1)),
      file(record('S03', 2)).replace('of S03', 'two'),
      'statements S03: both changed summary',
    ],
  ])('need a person if both change %s', (_name, ours, theirs, conflict) => {
    expect(merge(ours, theirs).conflicts).toContain(conflict);
  });
});
