import { describe, expect, it } from 'vitest';
import { createDocumentCache } from './documentCache.js';

const long = (characters: number, at: number) => String(at).padStart(characters, '0');

describe('what is made from documents', () => {
  it('is kept up to a number, the least recently asked for given up first', () => {
    const kept = createDocumentCache<string>({ most: 3 });
    for (const text of ['a', 'b', 'c']) kept.set(text, text);
    kept.get('a');
    kept.set('d', 'd');

    expect([...kept.keys()].sort()).toEqual(['a', 'c', 'd']);
  });

  it('is kept up to so many characters of the documents, told otherwise where the document is not the key', () => {
    const kept = createDocumentCache<string>({ characters: 1000 });
    const byHash = createDocumentCache<string>({ characters: 1000, lengthOf: ({ length }) => length });
    for (let at = 0; at < 30; at++) {
      kept.set(long(100, at), 'made');
      byHash.set(String(at), long(100, at));
    }

    expect([kept.size, byHash.size]).toEqual([10, 10]);
  });

  it('is not kept where its document would take an eighth of the room and more', () => {
    const kept = createDocumentCache<string>({ characters: 1000 });
    for (let at = 0; at < 8; at++) kept.set(long(125, at), 'made');
    kept.set(long(126, 0), 'made');

    expect([kept.size, kept.has(long(126, 0))]).toEqual([8, false]);
  });
});
