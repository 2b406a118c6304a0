import { CodePointText, passageDigest } from '@dossier/domain/facts';
import { describe, expect, it } from 'vitest';
import { passageAt } from './passages.js';

const TEXT = 'The king 👩‍👧 of Zenda.\n\nRene\u0301e, 한글로 and العربيّة: 国王.'.replace(
  '한글로',
  '한글로'.normalize('NFD'),
);
const text = new CodePointText(TEXT);
const paragraphs = TEXT.split('\n\n').map((part, index, parts) => {
  const start = index === 0 ? 0 : [...(parts[0] ?? '')].length + 2;
  return { number: index + 1, start, end: start + [...part].length };
});
const document = { folder: 'zenda', file: 'zenda/document.yaml', sha256: '', paragraphs };
const cite = (words: string) => {
  const start = [...TEXT.slice(0, TEXT.indexOf(words))].length;
  return passageAt(document, text, { start, end: start + [...words].length, words });
};

describe('a selected passage', () => {
  it.each(['👩‍👧', 'of Zenda', 'Rene\u0301e', '한글로'.normalize('NFD'), 'العربيّة', '国王', '👩‍👧 of'])(
    'has the position in code points and the digest of its words: %s',
    (words) => {
      const { at, digest } = cite(words);

      expect([...TEXT].slice(...at).join('')).toBe(words);
      expect(digest).toBe(passageDigest(words));
    },
  );

  it('has no white space at its ends', () => {
    expect(cite(' king ').at).toEqual(cite('king').at);
  });

  it.each([
    ['half of a letter with its mark', 'Rene', 'inside a character'],
    ['a mark alone', '\u0301e', 'inside a character'],
    ['half of a syllable', '한'.normalize('NFD').slice(0, 2), 'inside a character'],
    ['half of a family', '👩', 'inside a character'],
    ['two paragraphs', 'Zenda.\n\nRene\u0301e', 'within one paragraph'],
    ['white space', ' ', 'Only white space'],
  ])('is rejected if it is %s', (_, words, message) => {
    expect(() => cite(words)).toThrow(message);
  });

  it('is rejected if the page counted otherwise, e.g. in UTF-16 units', () => {
    const start = TEXT.indexOf('Zenda');

    expect(() => passageAt(document, text, { start, end: start + 5, words: 'Zenda' })).toThrow('not those of the text');
    for (const [from, end] of [
      [-1, 3],
      [3, 3],
      [5, 2],
      [0, 1e9],
      [0.5, 2],
    ] as const)
      expect(() => passageAt(document, text, { start: from, end, words: '' })).toThrow('not a passage');
  });
});
