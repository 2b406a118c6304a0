import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { type Addition, addToYaml } from './yamlEdit.js';

const item = (position: number) => ({ yaml: `{ at: [${position}, ${position + 1}] }`, position });
const mentions = (index: number, ...positions: number[]): Addition => ({
  kind: 'items',
  record: ['actors', index],
  list: 'mentions',
  items: positions.map(item),
  before: ['references'],
});

const SOURCE = `# Who is named.
actors:
  - id: duke # the old one
    name: Duke
    mentions:
      # The headline.
      - { at: [10, 11] }
      - { at: [20, 21] } # twice
    references: [] # none yet

  # A newspaper.
  - id: post
    note: |
      Two
      lines.

  - { id: count, mentions: [{ at: [5, 6] }] }
  - { id: king }

places: []
`;

describe('additions to a YAML file', () => {
  it('change no other line, and are in order of position', () => {
    const changed = addToYaml(SOURCE, 'actors', [mentions(0, 30, 15, 1)]);

    expect(changed.split('\n').filter((line) => !SOURCE.includes(line))).toEqual([
      '      - { at: [1, 2] }',
      '      - { at: [15, 16] }',
      '      - { at: [30, 31] }',
    ]);
    expect(SOURCE.split('\n').filter((line) => !changed.includes(line))).toEqual([]);
    expect(parse(changed).actors[0].mentions.map(({ at }: { at: number[] }) => at[0])).toEqual([1, 10, 15, 20, 30]);
    expect(changed).toContain('# The headline.\n      - { at: [10, 11] }');
  });

  it('make a list that is missing, before the keys that follow it', () => {
    const changed = addToYaml(SOURCE.replace(/ {4}mentions:\n(?: {6}.*\n)+/, ''), 'actors', [
      mentions(0, 3),
      mentions(1, 4),
      mentions(3, 6),
    ]);

    expect(changed).toContain('name: Duke\n    mentions:\n      - { at: [3, 4] }\n    references: [] # none yet');
    expect(changed).toContain('      lines.\n    mentions:\n      - { at: [4, 5] }\n');
    expect(changed).toContain('- { id: king, mentions: [{ at: [6, 7] }] }');
    expect(parse(changed).actors[1].note).toBe('Two\nlines.\n');
  });

  it('extend a list in brackets', () => {
    expect(addToYaml(SOURCE, 'actors', [mentions(2, 1, 9)])).toContain(
      'mentions: [{ at: [1, 2] }, { at: [5, 6] }, { at: [9, 10] }] }',
    );
  });

  it.each(['mentions:\n', 'mentions: []\n', 'mentions: null\n'])('fill an empty list: %j', (empty) => {
    const changed = addToYaml(`actors:\n  - id: duke\n    ${empty}`, 'actors', [mentions(0, 3)]);

    expect(parse(changed).actors[0].mentions).toEqual([{ at: [3, 4] }]);
  });

  it('append records to a section, make the section, or the file', () => {
    const added: Addition = { kind: 'records', section: 'places', records: [['id: zenda', 'name: Zenda']] };

    for (const source of [SOURCE, '', 'actors:\n  - id: duke', 'places:\n  - id: strelsau\n\n  - id: hof\n# End.\n'])
      expect(parse(addToYaml(source, 'actors', [added])).places.at(-1)).toEqual({ id: 'zenda', name: 'Zenda' });
    expect(addToYaml('places:\n  - id: strelsau\n\n  - id: hof\n# End.\n', 'actors', [added])).toBe(
      'places:\n  - id: strelsau\n\n  - id: hof\n\n  - id: zenda\n    name: Zenda\n# End.\n',
    );
  });

  it('put records at their place in the text, so that two people who accept different ones can merge', () => {
    const statements = `statements:
  - id: S01
    passages:
      - { at: [0, 10] }

  - id: S02
    passages:
      - { at: [50, 60] }
`;
    const record = (id: string, start: number) => [`id: ${id}`, 'passages:', `  - { at: [${start}, ${start + 5}] }`];
    const added = (...records: string[][]): Addition[] => [{ kind: 'records', section: 'statements', records }];

    const both = addToYaml(statements, 'statements', added(record('S04', 70), record('S05', 30), record('S03', 20)));

    expect(parse(both).statements.map(({ id }: { id: string }) => id)).toEqual(['S01', 'S03', 'S05', 'S02', 'S04']);
    expect(both).toContain('at: [0, 10] }\n\n  - id: S03\n    passages:\n      - { at: [20, 25] }\n\n  - id: S05\n');
    expect(both.split('\n').filter((line) => !statements.includes(line)).length).toBe(6);
  });

  it('are written into sections in flow style, and to sections in the order of the format', () => {
    const added: Addition[] = [{ kind: 'records', section: 'quotations', records: [['id: Q01', 'kind: DIRECT']] }];

    expect(addToYaml('quotations: [{ id: Q00 }]\n', 'statements', added)).toBe(
      'quotations: [{ id: Q00 }, { id: Q01, kind: DIRECT }]\n',
    );
    expect(addToYaml('statements: []\nworks: []\n', 'statements', added)).toBe(
      'statements: []\nquotations:\n  - id: Q01\n    kind: DIRECT\n\nworks: []\n',
    );
    expect(() => addToYaml('quotations: none\n', 'statements', added)).toThrow('edit it by hand');
  });

  it('replace one value, and keep the comment after it', () => {
    const value: Addition = { kind: 'value', record: ['actors', 0], key: 'name', value: 'King' };

    expect(addToYaml(SOURCE.replace('name: Duke', 'name: Duke # title'), 'actors', [value])).toBe(
      SOURCE.replace('name: Duke', 'name: King # title'),
    );
  });

  it('keep the line endings of the file', () => {
    const changed = addToYaml(SOURCE.replaceAll('\n', '\r\n'), 'actors', [mentions(0, 15), mentions(1, 4)]);

    expect(changed.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
  });

  it('are refused if the file is not YAML', () => {
    expect(() => addToYaml('actors: [', 'actors', [mentions(0, 1)])).toThrow('YAML errors');
  });
});
