import Database from 'better-sqlite3';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeCursor, encodeCursor, listTag } from './cursor.js';
import { readPage } from './page.js';
import { searchQuery } from './search.js';
import { fts5Query, wholeWords } from './textMatch.js';

const refusal = (argument: string, message: RegExp) =>
  expect.objectContaining({
    message: expect.stringMatching(message),
    extensions: { code: 'BAD_USER_INPUT', argument },
  });

const tag = listTag('Query.houses', null, 'KEY', { colour: ['red', 'blue'], street: null });

describe('a cursor', () => {
  it('decodes to the key that it was encoded from', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (key) => {
        expect(decodeCursor(tag, encodeCursor(tag, key), 'after')).toBe(Buffer.from(key).toString());
      }),
    );
  });

  it('is rejected if any character is changed', () => {
    fc.assert(
      fc.property(
        fc.string({ minLength: 1 }),
        fc.nat(),
        fc.constantFrom('A', 'z', '-', '_', '=', '+', ' '),
        (key, place, other) => {
          const cursor = encodeCursor(tag, key);
          const at = place % cursor.length;
          fc.pre(cursor[at] !== other);
          expect(() => decodeCursor(tag, `${cursor.slice(0, at)}${other}${cursor.slice(at + 1)}`, 'before')).toThrow(
            refusal('before', /Argument "before" is not a cursor of this list/),
          );
        },
      ),
    );
  });

  it('of another list, parent, order or filter is rejected', () => {
    const cursor = encodeCursor(tag, 'k');
    for (const other of [
      listTag('Query.ships', null, 'KEY', { colour: ['red', 'blue'] }),
      listTag('Query.houses', 'p', 'KEY', { colour: ['red', 'blue'] }),
      listTag('Query.houses', null, 'AGE', { colour: ['red', 'blue'] }),
      listTag('Query.houses', null, 'KEY', { colour: ['red'] }),
    ])
      expect(() => decodeCursor(other, cursor, 'after')).toThrow(refusal('after', /is not a cursor of this list/));
  });

  it('is valid for every equivalent filter', () => {
    expect(listTag('Query.houses', null, 'KEY', { street: undefined, colour: ['blue', 'red', 'blue'] })).toBe(tag);
  });
});

describe('the size of a page', () => {
  it('is 20 by default, and from 0 to 100', () => {
    expect(readPage({}, tag).size).toBe(20);
    expect(readPage({ first: 0 }, tag).size).toBe(0);
    expect(readPage({ last: 100 }, tag)).toMatchObject({ size: 100, fromEnd: true });
    expect(() => readPage({ first: 101 }, tag)).toThrow(
      refusal('first', /"first" is 101; expected a whole number from 0 to 100/),
    );
    expect(() => readPage({ last: -1 }, tag)).toThrow(refusal('last', /"last" is -1/));
    expect(() => readPage({ first: 1, last: 1 }, tag)).toThrow(refusal('last', /both given/));
    expect(() => readPage({ after: '' }, tag)).toThrow(refusal('after', /not a cursor/));
  });
});

describe('a search', () => {
  it('is a valid FTS5 query for any input', () => {
    const db = new Database(':memory:');
    db.exec('create virtual table search using fts5(words)');
    const find = db.prepare('select count(*) from search where search match ?');
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.string({ unit: fc.constantFrom('"', '*', '(', ')', 'a', ' ', 'NEAR', 'AND', ':', '^', '-', '\u0000') }),
        ),
        (typed) => {
          const search = searchQuery(typed);
          for (const match of search
            ? [search.match, wholeWords(search.match), { ...search.match, isOnlyPrefix: true }]
            : [])
            expect(() => find.get(fts5Query(match))).not.toThrow();
        },
      ),
    );
  });

  it('matches words in any order, hyphenated words adjacent, and no operators', () => {
    const db = new Database(':memory:');
    db.exec(
      "create virtual table search using fts5(words, tokenize = 'ascii'); insert into search values ('kim jong un met miners and engineers')",
    );
    const finds = (typed: string) => {
      const search = searchQuery(typed);
      return (
        search !== null &&
        db.prepare('select 1 from search where search match ?').all(fts5Query(search.match)).length === 1
      );
    };
    for (const typed of ['miners kim', 'jong-un', 'KIM', '"miners" (met)', 'kim AND engineers', 'met*'])
      expect(finds(typed), typed).toBe(true);
    for (const typed of ['kim-un', 'kim ngine', 'mine kim', 'kim OR farmers', 'kim NOT miners', 'words:kim'])
      expect(finds(typed), typed).toBe(false);
  });

  it('has each word once, however often and however it was typed', () => {
    expect(searchQuery('labour Labour LABOUR labóur ban')?.match.phrases).toEqual(['labour', 'ban']);
    expect(searchQuery('jong-un jong un')?.match.phrases).toEqual(['jong un', 'jong', 'un']);
  });

  it.each([
    ['sanct', '"sanct"*'],
    ['kim j', '"kim" "j"*'],
    ['j kim-jo', '"j" "kim jo"*'],
    ['Kim J', '"kim" "j"*'],
    ['김정', '"김정"*'],
    ['Ким Че', '"ким" "че"*'],
  ])('completes the last word: %s', (typed, query) => {
    const search = searchQuery(typed);

    expect(search && fts5Query(search.match)).toBe(query);
    expect(search && fts5Query(wholeWords(search.match))).toBe(query.slice(0, -1));
    expect(search?.isIndexed).toBe(true);
  });

  it.each(['DPR', 'the DPR', 'ДНР', 'HS2017', 'S2T', 'kim bridge KIM', 'kim kím'])(
    'does not complete an abbreviation, nor a word that occurs before: %s',
    (typed) => {
      const search = searchQuery(typed);

      expect(search?.match.isPrefix).toBe(false);
      expect(search?.isIndexed).toBe(true);
    },
  );

  it('knows how long a beginning the indexes list', () => {
    expect(['bridge', 'bridges', 'old bridges', 'bridges old'].map((typed) => searchQuery(typed)?.isIndexed)).toEqual([
      true,
      false,
      false,
      true,
    ]);
  });

  it('ignores marks in every script, as the index does', () => {
    expect(searchQuery('мой мои ёлка елка')?.match.phrases).toEqual(['мои', 'елка']);
  });

  it.each(['', '   ', '"', '-- * ()', '😀'])('is null without a word: %j', (typed) => {
    expect(searchQuery(typed)).toBeNull();
  });
});
