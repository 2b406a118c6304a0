import { describe, expect, it } from 'vitest';
import { createLoaders } from './loaders.js';

describe('loaders', () => {
  it('of one name batch what is asked for in one turn, and remember it', async () => {
    const batches: (readonly string[])[] = [];
    const loaders = createLoaders();
    const load = (key: string) =>
      loaders('length', (keys) => {
        batches.push(keys);
        return keys.map(({ length }) => length);
      }).load(key);
    expect(await Promise.all([load('a'), load('bcd'), load('a')])).toEqual([1, 3, 1]);
    expect(await load('bcd')).toBe(3);
    expect(batches).toEqual([['a', 'bcd']]);
  });

  it('of different names do not share what they read', async () => {
    const loaders = createLoaders();
    const lower = loaders('lower', (keys) => keys.map((key) => key.toLowerCase())).load('Aa');
    const upper = loaders('upper', (keys) => keys.map((key) => key.toUpperCase())).load('Aa');
    expect(await Promise.all([lower, upper])).toEqual(['aa', 'AA']);
  });

  it('give what is at hand at once, and read the rest together', async () => {
    const batches: (readonly string[])[] = [];
    const read = (keys: readonly string[]) => {
      batches.push(keys);
      return keys.map(({ length }) => length);
    };
    const loader = createLoaders()(
      'length',
      Object.assign(read, { atHand: (key: string) => (key === 'known' ? 5 : undefined) }),
    );
    expect(loader.load('known')).toBe(5);
    expect(await Promise.all([loader.load('a'), loader.load('known'), loader.load('bcd')])).toEqual([1, 5, 3]);
    expect(batches).toEqual([['a', 'bcd']]);
  });

  it('are made anew for each request', async () => {
    let reads = 0;
    const load = () =>
      createLoaders()('n', (keys) => {
        reads += 1;
        return keys;
      }).load('a');
    await load();
    await load();
    expect(reads).toBe(2);
  });

  it('tell everybody who asked when the batch fails', async () => {
    const loaders = createLoaders();
    const load = (key: string) =>
      loaders('n', (): string[] => {
        throw new Error('The store is closed.');
      }).load(key);
    const settled = await Promise.allSettled([load('a'), load('b')]);
    expect(settled.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  });
});
