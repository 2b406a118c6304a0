import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { readSeedFile } from './files.js';
import { type MountedDocument, mountDocuments } from './mounted.js';
import { formatProblem } from './problem.js';
import type { TextRange } from './textMatch.js';

/** What finding passages needs of a document.yaml. */
export interface DocumentFile {
  /** Name of its folder. */
  folder: string;
  /** Relative to the seeds folder. */
  file: string;
  sha256: string;
  /** Those that have a position. */
  paragraphs: Paragraph[];
}

export interface Paragraph extends TextRange {
  number: number;
}

const Digest = z.object({ document: z.object({ sha256: z.string().regex(/^[0-9a-f]{64}$/) }) });
const Paragraphs = z.object({ document: z.object({ paragraphs: z.array(z.unknown()) }) });
const Positioned = z.object({ number: z.number(), at: z.tuple([z.number(), z.number()]) });

/** Reads a document.yaml that may be unfinished or have problems, and no other file. An array says why it cannot be used. */
export function readDocumentFile(seedsDir: string, folder: string): DocumentFile | string[] {
  const file = documentFileOf(seedsDir, folder);
  if (file === null)
    return [
      `"${folder}" is not a document of these seeds; expected the name of a folder with a document.yaml. "seeds list" prints all, "seeds add" creates one.`,
    ];
  const { content, problems } = readSeedFile(seedsDir, file);
  if (problems.length > 0) return problems.map(formatProblem);
  const digest = Digest.safeParse(content);
  if (!digest.success)
    return [`${file}:1 document.sha256: missing; expected the SHA-256 of the text in 64 hex digits.`];
  const items = Paragraphs.safeParse(content).data?.document.paragraphs ?? [];
  const paragraphs = items.flatMap((item) => {
    const { success, data } = Positioned.safeParse(item);
    return success ? [{ number: data.number, start: data.at[0], end: data.at[1] }] : [];
  });
  return { folder, file, sha256: digest.data.document.sha256, paragraphs };
}

/** The document.yaml of a folder, relative to the seeds folder; null if it has none. */
export function documentFileOf(seedsDir: string, folder: string): string | null {
  if (!isFolderName(folder)) return null;
  return (
    ['document.yaml', 'document.yml']
      .map((name) => `${folder}/${name}`)
      .find((name) => existsSync(join(seedsDir, name))) ?? null
  );
}

/** Whether a folder of the seeds may have this name, which then leads nowhere else. */
const isFolderName = (name: string): boolean => name !== '' && !name.startsWith('.') && !/[/\\\0]/.test(name);

/** The text of a document. */
export function mountDocument(documentsDir: string | null, { folder, sha256 }: DocumentFile): MountedDocument {
  const id = `document:${folder}`;
  return mountDocuments(documentsDir, [{ id, sha256 }]).get(id) as MountedDocument;
}

/** Why a document has no text. */
export function missingText({ folder }: DocumentFile, { availability, problem }: MountedDocument): string[] {
  return [
    problem ??
      (availability === 'MISMATCH'
        ? `The text mounted as document:${folder} does not have the digest of document.yaml.`
        : `The text of document:${folder} is not mounted.`),
    'Expected --documents or DOCUMENTS_DIR to name a folder with the text in it, under any file name.',
  ];
}
