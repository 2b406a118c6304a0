import Database from 'better-sqlite3';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { indexedText, wordsOf } from './words.js';

describe('words', () => {
  it.each([
    ['Kim Jong-un, 2022', ['kim', 'jong', 'un', '2022']],
    ['ΣΊΣΥΦΟΣ σίσυφος', ['σισυφοσ', 'σισυφοσ']],
    ['Ёлка й', ['елка', 'и']],
    ['ﬁ ① ℌ İ', ['fi', '1', 'h', 'i']],
    ['김정은', ['김정은']],
    ['a\u0000b \ud800c', ['a', 'b', 'c']],
    ['😀 -- ', []],
  ])('have one form in every script: %s', (text, words) => {
    expect(wordsOf(text)).toEqual(words);
  });

  it('are cut off after 200 code points', () => {
    expect(wordsOf('𝒳'.repeat(300))).toEqual(['x'.repeat(200)]);
    expect(wordsOf('𐐷'.repeat(300))).toEqual(['𐐷'.repeat(200)]);
  });

  it('are unchanged if they are separated and folded again', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(indexedText(indexedText(text))).toBe(indexedText(text));
      }),
    );
  });

  it('are the terms of the index of SQLite', () => {
    const db = new Database(':memory:');
    db.exec(
      "create virtual table search using fts5(words, tokenize = 'ascii'); create virtual table terms using fts5vocab(search, instance)",
    );
    const terms = db.prepare('select term from terms where doc = ? order by offset').pluck();
    const insert = db.prepare('insert into search (rowid, words) values (?, ?)');
    let row = 0;
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (text) => {
        insert.run(++row, indexedText(text));
        expect(terms.all(row)).toEqual(wordsOf(text));
      }),
    );
    db.close();
  });
});
