import { keptByText } from '@dossier/limits';
import type { DocumentNode } from 'graphql';

/** With their positions they take the most memory, and are needed once or twice. */
const FEW = { most: 100, characters: 128 * 1024 };

/** Documents that Apollo Server has parsed and validated, for requests that the fast lane does not take. */
export function keptDocuments() {
  const kept = keptByText<DocumentNode>({ ...FEW, lengthOf: ({ loc }) => loc?.source.body.length ?? 0 });
  return {
    get: async (key: string): Promise<DocumentNode | undefined> => kept.get(key),
    set: async (key: string, document: DocumentNode): Promise<void> => {
      kept.set(key, document);
    },
    delete: async (key: string): Promise<boolean> => kept.delete(key),
  };
}
