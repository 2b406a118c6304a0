import { beforeEach, describe, expect, it } from 'vitest';
import { wait } from '../testing/testServer.js';
import { ResponseCache } from './responseCache.js';

let states: Record<string, string>;
beforeEach(() => {
  states = { land: 'one', sea: 'one' };
});

const aCache = (options: { maxBytes?: number; maxAgeMs?: number | null } = {}) =>
  new ResponseCache({ maxBytes: 10_000, maxAgeMs: null, stateOf: (name) => () => states[name], ...options });

const responseOf = (text: string) => ({ text, revisions: null });

describe('a cached response', () => {
  it('is evicted, and its memory freed, when one of its sources changes; others stay', () => {
    const cache = aCache();
    const [land, sea, both] = [cache.sourcesOf(['land']), cache.sourcesOf(['sea']), cache.sourcesOf(['land', 'sea'])];
    expect([both[0] === land[0], both[1] === sea[0]]).toEqual([true, true]);
    for (const [key, sources] of [
      ['land', land],
      ['sea', sea],
      ['both', both],
      ['none', []],
    ] as const)
      cache.set(key, responseOf(`of ${key}`), sources, cache.clock, 60);
    const before = cache.bytes;

    states['sea'] = 'two';

    expect(cache.bytes).toBeLessThan(before * 0.6);
    expect(['land', 'sea', 'both', 'none'].map((key) => cache.get(key)?.text)).toEqual([
      'of land',
      undefined,
      undefined,
      'of none',
    ]);
    expect([cache.hits, cache.misses]).toEqual([2, 2]);
    states['sea'] = 'one';
    expect(cache.get('both')?.text).toBeUndefined();
  });

  it('is not stored if a source changed during its execution', () => {
    const cache = aCache();
    const [land, sea] = [cache.sourcesOf(['land']), cache.sourcesOf(['sea'])];
    const startClock = cache.clock;
    states['sea'] = 'two';
    cache.set('land', responseOf('of land'), land, startClock, 60);
    cache.set('sea', responseOf('of sea'), sea, startClock, 60);
    expect([cache.get('land')?.text, cache.get('sea')?.text]).toEqual(['of land', undefined]);
    cache.set('sea', responseOf('of the new sea'), sea, cache.clock, 60);
    expect(cache.get('sea')?.text).toBe('of the new sea');
  });

  it('is evicted at the size limit, and its source then no longer refers to it', () => {
    const cache = aCache({ maxBytes: 1000 });
    const [land] = [cache.sourcesOf(['land'])];
    for (let at = 0; at < 100; at++) cache.set(`key ${at}`, responseOf('text'), land, cache.clock, 60);
    expect(cache.bytes).toBeLessThanOrEqual(1000);
    expect(land[0]?.keys.size).toBe(4);
    cache.set('too large', responseOf('x'.repeat(2000)), land, cache.clock, 60);
    expect([cache.get('too large')?.text, land[0]?.keys.size]).toEqual([undefined, 4]);
    states['land'] = 'two';
    expect([cache.bytes, land[0]?.keys.size]).toEqual([0, 0]);
  });

  it('expires after its max-age only if its sources may change without notice', async () => {
    const [permanent, expiring] = [aCache(), aCache({ maxAgeMs: 1000 })];
    for (const cache of [permanent, expiring]) {
      cache.set('short', responseOf('a'), [], 0, 0.05);
      cache.set('long', responseOf('b'), [], 0, 60);
    }
    await wait(100);
    expect([expiring.get('short')?.text, expiring.get('long')?.text]).toEqual([undefined, 'b']);
    await wait(1000);
    expect(expiring.get('long')?.text).toBeUndefined();
    expect([permanent.get('short')?.text, permanent.get('long')?.text]).toEqual(['a', 'b']);
  });

  it('is evicted by clear(), and executions that started before are not stored', () => {
    const cache = aCache();
    const land = cache.sourcesOf(['land']);
    const startClock = cache.clock;
    cache.set('first', responseOf('a'), land, startClock, 60);
    cache.clear();
    cache.set('second', responseOf('b'), land, startClock, 60);
    expect([cache.get('first')?.text, cache.get('second')?.text, cache.bytes]).toEqual([undefined, undefined, 0]);
    expect(cache.sourcesOf(['land'])).not.toEqual(land);
  });
});
