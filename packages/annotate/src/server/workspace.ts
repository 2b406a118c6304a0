import { createHash } from 'node:crypto';
import { lstatSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import type { CodePointText } from '@dossier/domain/facts';
import {
  type DocumentFile,
  mountDocument,
  readDocumentFile,
  readSeedText,
  SECTIONS,
} from '@dossier/seed-format/authoring';
import { AnnotateError } from './errors.js';

/** The document that is annotated, and where its files are. */
export interface Workspace {
  seedsDir: string;
  documentsDir: string | null;
  /** Its folder in the seeds, and its id. */
  folder: string;
}

export type Stem = keyof typeof SECTIONS;
export const STEMS = Object.keys(SECTIONS) as Stem[];

/** The file that has a section, without its extension; null for a name that is not a section. */
export const stemOfSection = (section: string): Stem | null =>
  STEMS.find((stem) => Object.hasOwn(SECTIONS[stem], section)) ?? null;

/** The document.yaml. Throws an AnnotateError if it cannot be used. */
export function readDocument({ seedsDir, folder }: Workspace): DocumentFile {
  const document = readDocumentFile(seedsDir, folder);
  if (Array.isArray(document)) throw new AnnotateError('NO_DOCUMENT', document.join(' '));
  return document;
}

/** The text of the document. Throws an AnnotateError if it is not mounted. */
export function readText(workspace: Workspace): { document: DocumentFile; text: CodePointText } {
  const document = readDocument(workspace);
  const { text } = mountDocument(workspace.documentsDir, document);
  if (!text)
    throw new AnnotateError(
      'NO_TEXT',
      `The text of ${workspace.folder} is not mounted; expected DOCUMENTS_DIR to name a folder with it.`,
    );
  return { document, text };
}

/** The digest of a file as a change refers to it. */
export const fileDigest = ({ seedsDir }: Workspace, name: string | null): string =>
  digestOf(name === null ? null : readSeedText(seedsDir, name));

/** The digest of the content of a file; "none" for a file that does not exist. */
export const digestOf = (source: string | null): string =>
  source === null ? 'none' : createHash('sha256').update(source).digest('hex').slice(0, 16);

/**
 * Throws an AnnotateError unless a file can be replaced or created: in a folder of the seeds that is not a link, as a file that is not
 * a link, and not write-protected. `name` is relative to the seeds folder.
 */
export function assertWritable({ seedsDir }: Workspace, name: string): void {
  const [folder = '', file = '', ...rest] = name.split('/');
  const isInside = /^[^/\\\0]+$/.test(folder) && /^[^/\\\0]+$/.test(file) && rest.length === 0;
  if (!isInside || folder === '..' || file === '..')
    throw new AnnotateError('OUTSIDE', 'Only files in the folder of the document can be written.');
  const root = realpathSync(seedsDir);
  const folderStats = lstatSync(join(root, folder), { throwIfNoEntry: false });
  if (folderStats && !folderStats.isDirectory())
    throw new AnnotateError(
      'OUTSIDE',
      `${folder} is a symbolic link, which may lead out of the seeds; expected a folder.`,
    );
  const stats = lstatSync(join(root, name), { throwIfNoEntry: false });
  if (!stats) return;
  if (!stats.isFile())
    throw new AnnotateError('OUTSIDE', `${name} is not a regular file; expected one, not a link to another.`);
  // Renaming replaces a write-protected file, which is not what its owner wants.
  if ((stats.mode & 0o222) === 0)
    throw new AnnotateError(
      'READ_ONLY',
      `${name} is write-protected, so nothing was changed; expected a file that may be written.`,
    );
}
