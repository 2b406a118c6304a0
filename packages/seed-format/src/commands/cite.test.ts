import { rmSync } from 'node:fs';
import { CodePointText, passageDigest } from '@dossier/domain/facts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DocumentFile, mountDocument, readDocumentFile } from '../documentFile.js';
import type { MountedDocument } from '../mounted.js';
import { citeFolder, RURITANIAN_TEXT } from '../testing/citeFolder.js';
import { cite } from './cite.js';

const verified = (text: string): MountedDocument => ({ availability: 'VERIFIED', text: new CodePointText(text) });

describe('cite', () => {
  let folders: ReturnType<typeof citeFolder>;
  let document: DocumentFile;
  let mounted: MountedDocument;
  beforeAll(() => {
    folders = citeFolder();
    document = readDocumentFile(folders.seeds, 'ruritania-1') as DocumentFile;
    mounted = mountDocument(folders.documents, document);
  });
  afterAll(() => rmSync(folders.root, { recursive: true }));

  it('prints id, paragraph and passage, counted in code points', () => {
    const { output, status } = cite(document, mounted, 'The bridge is open');

    expect(status).toBe(0);
    expect(output.split('\n')).toEqual([
      'citation:ruritania-1#char=18,36',
      '  paragraph 2',
      `  { at: [18, 36], digest: "${passageDigest('The bridge is open')}" }`,
    ]);
    expect(new CodePointText(RURITANIAN_TEXT).slice(18, 36)).toBe('The bridge is open');
  });

  it('counts a character of two UTF-16 units once, also at the end of the words', () => {
    expect(cite(document, mounted, 'of 𝒱').output).toContain('at: [5, 9]');
  });

  it('lists every occurrence, and prints how many there are', () => {
    const { output } = cite(document, mounted, 'bridge');

    expect(output).toContain('The words occur 2 times.');
    expect(output.match(/#char=/g)).toHaveLength(2);
  });

  it.each([
    ['The bridge is long', '54,72'],
    ['"The bridge', '17,28'],
    ['"the  bridge is open,"', null],
  ])('finds %j whatever its quotation marks and line breaks, but not in another case', (words, place) => {
    const { output, status } = cite(document, mounted, words);

    expect(status).toBe(place === null ? 1 : 0);
    expect(output).toContain(`#char=${place ?? '17,38'}\n`);
  });

  it('says that the words run over several paragraphs', () => {
    expect(cite(document, mounted, 'alburg “The').output).toContain('not within one paragraph, but in 1, 2');
  });

  it('prints the nearest match of words that do not occur, and what differs', () => {
    expect(cite(document, mounted, 'the bridge is OPEN')).toEqual({
      output: [
        'These words do not occur in document:ruritania-1.',
        'The nearest match differs in case: "The bridge is open"',
        'citation:ruritania-1#char=18,36',
        '  paragraph 2',
        `  { at: [18, 36], digest: "${passageDigest('The bridge is open')}" }`,
      ].join('\n'),
      status: 1,
    });
    expect(cite(document, mounted, 'The bridge was open').output).toContain(
      'The nearest match has "is" instead of "was": "The bridge is open"',
    );
  });

  it('prints no nearest match if nothing is similar', () => {
    expect(cite(document, mounted, 'tunnel')).toEqual({
      output: 'These words do not occur in document:ruritania-1.',
      status: 1,
    });
  });

  it('escapes control characters in a text', () => {
    expect(cite(document, verified('Red \u202e\u009b bridge'), 'red \u202e\u009b BRIDGE').output).toContain(
      '"Red \\u202e\\u009b bridge"',
    );
  });

  it('reports that a text is not mounted or has another digest', () => {
    expect(cite(document, { availability: 'NOT_MOUNTED', text: null }, 'bridge')).toMatchObject({
      status: 1,
      output: expect.stringContaining('document:ruritania-1 is not mounted'),
    });
    expect(cite(document, { availability: 'MISMATCH', text: null }, 'bridge')).toMatchObject({
      status: 1,
      output: expect.stringContaining('does not have the digest of document.yaml'),
    });
  });
});
