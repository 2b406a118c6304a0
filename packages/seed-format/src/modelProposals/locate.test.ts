import { CodePointText, passageDigest } from '@dossier/domain/facts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { QuoteLocator } from './locate.js';

const quote = (words: string, more: object = {}) => ({ words, occurrence: null, before: null, after: null, ...more });
const BEFORE = '𝒱alburg 👩‍👩‍👧 ';

/** Locates words in a paragraph that begins after another one. */
function locate(content: string, words: string, more: object = {}) {
  const document = new CodePointText(`${BEFORE}\n${content}`);
  const start = [...BEFORE].length + 1;
  const found = new QuoteLocator({
    content,
    positionOf: (unit) => start + new CodePointText(content).positionOf(unit),
  }).locate(quote(words, more));
  if (typeof found === 'string') return found;
  expect(found.digest).toBe(passageDigest(document.slice(...found.at)));
  return document.slice(...found.at);
}

describe('words that a model quotes', () => {
  it.each([
    ['Latin', 'The “bridge” is open', '"bridge" is', '“bridge” is'],
    ['Cyrillic', 'Мост открыт для телег', 'открыт для', 'открыт для'],
    ['Hangul, composed in the text', '다리가 열렸다', '다리가'.normalize('NFD'), '다리가'],
    ['Hangul, decomposed in the text', '다리가 열렸다'.normalize('NFD'), '다리가', '다리가'.normalize('NFD')],
    ['Han', '大桥今天开放了', '今天开放', '今天开放'],
    ['Arabic', 'الجسر مفتوح اليوم', 'مفتوح اليوم', 'مفتوح اليوم'],
    ['emoji', 'See 👨‍👩‍👧 on the bridge 👍🏽 today', 'bridge 👍🏽', 'bridge 👍🏽'],
    ['combining marks', 'The cafe\u0301 of Zenda', 'café of', 'cafe\u0301 of'],
    [
      'no-break spaces and soft hyphens',
      'the toll\u00a0keep\u00ader says',
      'toll keeper says',
      'toll\u00a0keep\u00ader says',
    ],
  ])('are found where the paragraph has them: %s', (_, content, words, found) => {
    expect(locate(content, words)).toBe(found);
  });

  it.each([
    ['invented', 'The bridge is open', 'The bridge is closed'],
    ['in another order', 'The bridge is open', 'is the bridge open'],
    ['in another case', 'The bridge is open', 'the bridge'],
    ['without an accent', 'The café of Zenda', 'cafe of'],
    ['a part of a character', 'See 👨‍👩‍👧 there', '👨'],
    ['a part of a syllable', '다리가 열렸다', '다리가 ㅇ'],
    ['nothing', 'The bridge is open', ' \n'],
    ['much longer', 'The bridge', 'The bridge '.repeat(10_000)],
  ])('are not replaced by similar ones: %s', (_, content, words) => {
    expect(locate(content, words)).toBe('NOT_IN_PARAGRAPH');
  });

  it.each([
    ['a word', 'The bridge is open', 'ridge is'],
    ['a word with a combining mark', 'Das scho\u0308n', 'n'],
    ['a decimal', 'It cost 42.74 million', '74 million'],
    ['a number', 'It cost 120 crowns', '12'],
    ['grouped digits', 'It cost 12 500 crowns'.replace(' 500', '\u202f500'), '500 crowns'],
  ])('are rejected if they begin or end inside %s', (_, content, words) => {
    expect(locate(content, words)).toBe('WITHIN_A_WORD');
  });

  it('that occur several times need an occurrence or the words around them', () => {
    const content = 'He said yes. She said no. They said yes.';

    expect(locate(content, 'said')).toBe('AMBIGUOUS');
    expect(locate(content, 'said', { occurrence: 4 })).toBe('NO_SUCH_OCCURRENCE');
    expect(
      new QuoteLocator({ content, positionOf: (unit) => unit }).locate(quote('said', { occurrence: 2 })),
    ).toMatchObject({
      at: [17, 21],
    });
    expect(
      new QuoteLocator({ content, positionOf: (unit) => unit }).locate(quote('said', { before: 'They', after: 'yes' })),
    ).toMatchObject({ at: [31, 35] });
    expect(locate(content, 'said', { after: 'yes' })).toBe('AMBIGUOUS');
    expect(locate(content, 'said', { occurrence: 2, after: 'yes' })).toBe('AMBIGUOUS');
    expect(locate(content, 'said', { before: 'Nobody' })).toBe('AMBIGUOUS');
  });

  it('lead to the position at which they are, in any text', () => {
    const piece = fc.constantFrom(
      'bridge',
      'мост',
      '다리',
      '다리'.normalize('NFD'),
      '桥',
      'جسر',
      '👩‍👩‍👧',
      'e\u0301',
      '𝒱',
      '12.5',
      '“',
      ' ',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), fc.array(piece, { maxLength: 3 }), (text, words) => {
        const [content, wanted] = [text.join(''), words.join('')];
        const found = locate(content, wanted.normalize('NFC'));
        if (!/^[A-Z_]+$/.test(found)) expect(spaced(found)).toBe(spaced(wanted));
      }),
    );
  });
});

const spaced = (text: string): string => text.normalize('NFC').replaceAll(/\s+/gu, ' ').trim();
