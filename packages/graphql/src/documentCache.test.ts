import { describe, expect, it } from 'vitest';
import { createDocumentCache } from './documentCache.js';

const text = (length: number, index: number) => String(index).padStart(length, '0');

describe('a document cache', () => {
  it('evicts the least recently used entry beyond its maximum number of entries', () => {
    const cache = createDocumentCache<string>({ maxEntries: 3 });
    for (const key of ['a', 'b', 'c']) cache.set(key, key);
    cache.get('a');
    cache.set('d', 'd');

    expect([...cache.keys()].sort()).toEqual(['a', 'c', 'd']);
  });

  it('limits the total length of the documents, even if the document is not the key', () => {
    const byText = createDocumentCache<string>({ maxCharacters: 1000 });
    const byHash = createDocumentCache<string>({ maxCharacters: 1000, lengthOf: ({ length }) => length });
    for (let index = 0; index < 30; index++) {
      byText.set(text(100, index), 'compiled');
      byHash.set(String(index), text(100, index));
    }

    expect([byText.size, byHash.size]).toEqual([10, 10]);
  });

  it('does not cache a document longer than an eighth of the total length', () => {
    const cache = createDocumentCache<string>({ maxCharacters: 1000 });
    for (let index = 0; index < 8; index++) cache.set(text(125, index), 'compiled');
    cache.set(text(126, 0), 'compiled');

    expect([cache.size, cache.has(text(126, 0))]).toEqual([8, false]);
  });
});
