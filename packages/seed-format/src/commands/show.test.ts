import { rmSync } from 'node:fs';
import { CodePointText } from '@dossier/domain/facts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mountDocuments } from '../mounted.js';
import { readSeeds } from '../read.js';
import type { Seeds } from '../records.js';
import { citeFolder, RURITANIAN_TEXT } from '../testing/citeFolder.js';
import { mergeOf, show } from './show.js';

describe('show', () => {
  let folders: ReturnType<typeof citeFolder>;
  let seeds: Seeds;
  let mounted: ReturnType<typeof mountDocuments>;
  beforeAll(() => {
    folders = citeFolder();
    seeds = readSeeds(folders.seeds).seeds as Seeds;
    mounted = mountDocuments(folders.documents, seeds.documents);
  });
  afterAll(() => rmSync(folders.root, { recursive: true }));

  it.each(['statement:ruritania-1/S01', 'ruritania-1/S01'])(
    'prints %s: its location, its YAML and the words it cites',
    (id) => {
      const { output, status } = show(seeds, mounted, id);

      expect(status).toBe(0);
      expect(output).toMatch(/^ruritania-1\/statements\.yaml:2\n\nid: statement:ruritania-1\/S01\n/);
      expect(output).toMatch(/citation:ruritania-1#char=18,36\n {2}The bridge is open$/);
    },
  );

  it('writes equal lists in full instead of as YAML aliases', () => {
    expect(show(seeds, mounted, 'ruritania-1/S01').output).not.toMatch(/[&*]a1/);
  });

  it('finds a record by its local id if that is unique in all folders', () => {
    expect(show(seeds, mounted, 'duke-of-ruritania').output).toContain('id: person:duke-of-ruritania');
  });

  it.each(['person:count-of-valburg', 'count-of-valburg'])(
    'prints the record that %s was merged into, and says so',
    (id) => {
      const merge = {
        id: 'person:count-of-valburg',
        sameAs: 'person:duke-of-ruritania',
        reason: 'A former title.',
        origin: { document: null, file: 'register/actors.yaml', line: 7 },
      };
      const merged = { ...seeds, merges: [merge] };

      const { output, status } = show(merged, mounted, id, { merge: mergeOf(merged, id) });

      expect(status).toBe(0);
      expect(output.split('\n')[0]).toBe(
        'person:count-of-valburg was merged into person:duke-of-ruritania (register/actors.yaml:7): A former title.',
      );
      expect(output).toContain('id: person:duke-of-ruritania');
      expect(mergeOf(merged, 'duke-of-ruritania')).toBeNull();
    },
  );

  it('prints the position if the text is not mounted', () => {
    expect(show(seeds, mounted, 'ruritania-2/S01').output).toContain(
      'citation:ruritania-2#char=18,36\n  code points 18 to 36: text not mounted',
    );
  });

  it('says that the words differ from the annotated ones', () => {
    const changed = new Map([
      [
        'document:ruritania-1',
        { availability: 'VERIFIED' as const, text: new CodePointText(RURITANIAN_TEXT.toUpperCase()) },
      ],
    ]);

    expect(show(seeds, changed, 'ruritania-1/S01').output).toContain('the digest differs');
  });

  it('escapes control characters in a text', () => {
    const hostile = RURITANIAN_TEXT.replace('bridge is', '\u001b[2J\u202e\n\u009b');
    const known = new Map([
      ['document:ruritania-1', { availability: 'VERIFIED' as const, text: new CodePointText(hostile) }],
    ]);

    expect(show(seeds, known, 'ruritania-1/S01').output).toContain('\n  The \\u001b[2J\\u202e\n\\u009b');
  });

  it('lists the records that share a local id', () => {
    expect(show(seeds, mounted, 'S01')).toEqual({
      output:
        '"S01" is the id of 2 records; expected one of:\n  statement:ruritania-1/S01  ruritania-1/statements.yaml:2\n  statement:ruritania-2/S01  ruritania-2/statements.yaml:2',
      status: 1,
    });
  });

  it.each(['duke-of-rurtania', 'DUKE-OF-RURITANIA', 'duke'])('suggests similar ids for %s', (id) => {
    expect(show(seeds, mounted, id)).toEqual({
      output: `"${id}" is not the id of a record; similar ids:\n  person:duke-of-ruritania`,
      status: 1,
    });
  });

  it('suggests at most five ids', () => {
    const [statement] = seeds.statements;
    const many = {
      ...seeds,
      statements: Array.from({ length: 9 }, (_, index) => ({ ...statement, id: `statement:ruritania-1/S1${index}` })),
    } as Seeds;

    expect(show(many, mounted, 'S99').output.split('\n')).toHaveLength(6);
  });

  it('suggests nothing if no id is similar', () => {
    expect(show(seeds, mounted, 'zzzzzz')).toEqual({ output: '"zzzzzz" is not the id of a record.', status: 1 });
  });
});
