import { existsSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { isMap, isScalar, isSeq, parseDocument } from 'yaml';
import { documentFileOf } from '../documentFile.js';
import { replaceFile, seedFileNames } from '../files.js';
import { renameRun } from '../modelProposals/runFile.js';
import { renameProposals } from '../proposals/proposalFile.js';
import { isDocumentId, isLowerFirst, SYMMETRIC_RELATIONS } from '../records.js';
import { failure, type Outcome, success } from './outcome.js';

/**
 * Gives a document another id: renames its folder, and replaces the id in it and in references to its records. The sides of
 * a symmetric relation are swapped if their order changes. A command that was interrupted is completed by running it again.
 */
export function rename(seedsDir: string, from: string, to: string): Outcome {
  const isInterrupted = documentFileOf(seedsDir, from) === null && idIn(seedsDir, to) === from;
  const folder = isInterrupted ? to : from;
  const documentFile = documentFileOf(seedsDir, folder);
  if (documentFile === null)
    return failure([`"${from}" is not a document of these seeds; expected the id of one. "seeds list" prints all.`]);
  if (!isDocumentId(to))
    return failure([
      `"${to}" cannot be the id of a document; expected lower-case words joined by hyphens, e.g. valburg-news-7.`,
    ]);
  if (!isInterrupted && existsSync(join(seedsDir, to)))
    return failure([`The folder ${to} already exists; expected another id.`]);
  const document = readFileSync(join(seedsDir, documentFile), 'utf8');
  const renamed = withId(document, to);
  if (renamed === null) return failure([`${documentFile}:1 document.id: missing; expected the id "${from}".`]);

  const changes = new Map<string, string>();
  // A reference from outside the document, e.g. `valburg-news-7/S06`, also in formulas and in texts.
  const reference = new RegExp(`(?<![\\w/.-])${from}/(?=[A-Z]\\d{2,}(?![\\w-]))`, 'g');
  for (const file of seedFileNames(seedsDir)) {
    const bytes = readFileSync(join(seedsDir, file));
    const isOwn = file.startsWith(`${folder}/`);
    if (!isOwn && !bytes.includes(`${from}/`) && !(isInterrupted && bytes.includes(`${to}/`))) continue;
    const source = file === documentFile ? renamed : bytes.toString('utf8');
    const changed = inOrder(source.replace(reference, `${to}/`), isOwn ? to : file.slice(0, file.indexOf('/')));
    if (changed !== bytes.toString('utf8')) changes.set(file, changed);
  }
  // The folder first: if that fails, nothing has changed.
  try {
    if (!isInterrupted) renameSync(join(seedsDir, from), join(seedsDir, to));
  } catch (error) {
    return failure([
      `The folder ${from} could not be renamed to ${to} (${(error as NodeJS.ErrnoException).code}); expected a folder that can be written, or a shorter id.`,
    ]);
  }
  // document.yaml last: until then, its id says that the command was interrupted.
  const files = [...changes.keys()].sort((a, b) => Number(a === documentFile) - Number(b === documentFile));
  for (const file of files)
    replaceFile(
      join(seedsDir, file.startsWith(`${folder}/`) ? `${to}${file.slice(folder.length)}` : file),
      changes.get(file) as string,
    );
  renameProposals(seedsDir, from, to);
  renameRun(seedsDir, from, to);
  const others = files.filter((file) => !file.startsWith(`${folder}/`));
  return success([
    `${from} is now ${to}.`,
    ...others.map((file) => `${file}: references changed.`),
    `If its text is mounted as ${from}.txt, you may rename that too: it is found by its digest.`,
  ]);
}

/** The id in the document.yaml of a folder; null if there is none. */
function idIn(seedsDir: string, folder: string): string | null {
  const file = documentFileOf(seedsDir, folder);
  return file === null ? null : (idNode(readFileSync(join(seedsDir, file), 'utf8'))?.value ?? null);
}

/** A file of a folder in which each symmetric relation has the lower id first. */
function inOrder(source: string, folder: string): string {
  if (!/\brelations\b/.test(source)) return source;
  const root = parseDocument(source).contents;
  const relations = isMap(root) ? root.get('relations', true) : null;
  if (!isSeq(relations)) return source;
  const swaps: { node: Located; text: string }[] = [];
  for (const relation of relations.items) {
    if (!isMap(relation) || !SYMMETRIC_RELATIONS.has(String(relation.get('type')))) continue;
    const [from, to] = ['from', 'to'].map((key) => locatedText(relation.get(key, true)));
    if (!from || !to || isLowerFirst(fullId(from.value, folder), fullId(to.value, folder))) continue;
    swaps.push(
      { node: from, text: source.slice(to.start, to.end) },
      { node: to, text: source.slice(from.start, from.end) },
    );
  }
  return swaps
    .sort((a, b) => b.node.start - a.node.start)
    .reduce((text, { node, text: other }) => text.slice(0, node.start) + other + text.slice(node.end), source);
}

const fullId = (id: string, folder: string): string => `statement:${id.includes('/') ? id : `${folder}/${id}`}`;

/** A text in a file, with its position, quotation marks included. */
interface Located {
  value: string;
  start: number;
  end: number;
}

const locatedText = (node: unknown): Located | null =>
  isScalar(node) && node.range && typeof node.value === 'string'
    ? { value: node.value, start: node.range[0], end: node.range[1] }
    : null;

const idNode = (source: string): Located | null => {
  const root = parseDocument(source).contents;
  const document = isMap(root) ? root.get('document', true) : null;
  return isMap(document) ? locatedText(document.get('id', true)) : null;
};

/** A document.yaml with another id; null if it has none. */
function withId(source: string, id: string): string | null {
  const node = idNode(source);
  return node === null ? null : source.slice(0, node.start) + id + source.slice(node.end);
}
