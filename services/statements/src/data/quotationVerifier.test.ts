import { CodePointText } from '@dossier/domain';
import { describe, expect, it } from 'vitest';
import { assertWords, quotationVerifier } from './quotationVerifier.js';

const TEXT = new CodePointText('The “salt” 🏰 of Eder.\nThe salt of Eder, and the Salt of Zenda.');
const verify = (words: string) => quotationVerifier()('document:r-1', TEXT, words);
const wordsOf = (citation: string | null | undefined) => {
  const [, start, end] = /#char=(\d+),(\d+)$/.exec(citation ?? '') ?? [];
  return TEXT.slice(Number(start), Number(end));
};

describe('words of a quotation', () => {
  it('are verbatim if they occur character by character, and then only such passages are cited', () => {
    const { citations, ...rest } = verify('The “salt”');

    expect(rest).toEqual({ match: 'VERBATIM', occurrenceCount: 1, nearest: null, nearestDiffersIn: [] });
    expect(citations.map(wordsOf)).toEqual(['The “salt”']);
  });

  it('are normalized if forms of quotation marks or white space differ, and the words of the text are cited', () => {
    const { match, citations } = verify('"salt"  🏰 of\nEder.');

    expect([match, citations.map(wordsOf)]).toEqual(['NORMALIZED', ['“salt” 🏰 of Eder.']]);
  });

  it('are not found if they are only similar, and the similar passage is not a match', () => {
    const { match, citations, occurrenceCount, nearest, nearestDiffersIn } = verify('the salt of Zenda');

    expect([match, occurrenceCount, citations]).toEqual(['NOT_FOUND', 0, []]);
    expect([wordsOf(nearest), nearestDiffersIn]).toEqual(['the Salt of Zenda', ['CASE']]);
    expect(verify('nothing of this kind').nearest).toBeNull();
  });

  it('that are blank or too many are BAD_USER_INPUT', () => {
    for (const words of ['', ' \n', 'x'.repeat(2001)])
      expect(() => assertWords(words)).toThrow(
        expect.objectContaining({ extensions: { code: 'BAD_USER_INPUT', argument: 'words' } }),
      );
    expect(() => assertWords('x'.repeat(2000))).not.toThrow();
  });

  it('are cited at most 20 times', () => {
    const { occurrenceCount, citations } = quotationVerifier()(
      'document:r-1',
      new CodePointText('salt '.repeat(30)),
      'salt',
    );

    expect([occurrenceCount, citations.length]).toEqual([30, 20]);
  });
});
