import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import { CodePointText } from '@dossier/domain/facts';
import { decodeText } from '../encoding.js';
import { readSeedText, replaceFile, seedFileNames, stemOf, UnwritableError } from '../files.js';
import { MAX_TEXT_BYTES, mountDocuments } from '../mounted.js';
import { type NewParagraph, paragraphsOf } from '../paragraphs.js';
import { isDocumentId } from '../records.js';
import { FILL_IN } from '../unfinished.js';
import { failure, type Outcome, success } from './outcome.js';

export interface AddOptions {
  seedsDir: string;
  documentsDir: string | null;
  /** Null for an id made from the name of the file. */
  id: string | null;
  /** Null for UTF-8. */
  encoding: string | null;
}

/**
 * Creates the folder of a document with a document.yaml for a text. If texts are mounted, the text is put among them unless it is
 * there already. An existing folder or text is never changed.
 */
export function add(file: string, { seedsDir, documentsDir, id: wantedId, encoding }: AddOptions): Outcome {
  const id = wantedId ?? slugOf(file);
  if (id === null)
    return failure([
      `"${basename(file)}" has letters or digits that an id cannot have; expected --id with lower-case words joined by hyphens, e.g. --id valburg-news-7.`,
    ]);
  if (!isDocumentId(id))
    return failure([
      `"${id}" cannot be the id of a document; expected --id with lower-case words joined by hyphens, e.g. valburg-news-7.`,
    ]);
  const folder = join(seedsDir, id);
  if (existsSync(folder))
    return failure([`The folder ${id} already exists in the seeds; expected another id, with --id.`]);
  const bytes = readText(file);
  if (typeof bytes === 'string') return failure([bytes]);
  const decoded = decodeText(bytes, encoding);
  if ('problem' in decoded) return failure([`${basename(file)} is ${decoded.problem}.`]);
  const text = new CodePointText(decoded.text);
  const paragraphs = paragraphsOf(text);
  if (paragraphs.length === 0) return failure([`${basename(file)} has no text; expected the text of a document.`]);
  // A byte order mark of UTF-8 stays, so these are the bytes of the file if it was not converted.
  const utf8 = Buffer.from(decoded.text);
  const sha256 = createHash('sha256').update(utf8).digest('hex');
  const other = documentWith(seedsDir, sha256);
  if (other !== null)
    return failure([
      `${basename(file)} is already the text of ${other.slice(0, other.indexOf('/'))} (${other}); expected a text that no document has.`,
    ]);
  const mounted = mountDocuments(documentsDir, [{ id: `document:${id}`, sha256 }]).get(`document:${id}`);
  if (mounted?.availability === 'MISMATCH')
    return failure([
      `${id}.txt in the folder of texts is another text; expected another id, with --id, or that file moved away.`,
    ]);
  const yaml = documentYaml(id, text, { sha256, byteLength: utf8.length, paragraphs });
  // Under another name until it is complete: a folder that begins with a dot is not read.
  const temporary = join(seedsDir, `.${id.slice(0, MAX_TEMPORARY_NAME)}.tmp`);
  try {
    rmSync(temporary, { recursive: true, force: true });
    mkdirSync(temporary);
    writeFileSync(join(temporary, 'document.yaml'), yaml);
    renameSync(temporary, folder);
  } catch (error) {
    rmSync(temporary, { recursive: true, force: true });
    return failure([
      `The folder ${id} could not be created in the seeds (${(error as NodeJS.ErrnoException).code}); expected a folder that can be written, or a shorter --id.`,
    ]);
  }
  return success([
    `${id}/document.yaml: ${paragraphs.length} ${paragraphs.length === 1 ? 'paragraph' : 'paragraphs'}, ${text.length} characters.`,
    textLine(id, documentsDir, utf8, {
      isMounted: mounted?.availability === 'VERIFIED',
      isConverted: decoded.isConverted,
    }),
    `Next: fill in what is marked ${FILL_IN}, correct the roles of the paragraphs, and run "seeds check ${id}".`,
  ]);
}

/** The document.yaml with the digest of a text, relative to the seeds folder; null if there is none. The files need not be valid. */
const documentWith = (seedsDir: string, sha256: string): string | null =>
  seedFileNames(seedsDir).find(
    (name) => stemOf(name) === 'document' && (readSeedText(seedsDir, name)?.includes(sha256) ?? false),
  ) ?? null;

/** The bytes of the file, or why it cannot be read. */
function readText(file: string): Buffer | string {
  try {
    const stats = statSync(file, { throwIfNoEntry: false });
    if (!stats?.isFile()) return `${file} is not a file; expected the text of a document.`;
    if (stats.size > MAX_TEXT_BYTES)
      return `${file} has ${stats.size} bytes; expected a text of at most ${MAX_TEXT_BYTES} bytes.`;
    return readFileSync(file);
  } catch (error) {
    return `${file} cannot be read (${(error as NodeJS.ErrnoException).code}); expected a readable file.`;
  }
}

/** An id from the name of a file; null if it has letters or digits other than those of the Latin alphabet. */
function slugOf(file: string): string | null {
  const name = basename(file, extname(file))
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase();
  if (/[^\P{L}a-z]|[^\P{N}0-9]/u.test(name)) return null;
  return name.replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '') || null;
}

/** Puts the text into the folder of texts, and says where it is. */
function textLine(
  id: string,
  documentsDir: string | null,
  utf8: Buffer,
  { isMounted, isConverted }: { isMounted: boolean; isConverted: boolean },
): string {
  if (isMounted) return 'The text is in the folder of texts.';
  const name = `${id}.txt`;
  if (documentsDir === null)
    return `${isConverted ? 'Convert the text to UTF-8 and put it' : 'Put the text'} into a folder of texts, named by --documents or DOCUMENTS_DIR; with one, "add" does that.`;
  const target = join(documentsDir, name);
  try {
    if (existsSync(target)) throw new UnwritableError(target, 'it exists');
    replaceFile(target, utf8);
    return `${name}: the text${isConverted ? ' in UTF-8' : ''}, in the folder of texts.`;
  } catch (error) {
    if (!(error instanceof UnwritableError)) throw error;
    return `${error.message} Put the text there${isConverted ? ' in UTF-8' : ''}.`;
  }
}

/** Characters of an id in a temporary name, which must not be longer than a file system accepts. */
const MAX_TEMPORARY_NAME = 100;

const LINE_WIDTH = 120;

function documentYaml(
  id: string,
  text: CodePointText,
  { sha256, byteLength, paragraphs }: { sha256: string; byteLength: number; paragraphs: readonly NewParagraph[] },
): string {
  const [first] = paragraphs as [NewParagraph];
  // Titles may be copied.
  const title = first.role === 'TITLE' ? text.slice(first.start, first.end).replace(/\s+/g, ' ') : FILL_IN;
  return `# Positions count Unicode code points from 0, the end not included; a digest is the first 16 hex digits of the SHA-256 of the
# passage. \`multibyte\` lists [position, bytes] of each character that takes more than one byte in UTF-8.

document:
  id: ${id}
  title: ${JSON.stringify(title)}
  # The id of an actor; without this line, the publisher is unknown.
  publisher: ${FILL_IN}
  # A date in EDTF, e.g. "2001-02-03", "2001-02" or, with the basis UNKNOWN, "../..". If the text does not state it: BACKGROUND.
  publishedOn: { edtf: ${FILL_IN}, basis: STATED }
  sha256: "${sha256}"
  length: ${text.length}
  byteLength: ${byteLength}
${multibyteYaml(text)}  # Roles: TITLE, DATELINE, FRAMING, BODY, CAPTION, FOOTNOTE, BOILERPLATE. Add \`voice\`, the id of the actor whose words it has.
  paragraphs:
${paragraphs.map(({ number, role, start, end, digest }) => `    - { number: ${number}, role: ${role}, at: [${start}, ${end}], digest: "${digest}" }\n`).join('')}`;
}

function multibyteYaml(text: CodePointText): string {
  const lines: string[] = [];
  let line = '';
  let position = 0;
  for (const character of text.toString()) {
    const bytes = Buffer.byteLength(character);
    if (bytes > 1) {
      const item = `[${position}, ${bytes}],`;
      if (line.length + item.length + 7 > LINE_WIDTH) {
        lines.push(line);
        line = '';
      }
      line += line === '' ? item : ` ${item}`;
    }
    position += 1;
  }
  if (line !== '') lines.push(line);
  if (lines.length === 0) return '';
  return `  multibyte:\n    [\n${lines.map((each) => `      ${each}\n`).join('')}    ]\n`;
}
