import { describe, expect, it } from 'vitest';
import { score } from './score.js';

describe('score', () => {
  it('puts first the text that has a word more often', () => {
    expect(
      score('"bridge"', [
        ['a', 'The bridge is open to carts.'],
        ['b', 'A bridge beside a bridge, to be'],
      ]),
    ).toEqual(['b', 'a']);
  });

  it('puts first the shorter of two texts that have a word once', () => {
    expect(
      score('"bridge"', [
        ['long', 'The bridge over the river is open to carts from both banks since Monday.'],
        ['short', 'The bridge is open.'],
      ]),
    ).toEqual(['short', 'long']);
  });

  it('keeps the given order of texts with the same score', () => {
    expect(
      score('"toll"', [
        ['b', 'A toll.'],
        ['a', 'A toll.'],
      ]),
    ).toEqual(['b', 'a']);
  });

  it('finds words whatever their case and diacritics, but not inside other words', () => {
    expect(
      score('"chateau"', [
        ['inside', 'chateaubriand'],
        ['word', 'Le CHÂTEAU bleu'],
      ]),
    ).toEqual(['word', 'inside']);
  });

  it('counts the words of a phrase only next to each other', () => {
    expect(
      score('"old bridge"', [
        ['apart', 'An old, old toll: a bridge.'],
        ['phrase', 'That is the old bridge now.'],
      ]),
    ).toEqual(['phrase', 'apart']);
  });

  it('puts texts with a whole word before those with only its beginning, however often they have that', () => {
    expect(
      score('"old" "bridge"*', [
        ['beginning', 'Old bridges, bridgeheads and bridging.'],
        ['whole', 'That is an old thing, the one that they call the bridge nowadays.'],
      ]),
    ).toEqual(['whole', 'beginning']);
  });
});
