import { accessSync, constants } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { LRUCache } from 'lru-cache';
import {
  DocumentsError,
  digestOf,
  entriesOf,
  MAX_TEXT_BYTES,
  type MountedDocument,
  mount,
  nameOf,
  unreadable,
} from './mounted.js';

/** Total length of the texts in memory, in UTF-16 units. */
const MAX_CACHED = 32 * 1024 * 1024;

/** What a cached document counts without its text: availabilities are cached, too. */
const ENTRY_SIZE = 100;

interface TextsOptions {
  /** Called for each text with the digest of a document that cannot be used, with a reason for operators. */
  onUnusable?: (reason: string) => void;
  maxCached?: number;
}

/** The mounted text of a document, found as `mountDocuments` finds it. Resolves later if a file has to be read. */
type TextReader = (document: { id: string; sha256: string }) => MountedDocument | Promise<MountedDocument>;

/**
 * The texts in a folder, each read when it is first needed. Those that were used last stay in memory. Files are listed when
 * it is opened; a file whose content changes later is not the text of its document any more, once it is read again. Throws a
 * DocumentsError if the folder or a file in it cannot be read.
 */
export function openTexts(dir: string, { onUnusable, maxCached = MAX_CACHED }: TextsOptions = {}): TextReader {
  const names = new Set(entriesOf(dir));
  for (const name of names) assertReadable(join(dir, name));
  const cache = new LRUCache<string, MountedDocument>({
    maxSize: maxCached,
    sizeCalculation: ({ text }) => Math.min(maxCached, (text?.length ?? 0) + ENTRY_SIZE),
  });
  const reading = new Map<string, Promise<MountedDocument>>();
  let namesByDigest: Promise<Map<string, string>> | undefined;
  const find = async ({ id, sha256 }: { id: string; sha256: string }): Promise<MountedDocument> => {
    const named = names.has(nameOf(id)) ? await readText(join(dir, nameOf(id))) : null;
    if (named && digestOf(named) === sha256) return mount(nameOf(id), named);
    // Texts with other names are found by their digests, for which all files are read once.
    namesByDigest ??= digestsOf(dir, names);
    const other = (await namesByDigest).get(sha256);
    const bytes = other === undefined ? null : await readText(join(dir, other));
    if (other !== undefined && bytes && digestOf(bytes) === sha256) return mount(other, bytes);
    return { availability: named ? 'MISMATCH' : 'NOT_MOUNTED', text: null };
  };
  return (document) => {
    const cached = cache.get(document.id);
    if (cached) return cached;
    let found = reading.get(document.id);
    if (!found) {
      found = find(document).then(
        (text) => {
          reading.delete(document.id);
          cache.set(document.id, text);
          if (text.problem !== undefined) onUnusable?.(text.problem);
          return text;
        },
        (error) => {
          reading.delete(document.id);
          throw error;
        },
      );
      reading.set(document.id, found);
    }
    return found;
  };
}

async function digestsOf(dir: string, names: ReadonlySet<string>): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (const name of names) {
    const bytes = await readText(join(dir, name));
    if (bytes) found.set(digestOf(bytes), name);
  }
  return found;
}

function assertReadable(file: string): void {
  try {
    accessSync(file, constants.R_OK);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    // A circular or dangling link is no text.
    if (code !== 'ELOOP' && code !== 'ENOENT') throw unreadable(file, error);
  }
}

/** The bytes of a file; null if it is not a regular file, too large to be a text, or gone. */
async function readText(file: string): Promise<Buffer | null> {
  try {
    const stats = await stat(file);
    return stats.isFile() && stats.size <= MAX_TEXT_BYTES ? await readFile(file) : null;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ELOOP' || code === 'ENOENT') return null;
    throw error instanceof DocumentsError ? error : unreadable(file, error);
  }
}
