import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type IndexedName, NameIndex } from './nameIndex.js';
import { foldWord } from './words.js';

const named = (text: string, lang: string | null = null): IndexedName<string> => ({ text, lang, value: text });

/** The words that are found, in order of the text. */
const found = (text: string, ...names: (string | IndexedName<string>)[]): string[] =>
  new NameIndex(names.map((name) => (typeof name === 'string' ? named(name) : name)))
    .search(text)
    .map(({ start, end }) => text.slice(start, end));

describe('names in a text', () => {
  it('are found as the longest ones', () => {
    expect(found('The Duke of Strelsau met the Duke.', 'Duke', 'Duke of Strelsau', 'Strelsau')).toEqual([
      'Duke of Strelsau',
      'Duke',
    ]);
  });

  it.each([
    ['Ruritanians and Ruritaniana', 'Ruritania'],
    ['the GRKS and the EGRK', 'GRK'],
    ['he told us about us', 'US'],
    ['the IRA claimed it', 'Ira'],
    ["O'Neill spoke", 'O'],
    ['Владимирский округ', 'Владимир'],
    ['한국은행이 발표했다', '한국'],
    ['루리타니아군이', '루리타니아'],
    ['ベラルーシア', 'ルーシア'],
    ['日本人は', '日本'],
  ])('are whole words: in "%s" is no %s', (text, name) => {
    expect(found(text, name)).toEqual([]);
  });

  it.each([
    ["Rupert’s and Rupert's", 'Rupert', ['Rupert', 'Rupert']],
    ["l’Iran, d'Iran", 'Iran', ['Iran', 'Iran']],
    ['pro-Ruritania', 'Ruritania', ['Ruritania']],
    ['KIM JONG-UN met Kim Jong Un', 'Kim Jong-un', ['KIM JONG-UN', 'Kim Jong Un']],
    ['Duke\u00a0of\r\nStrelsau', 'Duke of Strelsau', ['Duke\u00a0of\r\nStrelsau']],
    ['Ruri\u00adtania', 'Ruritania', ['Ruri\u00adtania']],
    ['[Rupert] and Rupert', '[Rupert]', ['[Rupert]']],
    ['Из Руритании, с Руританией', 'Руритания', ['Руритании', 'Руританией']],
    ['Рудольфа Пятого, Рудольфу Пятому', 'Рудольф Пятый', ['Рудольфа Пятого', 'Рудольфу Пятому']],
    ['김정은은 말했다. 김정은에게는', '김정은', ['김정은', '김정은']],
    ['김정은위원장은, 김정은동지께서', '김정은', ['김정은', '김정은']],
    ['KCNA는 보도했다', 'KCNA', ['KCNA']],
    ['وإيران وايران لإيران', 'إيران', ['إيران', 'ايران', 'إيران']],
    ['للصين والصين', 'الصين', ['لصين', 'الصين']],
    ['金正恩的信', '金正恩', ['金正恩']],
    ['日本政府はロシアと', 'ロシア', ['ロシア']],
    ['日本政府はロシアと', '日本', ['日本']],
    ['😀 Rupert 😀', 'Rupert', ['Rupert']],
  ])('are found in "%s" without what the language adds', (text, name, expected) => {
    expect(found(text, name)).toEqual(expected);
  });

  it('take the endings of the language that an alias names', () => {
    expect(found('Rudolfem i Rudolfa', named('Rudolf', 'pl'))).toEqual(['Rudolfem', 'Rudolfa']);
    expect(found('Rudolfem i Rudolfa', named('Rudolf', 'en'))).toEqual([]);
  });

  it('are found in any normalization form', () => {
    for (const [text, name] of [
      ['김정은은'.normalize('NFD'), '김정은'],
      ['김정은은', '김정은'.normalize('NFD')],
      ['Пётр Ильичёв'.normalize('NFD'), 'Пётр Ильичёв'],
      ['Zoë Müller'.normalize('NFD'), 'Zoë Müller'],
    ] as const)
      expect(found(text, name).map((words) => words.normalize('NFC'))).toEqual([name.normalize('NFC')]);
  });

  it('do not run over an empty line', () => {
    expect(found('Duke of\n\nStrelsau', 'Duke of Strelsau')).toEqual([]);
  });

  it('are found within names that are open, and not within others', () => {
    const index = new NameIndex([named('the Ruritanian minister'), named('Ruritanian'), named('Ruritanian Post')]);
    const search = (text: string) =>
      index.search(text, undefined, (name) => name.startsWith('the ')).map(({ start, end }) => text.slice(start, end));

    expect(search('the Ruritanian minister')).toEqual(['the Ruritanian minister', 'Ruritanian']);
    expect(search('the Ruritanian Post')).toEqual(['Ruritanian Post']);
  });

  it('are where they are said to be, in any text', () => {
    const piece = fc.constantFrom(
      'Руритания',
      '김정은',
      '金正恩',
      'إيران',
      'Rupert',
      '은',
      '는',
      'و',
      ' ',
      '\n',
      '-',
      '’s',
      '😀',
      'e\u0301',
      'с',
      '(',
      '.',
    );
    const names = ['Руритания', '김정은', '金正恩', 'إيران', 'Rupert'];
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), fc.boolean(), (pieces, isDecomposed) => {
        const text = isDecomposed ? pieces.join('').normalize('NFD') : pieces.join('');
        for (const { start, end, values } of new NameIndex(names.map((name) => named(name))).search(text))
          for (const name of values)
            expect(foldWord(text.slice(start, end)).startsWith(foldWord(name).slice(0, -1))).toBe(true);
      }),
    );
  });
});
