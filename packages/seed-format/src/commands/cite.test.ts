import { rmSync } from 'node:fs';
import { CodePointText, passageDigest } from '@dossier/domain';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mountDocuments } from '../mounted.js';
import { readSeeds } from '../read.js';
import type { Seeds } from '../records.js';
import { citeFolder, RURITANIAN_TEXT } from '../testing/citeFolder.js';
import { cite } from './cite.js';

describe('cite', () => {
  let folders: ReturnType<typeof citeFolder>;
  let seeds: Seeds;
  let mounted: ReturnType<typeof mountDocuments>;
  beforeAll(() => {
    folders = citeFolder();
    seeds = readSeeds(folders.seeds).seeds as Seeds;
    mounted = mountDocuments(folders.documents, seeds.documents);
  });
  afterAll(() => rmSync(folders.root, { recursive: true }));

  it.each(['ruritania-1', 'document:ruritania-1'])(
    'prints id, paragraph and passage for words in %s, counted in code points',
    (document) => {
      const { output, status } = cite(seeds, mounted, document, 'The bridge is open');

      expect(status).toBe(0);
      expect(output.split('\n')).toEqual([
        'citation:ruritania-1#char=18,36',
        '  paragraph 2',
        `  { at: [18, 36], digest: "${passageDigest('The bridge is open')}" }`,
      ]);
      expect(new CodePointText(RURITANIAN_TEXT).slice(18, 36)).toBe('The bridge is open');
    },
  );

  it('counts a character of two UTF-16 units once, also at the end of the words', () => {
    expect(cite(seeds, mounted, 'ruritania-1', 'of 𝒱').output).toContain('at: [5, 9]');
  });

  it('lists every occurrence, and prints how many there are', () => {
    const { output } = cite(seeds, mounted, 'ruritania-1', 'bridge');

    expect(output).toContain('The words occur 2 times.');
    expect(output.match(/#char=/g)).toHaveLength(2);
  });

  it('finds overlapping occurrences', () => {
    const known = new Map([
      ['document:ruritania-1', { availability: 'VERIFIED' as const, text: new CodePointText('ababa') }],
    ]);

    expect(cite(seeds, known, 'ruritania-1', 'aba').output).toContain('occur 2 times');
  });

  it('says that the words run over several paragraphs', () => {
    expect(cite(seeds, mounted, 'ruritania-1', 'alburg\n\n“The').output).toContain(
      'not within one paragraph, but in 1, 2',
    );
  });

  it.each([
    ['the bridge is OPEN', 'case', '18,36'],
    ['said the Duke. The bridge is long', 'white space', '39,72'],
    ['"The bridge', 'quotation marks', '17,28'],
    ['"the  bridge is open,"', 'case and white space and quotation marks', '17,38'],
  ])('hints that %j occurs with different %s', (words, difference, place) => {
    const { output, status } = cite(seeds, mounted, 'ruritania-1', words);

    expect(status).toBe(1);
    expect(output).toContain('These words do not occur in document:ruritania-1.');
    expect(output).toContain(`They occur with different ${difference}: `);
    expect(output).toContain(`#char=${place}\n`);
  });

  it('gives no hint if the words do not occur at all', () => {
    expect(cite(seeds, mounted, 'ruritania-1', 'tunnel')).toEqual({
      output: 'These words do not occur in document:ruritania-1.',
      status: 1,
    });
  });

  it('escapes control characters in a text', () => {
    const known = new Map([
      [
        'document:ruritania-1',
        { availability: 'VERIFIED' as const, text: new CodePointText('Red \u202e\u009b bridge') },
      ],
    ]);

    expect(cite(seeds, known, 'ruritania-1', 'red \u202e\u009b BRIDGE').output).toContain(
      '"Red \\u202e\\u009b bridge"',
    );
  });

  it('reports that a text is not mounted or has another digest', () => {
    const other = new Map([['document:ruritania-1', { availability: 'MISMATCH' as const, text: null }]]);

    expect(cite(seeds, mounted, 'ruritania-2', 'bridge')).toMatchObject({
      status: 1,
      output: expect.stringContaining('document:ruritania-2 is not mounted'),
    });
    expect(cite(seeds, other, 'ruritania-1', 'bridge')).toMatchObject({
      status: 1,
      output: expect.stringContaining('does not have the digest of document.yaml'),
    });
  });

  it('lists the known documents for an unknown one', () => {
    expect(cite(seeds, mounted, 'ruritania-9', 'bridge')).toEqual({
      output: '"ruritania-9" is not a document of these seeds; expected document:ruritania-1 or document:ruritania-2.',
      status: 1,
    });
  });
});
