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
    const changed = addToYaml(SOURCE, [mentions(0, 30, 15, 1)]);

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
    const changed = addToYaml(SOURCE.replace(/ {4}mentions:\n(?: {6}.*\n)+/, ''), [
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
    expect(addToYaml(SOURCE, [mentions(2, 1, 9)])).toContain(
      'mentions: [{ at: [1, 2] }, { at: [5, 6] }, { at: [9, 10] }] }',
    );
  });

  it.each(['mentions:\n', 'mentions: []\n', 'mentions: null\n'])('fill an empty list: %j', (empty) => {
    const changed = addToYaml(`actors:\n  - id: duke\n    ${empty}`, [mentions(0, 3)]);

    expect(parse(changed).actors[0].mentions).toEqual([{ at: [3, 4] }]);
  });

  it('append records to a section, make the section, or the file', () => {
    const added: Addition = { kind: 'records', section: 'places', records: [['id: zenda', 'name: Zenda']] };

    for (const source of [SOURCE, '', 'actors:\n  - id: duke', 'places:\n  - id: strelsau\n\n  - id: hof\n# End.\n'])
      expect(parse(addToYaml(source, [added])).places.at(-1)).toEqual({ id: 'zenda', name: 'Zenda' });
    expect(addToYaml('places:\n  - id: strelsau\n\n  - id: hof\n# End.\n', [added])).toBe(
      'places:\n  - id: strelsau\n\n  - id: hof\n\n  - id: zenda\n    name: Zenda\n# End.\n',
    );
  });

  it('replace one value, and keep the comment after it', () => {
    const value: Addition = { kind: 'value', record: ['actors', 0], key: 'name', value: 'King' };

    expect(addToYaml(SOURCE.replace('name: Duke', 'name: Duke # title'), [value])).toBe(
      SOURCE.replace('name: Duke', 'name: King # title'),
    );
  });

  it('keep the line endings of the file', () => {
    const changed = addToYaml(SOURCE.replaceAll('\n', '\r\n'), [mentions(0, 15), mentions(1, 4)]);

    expect(changed.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
  });

  it('are refused if the file is not YAML', () => {
    expect(() => addToYaml('actors: [', [mentions(0, 1)])).toThrow('YAML errors');
  });
});
