import { describe, expect, it } from 'vitest';
import { inexactNumbers } from './inexactNumbers.js';

const found = (text: string): string[] => inexactNumbers(text).map(([start, end]) => text.slice(start, end));

describe('inexactNumbers', () => {
  it('finds integers that a JavaScript number rounds, and numbers beyond its range', () => {
    expect(found('{"a":9007199254740993,"b":[-9007199254740993,1e400]}')).toEqual([
      '9007199254740993',
      '-9007199254740993',
      '1e400',
    ]);
  });

  it.each([
    '9007199254740992',
    '10000000000000000',
    '0.1234567890123456789',
    '1e300',
    '"9007199254740993"',
    '"\\"9007199254740993"',
    '12',
  ])('does not find %s', (text) => {
    expect(found(`[${text}]`)).toEqual([]);
  });
});
