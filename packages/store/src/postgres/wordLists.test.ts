import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { wordLists } from './wordLists.js';

/** The words of each row. */
type Rows = string[][];

/** Each word in byte order, with the rows that it is in. */
const occurrencesOf = (rows: Rows): [string, number][] =>
  rows
    .flatMap((words, row) => words.map((word): [string, number] => [word, row]))
    .sort(([word, row], [other, otherRow]) => Buffer.compare(Buffer.from(word), Buffer.from(other)) || row - otherRow);

const listsOf = (rows: Rows) => {
  const [all, ...parts] = wordLists(rows.length, occurrencesOf(rows));
  return { all, parts: parts.map(([term, last, matches, list]) => ({ term, last, matches, rows: listed(list) })) };
};

const listed = (list: string): number[] => list.slice(1, -1).split(',').map(Number);

const words = fc.string({ unit: fc.constantFrom('a', 'b', '\u{20000}', '\u{20001}'), minLength: 1, maxLength: 4 });

describe('the lists of words', () => {
  it('have a list for each word and for the longest beginning that several words have in common', () => {
    const { all, parts } = listsOf([['toll', 'bridge'], ['tollgate'], ['tollgate', 'toll'], ['tolls', 'bread']]);

    expect(all).toEqual(['', 0, 4, '{}']);
    expect(parts.map(({ term, rows }) => [term, rows])).toEqual([
      ['bread ', [3]],
      ['bridge ', [0]],
      ['br', [0, 3]],
      ['toll ', [0, 2]],
      ['tollgate ', [1, 2]],
      ['tolls ', [3]],
      ['toll', [0, 1, 2, 3]],
    ]);
  });

  it('find the rows of any beginning in the first list whose term begins so', () => {
    fc.assert(
      fc.property(fc.array(fc.array(words, { maxLength: 4 }), { maxLength: 12 }), (rows) => {
        const { parts } = listsOf(rows);
        const terms = [...new Set(parts.map(({ term }) => term))].sort((one, other) =>
          Buffer.compare(Buffer.from(one), Buffer.from(other)),
        );
        const beginnings = new Set(
          rows.flat().flatMap((word) => [...word].map((_, index) => [...word].slice(0, index + 1).join(''))),
        );
        for (const wanted of [...beginnings, ...rows.flat().map((word) => `${word} `)]) {
          const term = terms.find((listedTerm) => listedTerm.startsWith(wanted));
          const found = parts.filter((part) => part.term === term).flatMap((part) => part.rows);
          expect(found).toEqual(
            rows.flatMap((row, number) => (row.some((word) => `${word} `.startsWith(wanted)) ? [number] : [])),
          );
        }
      }),
    );
  });

  it('are stored in parts of 64 rows, each with its last row and the number of all rows', () => {
    const { parts } = listsOf(Array.from({ length: 100 }, (_, row) => (row % 2 === 0 ? ['even'] : ['even', 'odd'])));

    expect(parts.map(({ term, last, matches, rows }) => [term, last, matches, rows.length])).toEqual([
      ['even ', 63, 100, 64],
      ['even ', 99, 100, 36],
      ['odd ', 99, 50, 50],
    ]);
  });
});
