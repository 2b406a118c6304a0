import { existsSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { isMap, isScalar, parseDocument } from 'yaml';
import { documentFileOf } from '../documentFile.js';
import { replaceFile, seedFileNames } from '../files.js';
import { renameRun } from '../modelProposals/runFile.js';
import { renameProposals } from '../proposals/proposalFile.js';
import { isDocumentId } from '../records.js';
import { failure, type Outcome, success } from './outcome.js';

/** Gives a document another id: renames its folder, and replaces the id in it and in references to its records. */
export function rename(seedsDir: string, from: string, to: string): Outcome {
  const documentFile = documentFileOf(seedsDir, from);
  if (documentFile === null)
    return failure([`"${from}" is not a document of these seeds; expected the id of one. "seeds list" prints all.`]);
  if (!isDocumentId(to))
    return failure([
      `"${to}" cannot be the id of a document; expected lower-case words joined by hyphens, e.g. valburg-news-7.`,
    ]);
  if (existsSync(join(seedsDir, to))) return failure([`The folder ${to} already exists; expected another id.`]);
  const document = readFileSync(join(seedsDir, documentFile), 'utf8');
  const renamed = withId(document, to);
  if (renamed === null) return failure([`${documentFile}:1 document.id: missing; expected the id "${from}".`]);

  const changes = new Map([[documentFile, renamed]]);
  // A reference from outside the document, e.g. `valburg-news-7/S06`, also in formulas and in texts.
  const reference = new RegExp(`(?<![\\w/.-])${from}/(?=[A-Z]\\d{2,}(?![\\w-]))`, 'g');
  for (const file of seedFileNames(seedsDir)) {
    const bytes = readFileSync(join(seedsDir, file));
    if (!bytes.includes(`${from}/`)) continue;
    const source = changes.get(file) ?? bytes.toString('utf8');
    const changed = source.replace(reference, `${to}/`);
    if (changed !== source) changes.set(file, changed);
  }
  // The folder first: if that fails, nothing has changed.
  try {
    renameSync(join(seedsDir, from), join(seedsDir, to));
  } catch (error) {
    return failure([
      `The folder ${from} could not be renamed to ${to} (${(error as NodeJS.ErrnoException).code}); expected a folder that can be written, or a shorter id.`,
    ]);
  }
  for (const [file, source] of changes)
    replaceFile(join(seedsDir, file.startsWith(`${from}/`) ? `${to}${file.slice(from.length)}` : file), source);
  renameProposals(seedsDir, from, to);
  renameRun(seedsDir, from, to);
  const others = [...changes.keys()].filter((file) => !file.startsWith(`${from}/`));
  return success([
    `${from} is now ${to}.`,
    ...others.map((file) => `${file}: references changed.`),
    `If its text is mounted as ${from}.txt, you may rename that too: it is found by its digest.`,
  ]);
}

/** A document.yaml with another id; null if it has none. */
function withId(source: string, id: string): string | null {
  const root = parseDocument(source).contents;
  const document = isMap(root) ? root.get('document', true) : null;
  const node = isMap(document) ? document.get('id', true) : null;
  if (!isScalar(node) || !node.range) return null;
  return source.slice(0, node.range[0]) + id + source.slice(node.range[1]);
}
