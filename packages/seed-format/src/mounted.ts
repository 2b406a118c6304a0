import { isUtf8 } from 'node:buffer';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { CodePointText } from '@dossier/domain';
import { readSeedText, seedFileNames } from './files.js';

export interface MountedDocument {
  availability: 'VERIFIED' | 'NOT_MOUNTED' | 'MISMATCH';
  /** Null unless VERIFIED. */
  text: CodePointText | null;
}

/** DOCUMENTS_DIR, or a text in it, cannot be used. The message names the folder or file, for operators only. */
export class DocumentsError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'DocumentsError';
  }
}

// A larger file is not the text of a document.
const MAX_TEXT_BYTES = 64 * 1024 * 1024;

/**
 * The texts of documents that an operator has put into a folder. A text is found by its digest, whatever its file name
 * is; a file named `<document>.txt` with another digest is not the annotated text. Throws a DocumentsError if the
 * folder or a file cannot be read, or if the file with the digest of a document is not UTF-8.
 */
export function mountDocuments(
  dir: string | null | undefined,
  documents: readonly { id: string; sha256: string }[],
): Map<string, MountedDocument> {
  const files = dir
    ? textsByDigest(dir, new Set(documents.map(({ sha256 }) => sha256)))
    : { byDigest: new Map<string, CodePointText>(), names: new Set<string>() };
  return new Map(
    documents.map(({ id, sha256 }): [string, MountedDocument] => {
      const text = files.byDigest.get(sha256);
      if (text) return [id, { availability: 'VERIFIED', text }];
      return [
        id,
        {
          availability: files.names.has(`${id.replace('document:', '')}.txt`) ? 'MISMATCH' : 'NOT_MOUNTED',
          text: null,
        },
      ];
    }),
  );
}

/**
 * The digests of the texts in a folder that occur in the documents of seeds, sorted: the texts that could be indexed. Any 64 hex
 * digits in `document.yaml` count, so that the seeds need not be parsed. Throws a DocumentsError as `mountDocuments` does.
 */
export function mountedDigests(dir: string | null | undefined, seedsDir: string): string[] {
  if (!dir) return [];
  const mounted = new Set(
    entriesOf(dir).flatMap((name) => {
      const bytes = readText(join(dir, name));
      return bytes ? [digestOf(bytes)] : [];
    }),
  );
  const named = seedFileNames(seedsDir)
    .filter((name) => /\/document\.ya?ml$/.test(name))
    .flatMap((name) => readSeedText(seedsDir, name)?.match(/\b[0-9a-f]{64}\b/g) ?? []);
  return [...new Set(named)].filter((digest) => mounted.has(digest)).sort();
}

const digestOf = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

function textsByDigest(
  dir: string,
  wanted: ReadonlySet<string>,
): { byDigest: Map<string, CodePointText>; names: Set<string> } {
  const byDigest = new Map<string, CodePointText>();
  const names = new Set<string>();
  for (const name of entriesOf(dir)) {
    const bytes = readText(join(dir, name));
    if (!bytes) continue;
    const digest = digestOf(bytes);
    if (wanted.has(digest)) byDigest.set(digest, decode(join(dir, name), bytes));
    names.add(name);
  }
  return { byDigest, names };
}

/** The bytes of a file; null if it is not a regular file, or too large to be a text. */
function readText(file: string): Buffer | null {
  try {
    const stats = statSync(file, { throwIfNoEntry: false });
    return stats?.isFile() && stats.size <= MAX_TEXT_BYTES ? readFileSync(file) : null;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    // A circular link.
    if (code === 'ELOOP') return null;
    throw new DocumentsError(
      `${file} cannot be read (${code ?? 'unknown error'}); expected readable files in DOCUMENTS_DIR.`,
    );
  }
}

function decode(file: string, bytes: Buffer): CodePointText {
  if (!isUtf8(bytes))
    throw new DocumentsError(
      `${file} has the digest of a document, but is not UTF-8; expected the text of the document in UTF-8.`,
    );
  return new CodePointText(bytes.toString('utf8'));
}

function entriesOf(dir: string): string[] {
  try {
    return readdirSync(dir);
  } catch {
    throw new DocumentsError(
      `DOCUMENTS_DIR=${dir} cannot be read; expected a folder with the texts of documents, or the variable not set.`,
    );
  }
}
