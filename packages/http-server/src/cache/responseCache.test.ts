import { beforeEach, describe, expect, it } from 'vitest';
import { soon } from '../testServer.js';
import { ResponseCache } from './responseCache.js';

let states: Record<string, string>;
beforeEach(() => {
  states = { land: 'one', sea: 'one' };
});

const aCache = (options: { bytes?: number; milliseconds?: number | null } = {}) =>
  new ResponseCache({ bytes: 10_000, milliseconds: null, stateOf: (name) => () => states[name], ...options });

describe('an answer that is kept', () => {
  it('is dropped, and its room freed, when one of what it was made from changes; others stay', () => {
    const cache = aCache();
    const [land, sea, both] = [cache.sourcesOf(['land']), cache.sourcesOf(['sea']), cache.sourcesOf(['land', 'sea'])];
    expect([both[0] === land[0], both[1] === sea[0]]).toEqual([true, true]);
    for (const [key, sources] of [
      ['land', land],
      ['sea', sea],
      ['both', both],
      ['none', []],
    ] as const)
      cache.set(key, `of ${key}`, sources, cache.clock, 60);
    const before = cache.bytes;

    states['sea'] = 'two';

    expect(cache.bytes).toBeLessThan(before * 0.6);
    expect(['land', 'sea', 'both', 'none'].map((key) => cache.get(key))).toEqual([
      'of land',
      undefined,
      undefined,
      'of none',
    ]);
    expect([cache.hits, cache.misses]).toEqual([2, 2]);
    states['sea'] = 'one';
    expect(cache.get('both')).toBeUndefined();
  });

  it('is not kept if what it was made from changed meanwhile', () => {
    const cache = aCache();
    const [land, sea] = [cache.sourcesOf(['land']), cache.sourcesOf(['sea'])];
    const begun = cache.clock;
    states['sea'] = 'two';
    cache.set('land', 'of land', land, begun, 60);
    cache.set('sea', 'of sea', sea, begun, 60);
    expect([cache.get('land'), cache.get('sea')]).toEqual(['of land', undefined]);
    cache.set('sea', 'of the new sea', sea, cache.clock, 60);
    expect(cache.get('sea')).toBe('of the new sea');
  });

  it('makes room for others, and is no longer looked for when what it was made from changes', () => {
    const cache = aCache({ bytes: 1000 });
    const [land] = [cache.sourcesOf(['land'])];
    for (let at = 0; at < 100; at++) cache.set(`key ${at}`, 'text', land, cache.clock, 60);
    expect(cache.bytes).toBeLessThanOrEqual(1000);
    expect(land[0]?.keys.size).toBe(4);
    cache.set('too large', 'x'.repeat(2000), land, cache.clock, 60);
    expect([cache.get('too large'), land[0]?.keys.size]).toEqual([undefined, 4]);
    states['land'] = 'two';
    expect([cache.bytes, land[0]?.keys.size]).toEqual([0, 0]);
  });

  it('is good for as long as is said, or less where what it was made from changes unnoticed', async () => {
    const [lasting, passing] = [aCache(), aCache({ milliseconds: 1000 })];
    for (const cache of [lasting, passing]) {
      cache.set('short', 'a', [], 0, 0.05);
      cache.set('long', 'b', [], 0, 60);
    }
    await soon(100);
    expect([passing.get('short'), passing.get('long')]).toEqual([undefined, 'b']);
    await soon(1000);
    expect(passing.get('long')).toBeUndefined();
    expect([lasting.get('short'), lasting.get('long')]).toEqual(['a', 'b']);
  });

  it('is dropped with all others when the graph is another, and what was begun before is not kept', () => {
    const cache = aCache();
    const land = cache.sourcesOf(['land']);
    const begun = cache.clock;
    cache.set('first', 'a', land, begun, 60);
    cache.clear();
    cache.set('second', 'b', land, begun, 60);
    expect([cache.get('first'), cache.get('second'), cache.bytes]).toEqual([undefined, undefined, 0]);
    expect(cache.sourcesOf(['land'])).not.toEqual(land);
  });
});
