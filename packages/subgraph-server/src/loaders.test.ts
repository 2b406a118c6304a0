import { describe, expect, it } from 'vitest';
import { createLoaders } from './loaders.js';

describe('loaders', () => {
  it('with one name batch the keys of one tick, and cache the values', async () => {
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

  it('with different names do not share values', async () => {
    const loaders = createLoaders();
    const lower = loaders('lower', (keys) => keys.map((key) => key.toLowerCase())).load('Aa');
    const upper = loaders('upper', (keys) => keys.map((key) => key.toUpperCase())).load('Aa');
    expect(await Promise.all([lower, upper])).toEqual(['aa', 'AA']);
  });

  it('return cached values synchronously, and read the rest in one batch', async () => {
    const batches: (readonly string[])[] = [];
    const read = (keys: readonly string[]) => {
      batches.push(keys);
      return keys.map(({ length }) => length);
    };
    const loader = createLoaders()(
      'length',
      Object.assign(read, { peek: (key: string) => (key === 'known' ? 5 : undefined) }),
    );
    expect(loader.load('known')).toBe(5);
    expect(await Promise.all([loader.load('a'), loader.load('known'), loader.load('bcd')])).toEqual([1, 5, 3]);
    expect(batches).toEqual([['a', 'bcd']]);
  });

  it('are created per request', async () => {
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

  it('reject every load of a failed batch', async () => {
    const loaders = createLoaders();
    const load = (key: string) =>
      loaders('n', (): string[] => {
        throw new Error('The store is closed.');
      }).load(key);
    const settled = await Promise.allSettled([load('a'), load('b')]);
    expect(settled.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  });
});
