import { describe, expect, it } from 'vitest';
import { score } from './score.js';

/** The keys of texts by their score for phrases; the last of several may be the beginning of a word. */
const ranked = (phrases: string | string[], texts: [key: string, text: string][]) =>
  score(
    { phrases: [phrases].flat(), isPrefix: Array.isArray(phrases) },
    texts.map(([key, text]) => ({ key, text })),
  );

describe('score', () => {
  it('puts first the text that has a word more often', () => {
    expect(
      ranked('bridge', [
        ['a', 'The bridge is open to carts.'],
        ['b', 'A bridge beside a bridge, to be'],
      ]),
    ).toEqual(['b', 'a']);
  });

  it('puts first the shorter of two texts that have a word once', () => {
    expect(
      ranked('bridge', [
        ['long', 'The bridge over the river is open to carts from both banks since Monday.'],
        ['short', 'The bridge is open.'],
      ]),
    ).toEqual(['short', 'long']);
  });

  it('keeps the given order of texts with the same score', () => {
    expect(
      ranked('toll', [
        ['b', 'A toll.'],
        ['a', 'A toll.'],
      ]),
    ).toEqual(['b', 'a']);
  });

  it('finds words whatever their case and diacritics, but not inside other words', () => {
    expect(
      ranked('chateau', [
        ['inside', 'chateaubriand'],
        ['word', 'Le CHÂTEAU bleu'],
      ]),
    ).toEqual(['word', 'inside']);
  });

  it('counts the words of a phrase only next to each other', () => {
    expect(
      ranked('old bridge', [
        ['apart', 'An old, old toll: a bridge.'],
        ['phrase', 'That is the old bridge now.'],
      ]),
    ).toEqual(['phrase', 'apart']);
  });

  it('puts texts with a whole word before those with only its beginning, however often they have that', () => {
    expect(
      ranked(
        ['old', 'bridge'],
        [
          ['beginning', 'Old bridges, bridgeheads and bridging.'],
          ['whole', 'That is an old thing, the one that they call the bridge nowadays.'],
        ],
      ),
    ).toEqual(['whole', 'beginning']);
  });
});
