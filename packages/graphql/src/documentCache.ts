import { LRUCache } from 'lru-cache';

interface Bounds<Value> {
  /** Values at most. */
  most?: number;
  /** Characters of the documents of all of them at most: what is made from a document grows with it, a hundredfold and more. */
  characters?: number;
  /** Characters of the document, where it is not the key. */
  lengthOf?: (value: Value) => number;
}

/** A document that takes more than this part of the room is not kept, lest it crowd out the others. */
const PART = 8;

/** Keeps what was made from documents, by their text; the least recently asked for is thrown away first. */
export const createDocumentCache = <Value extends object | string>({
  most = 500,
  characters = 256 * 1024,
  lengthOf,
}: Bounds<Value> = {}): LRUCache<string, Value> =>
  new LRUCache({
    max: most,
    maxSize: characters,
    maxEntrySize: characters / PART,
    sizeCalculation: (value, text) => (lengthOf?.(value) ?? text.length) || 1,
  });
