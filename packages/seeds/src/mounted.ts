import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { CodePointText } from '@dossier/provenance';

export interface MountedDocument {
  availability: 'VERIFIED' | 'NOT_MOUNTED' | 'MISMATCH';
  /** Null unless VERIFIED. */
  text: CodePointText | null;
}

// A document is a text; whatever is larger is something else that lies in the folder.
const LARGEST = 64 * 1024 * 1024;

/**
 * The texts of documents that an operator has put into a folder. A text is found by its digest, whatever its file is
 * called; a file named `<document>.txt` of another digest is not the text that was annotated.
 */
export function mountDocuments(dir: string | null | undefined, known: readonly { id: string; sha256: string }[]): Map<string, MountedDocument> {
  const files = dir ? textsByDigest(dir, new Set(known.map(({ sha256 }) => sha256))) : { byDigest: new Map<string, Buffer>(), names: new Set<string>() };
  return new Map(
    known.map(({ id, sha256 }): [string, MountedDocument] => {
      const bytes = files.byDigest.get(sha256);
      if (bytes) return [id, { availability: 'VERIFIED', text: new CodePointText(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)) }];
      return [id, { availability: files.names.has(`${id.replace('document:', '')}.txt`) ? 'MISMATCH' : 'NOT_MOUNTED', text: null }];
    }),
  );
}

function textsByDigest(dir: string, wanted: ReadonlySet<string>): { byDigest: Map<string, Buffer>; names: Set<string> } {
  const byDigest = new Map<string, Buffer>();
  const names = new Set<string>();
  for (const name of entriesOf(dir)) {
    const file = join(dir, name);
    const stats = statSync(file, { throwIfNoEntry: false });
    if (!stats?.isFile() || stats.size > LARGEST) continue;
    const bytes = readFileSync(file);
    const digest = createHash('sha256').update(bytes).digest('hex');
    if (wanted.has(digest)) byDigest.set(digest, bytes);
    names.add(name);
  }
  return { byDigest, names };
}

function entriesOf(dir: string): string[] {
  try {
    return readdirSync(dir);
  } catch {
    throw new Error(`DOCUMENTS_DIR=${dir} cannot be read; expected a folder with the texts of documents, or the variable not set.`);
  }
}
