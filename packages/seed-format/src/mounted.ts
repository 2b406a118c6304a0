import { isUtf8 } from 'node:buffer';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { CodePointText } from '@dossier/domain/facts';
import { readSeedText, seedFileNames } from './files.js';

export interface MountedDocument {
  availability: 'VERIFIED' | 'NOT_MOUNTED' | 'MISMATCH';
  /** Null unless VERIFIED. */
  text: CodePointText | null;
  /** Why the file with the digest of the document cannot be used, with its name: for operators only. Such a text is not mounted. */
  problem?: string;
}

/** DOCUMENTS_DIR cannot be used. The message names the folder or file, for operators only. */
export class DocumentsError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'DocumentsError';
  }
}

// A larger file is not the text of a document.
export const MAX_TEXT_BYTES = 64 * 1024 * 1024;

/**
 * The texts of documents that an operator has put into a folder. A text is found by its digest, whatever its file name
 * is; a file named `<document>.txt` with another digest is not the annotated text. A text that is not UTF-8 is not
 * mounted and has a `problem`. No more files are read than needed, those with the name of a document first. Throws a
 * DocumentsError if the folder or a file cannot be read.
 */
export function mountDocuments(
  dir: string | null | undefined,
  documents: readonly { id: string; sha256: string }[],
): Map<string, MountedDocument> {
  const names = dir ? new Set(entriesOf(dir)) : new Set<string>();
  const texts = dir ? textsByDigest(dir, names, documents) : new Map<string, MountedDocument>();
  return new Map(
    documents.map(({ id, sha256 }): [string, MountedDocument] => {
      const text = texts.get(sha256);
      if (text) return [id, text];
      const isNamed = dir ? names.has(nameOf(id)) && readText(join(dir, nameOf(id))) !== null : false;
      return [id, { availability: isNamed ? 'MISMATCH' : 'NOT_MOUNTED', text: null }];
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

/**
 * Identifies what decides whether the passages of seeds match the mounted texts: the seeds (`seedDigests`), the texts (`mountedDigests`),
 * and the code that compares them. A text that was changed has another digest, so it is not among those of the documents any more.
 */
export function verificationDigest(seeds: string, texts: readonly string[]): string {
  const hash = createHash('sha256').update(seeds);
  for (const text of texts) hash.update('\0').update(text);
  for (const file of codeFiles()) hash.update('\0').update(readFileSync(file));
  return hash.digest('hex');
}

/** Identifies the code that reads and checks seeds. */
export const formatDigest = (): string => verificationDigest('', []);

/** The files of this package, which reads and checks seeds. */
const codeFiles = (): string[] =>
  readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.[jt]s$/.test(name))
    .sort()
    .map((name) => join(import.meta.dirname, name));

export const digestOf = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

export const nameOf = (id: string): string => `${id.replace('document:', '')}.txt`;

/** The texts whose digests are wanted. */
function textsByDigest(
  dir: string,
  names: ReadonlySet<string>,
  documents: readonly { id: string; sha256: string }[],
): Map<string, MountedDocument> {
  const wanted = new Set(documents.map(({ sha256 }) => sha256));
  const found = new Map<string, MountedDocument>();
  const named = documents.map(({ id }) => nameOf(id)).filter((name) => names.has(name));
  for (const name of new Set([...named, ...names])) {
    if (found.size === wanted.size) break;
    const bytes = readText(join(dir, name));
    if (!bytes) continue;
    const digest = digestOf(bytes);
    if (wanted.has(digest)) found.set(digest, mount(name, bytes));
  }
  return found;
}

export function mount(name: string, bytes: Buffer): MountedDocument {
  if (isUtf8(bytes)) return { availability: 'VERIFIED', text: new CodePointText(bytes.toString('utf8')) };
  return {
    availability: 'NOT_MOUNTED',
    text: null,
    problem: `${name} in DOCUMENTS_DIR has the digest of the document, but is not UTF-8; expected UTF-8. Describe the converted text instead, which "seeds add <file> --encoding <name>" creates.`,
  };
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
    throw unreadable(file, error);
  }
}

export const unreadable = (file: string, error: unknown): DocumentsError =>
  new DocumentsError(
    `${file} cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown error'}); expected readable files in DOCUMENTS_DIR.`,
  );

export function entriesOf(dir: string): string[] {
  try {
    return readdirSync(dir);
  } catch {
    throw new DocumentsError(
      `DOCUMENTS_DIR=${dir} cannot be read; expected a folder with the texts of documents, or the variable not set.`,
    );
  }
}
