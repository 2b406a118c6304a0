import type { DocumentNode } from 'graphql';
import { LRUCache } from 'lru-cache';

/** Documents kept at most, and characters of all of them: parsed, each character may take a hundred bytes and more. */
const DOCUMENTS_KEPT = 100;
const CHARACTERS_KEPT = 128 * 1024;
/** Characters of one at most, lest it crowd out the others. */
const LONGEST_KEPT = CHARACTERS_KEPT / 8;

/** Documents that Apollo Server has parsed and validated, for requests that the fast lane does not take. */
export function keptDocuments() {
  const kept = new LRUCache<string, DocumentNode>({ max: DOCUMENTS_KEPT, maxSize: CHARACTERS_KEPT, maxEntrySize: LONGEST_KEPT, sizeCalculation: ({ loc }) => loc?.source.body.length || 1 });
  return {
    get: async (key: string): Promise<DocumentNode | undefined> => kept.get(key),
    set: async (key: string, document: DocumentNode): Promise<void> => {
      kept.set(key, document);
    },
    delete: async (key: string): Promise<boolean> => kept.delete(key),
  };
}
