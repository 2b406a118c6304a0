import { LRUCache } from 'lru-cache';

interface DocumentCacheOptions<Value> {
  /** Maximum number of entries. */
  maxEntries?: number;
  /**
   * Maximum total length of the documents in characters. What is compiled from a document can be a hundred times as
   * large.
   */
  maxCharacters?: number;
  /** Length of the document in characters; needed if the key is not the document. */
  lengthOf?: (value: Value) => number;
}

/** A document longer than this share of the total length is not cached: it would evict many others. */
const MAX_ENTRY_SHARE = 1 / 8;

/** An LRU cache of values that are compiled from documents, by the text of the document. */
export const createDocumentCache = <Value extends object | string>({
  maxEntries = 500,
  maxCharacters = 256 * 1024,
  lengthOf,
}: DocumentCacheOptions<Value> = {}): LRUCache<string, Value> =>
  new LRUCache({
    max: maxEntries,
    maxSize: maxCharacters,
    maxEntrySize: maxCharacters * MAX_ENTRY_SHARE,
    sizeCalculation: (value, text) => (lengthOf?.(value) ?? text.length) || 1,
  });
