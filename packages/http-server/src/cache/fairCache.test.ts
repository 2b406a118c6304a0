import { describe, expect, it } from 'vitest';
import { FairCache } from './fairCache.js';

const fill = (cache: FairCache, owner: string, count: number, text = 'text'): void => {
  for (let at = 0; at < count; at++) cache.set(`${owner}-${at}`, text, owner);
};

describe('a cache that clients share', () => {
  it('keeps the texts of other clients if one exceeds the limit', () => {
    const cache = new FairCache({ entries: 10, characters: 10_000 });

    fill(cache, 'app', 3);
    fill(cache, 'flood', 1000);

    expect([0, 1, 2].map((at) => cache.get(`app-${at}`))).toEqual(['text', 'text', 'text']);
    expect([cache.get('flood-0'), cache.get('flood-999')]).toEqual([undefined, 'text']);
  });

  it('keeps the many short texts of a client if another sets a few long ones', () => {
    const cache = new FairCache({ entries: 100, characters: 800 });

    fill(cache, 'app', 50, 'short');
    fill(cache, 'flood', 50, 'x'.repeat(100));

    expect(Array.from({ length: 50 }, (_, at) => cache.get(`app-${at}`)).filter(Boolean)).toHaveLength(50);
  });

  it('limits the total length, and rejects a text longer than an eighth of it', () => {
    const cache = new FairCache({ entries: 100, characters: 800 });

    fill(cache, 'app', 20, 'x'.repeat(100));
    cache.set('long', 'x'.repeat(101), 'app');

    expect(Array.from({ length: 20 }, (_, at) => cache.get(`app-${at}`)).filter(Boolean)).toHaveLength(8);
    expect(cache.get('long')).toBeUndefined();
  });

  it('evicts the least recently used text of its owner', () => {
    const cache = new FairCache({ entries: 2, characters: 800 });

    cache.set('one', '1', 'app');
    cache.set('two', '2', 'app');
    cache.get('one');
    cache.set('three', '3', 'app');

    expect([cache.get('one'), cache.get('two'), cache.get('three')]).toEqual(['1', undefined, '3']);
  });

  it('does not let another client replace a text', () => {
    const cache = new FairCache({ entries: 2, characters: 800 });

    cache.set('key', 'first', 'app');
    cache.set('key', 'second', 'flood');

    expect(cache.get('key')).toBe('first');
  });
});
