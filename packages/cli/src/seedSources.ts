import type { ReadOptions, SeedPart } from '@dossier/seed-format';

/** What stores are built from. */
export interface SeedSources {
  seedsDir: string;
  /** Folder with the texts of documents, to verify every passage before a store is built; null or absent: passages are not verified. */
  documentsDir?: string | null;
  /** Whether the words of mounted texts are indexed; true by default. */
  indexWords?: boolean;
}

// A mounted text is compared with every passage that is cited from it. A text with the digest of none of the documents is not an
// error here: it only hides excerpts. `npm run seeds -- check` reports it.
export const checkOptions = ({ documentsDir }: SeedSources): ReadOptions => ({
  ...(documentsDir && { documentsDir }),
  ignoreMismatches: true,
});

/** A folder with the words to index: none if words are not indexed. */
export const withWords = (part: SeedPart, { indexWords = true }: SeedSources): SeedPart =>
  indexWords ? part : { ...part, textOf: () => null };

/** A folder to read, with the first of the ids that its rows may have, and their number. */
export interface FolderToRead {
  name: string;
  digest: string;
  firstRow: number;
  room: number;
}
