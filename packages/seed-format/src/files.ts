import { isUtf8 } from 'node:buffer';
import { createHash, type Hash } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fstatSync,
  fsyncSync,
  lstatSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { type Comment, commentsOf } from './comments.js';
import { remedyFor } from './fileErrors.js';
import type { Path, Problem } from './problem.js';
import { quickYaml } from './quickYaml.js';
import { countRecords, recordLines } from './recordLines.js';
import { parseTree, type YamlError, type YamlTree } from './tree.js';

/** One YAML file, with the line of every value in it. */
export interface SeedFile {
  /** Relative to the seeds folder, e.g. `memri-sd-10149/actors.yaml`. */
  name: string;
  /** Its folder: a document's id, or `register`. */
  folder: string;
  /** Its name without the ending, e.g. `actors`. */
  stem: string;
  /** Characters. */
  size: number;
  content: unknown;
  /** The line of the value at a path, or of its nearest existing ancestor; 1 if the file exceeds a limit of `parseTree`. */
  lineOf: (path: Path) => number;
  comments: Comment[];
  /** Why the file cannot be read, or its YAML errors: syntax errors, repeated keys and aliases. */
  problems: Problem[];
}

/** Maximum size of a seed file in bytes. A larger file is rejected without reading it. */
export const MAX_FILE_BYTES = 64 * 1024 * 1024;

export const isYaml = (name: string): boolean => /\.ya?ml$/.test(name);

/** The name of a seed file without its folder and its ending. */
export const stemOf = (name: string): string => name.slice(name.indexOf('/') + 1).replace(/\.ya?ml$/, '');

/** The folders of the seeds, sorted. */
export const folderNames = (dir: string): string[] =>
  readdirSync(dir, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.') && entry.name !== 'node_modules')
    .map(({ name }) => name)
    .sort();

/** The names of all seed files, sorted. Files that are not YAML are ignored. */
export const seedFileNames = (dir: string): string[] =>
  existsSync(dir)
    ? folderNames(dir)
        .flatMap((folder) => folderFileNames(dir, folder))
        .sort()
    : [];

/** The names of the seed files of one folder, sorted; empty if there is no such folder. */
export function folderFileNames(dir: string, folder: string): string[] {
  if (!existsSync(join(dir, folder))) return [];
  return readdirSync(join(dir, folder), { withFileTypes: true })
    .flatMap((file) => (file.isFile() && isYaml(file.name) ? [`${folder}/${file.name}`] : []))
    .sort();
}

/** The files of a folder, when they were read: a digest of their names and bytes, and their size. */
export interface FolderState {
  digest: string;
  bytes: number;
}

/**
 * SHA-256 over the names and bytes of all seed files: two folders with the same digest contain the same seeds. A file that cannot be
 * read counts by its name only; `readSeedFile` refuses it.
 */
export function seedDigests(dir: string): { all: string; folders: Map<string, FolderState> } {
  const all = createHash('sha256');
  const folders = new Map<string, { hash: Hash; bytes: number }>();
  for (const name of seedFileNames(dir)) {
    const read = readBytes(dir, name);
    const folderName = name.slice(0, name.indexOf('/'));
    const folder = folders.get(folderName) ?? { hash: createHash('sha256'), bytes: 0 };
    folders.set(folderName, folder);
    if ('bytes' in read) folder.bytes += read.bytes.length;
    for (const hash of [all, folder.hash]) {
      hash.update(name).update('\0');
      if ('bytes' in read) hash.update(read.bytes);
      hash.update('\0');
    }
  }
  return {
    all: all.digest('hex'),
    folders: new Map([...folders].map(([name, { hash, bytes }]) => [name, { digest: hash.digest('hex'), bytes }])),
  };
}

/** Bytes of all seed files. */
export const seedsSize = (dir: string): number =>
  seedFileNames(dir).reduce((sum, name) => sum + (lstatSync(join(dir, name), { throwIfNoEntry: false })?.size ?? 0), 0);

/** Reads one file. Never throws: whatever is wrong with the file is in `problems`. */
export function readSeedFile(dir: string, name: string): SeedFile {
  const read = readSource(dir, name);
  if ('fault' in read) {
    const { line, message } = read.fault;
    return {
      ...namesOf(name),
      size: 0,
      content: null,
      lineOf: () => 1,
      comments: [],
      problems: [{ file: name, line, path: '', message }],
    };
  }
  return parseSeedFile(name, read.source);
}

/** The file with this source, which need not be on the disk. Never throws, as `readSeedFile`. */
export function parseSeedFile(name: string, source: string): SeedFile {
  // The full parse, which gives all lines and errors, runs on demand only: most files are valid.
  let tree: YamlTree | undefined;
  const treeOf = () => {
    tree ??= parseTree(source);
    return tree;
  };
  const quick = quickYaml(source);
  const quickLineOf = quick ? recordLines(source, countRecords(quick.content)) : () => null;
  let comments: SeedFile['comments'] | undefined;
  return {
    ...namesOf(name),
    size: source.length,
    content: quick ? quick.content : treeOf().content,
    lineOf: (path) => quickLineOf(path) ?? treeOf().lineOf(path),
    get comments() {
      comments ??= source.includes('#') ? commentsOf(source) : [];
      return comments;
    },
    problems: quick ? [] : yamlProblems(name, treeOf().errors),
  };
}

const namesOf = (name: string) => ({ name, folder: name.slice(0, name.indexOf('/')), stem: stemOf(name) });

/** A slip in YAML makes the parser misread what follows, so only the first syntax error is certain. A tab explains errors before it. */
function yamlProblems(file: string, errors: readonly YamlError[]): Problem[] {
  const syntax = errors.filter(({ isSyntax }) => isSyntax).sort((a, b) => a.line - b.line);
  const root = syntax.find(({ message }) => /\btabs?\b/i.test(message)) ?? syntax[0];
  const certain = root ? [root] : errors;
  return certain.map(({ line, message }) => ({
    file,
    line,
    path: '',
    message,
    ...(errors.length > certain.length && { consequences: errors.length - certain.length }),
  }));
}

/** The text of a seed file; null if it cannot be read. */
export function readSeedText(dir: string, name: string): string | null {
  const read = readSource(dir, name);
  return 'source' in read ? read.source : null;
}

/** A file that cannot be written. The message is for the person who runs the command. */
export class UnwritableError extends Error {
  /** `read-only`, or the code of the operating system. */
  readonly reason: string;
  constructor(path: string, reason: string) {
    super(`${path} cannot be written (${reason}); expected ${remedyFor(reason)}. It was not changed.`);
    this.name = 'UnwritableError';
    this.reason = reason;
  }
}

const WRITABLE = 0o222;

/** A new content of a file that is on the disk, but not in place yet. */
export interface StagedFile {
  /** Puts it in place at once, so that a watcher or a crash never sees a part of it. */
  commit: () => void;
  discard: () => void;
}

/**
 * Writes the new content of a file next to it. Throws an UnwritableError, also for a file that is read-only: a folder that can be written would
 * allow to replace it.
 */
export function stageFile(path: string, content: string | Buffer): StagedFile {
  const temporary = join(dirname(path), `.${basename(path)}.tmp`);
  const discard = () => rmSync(temporary, { force: true });
  const attempt = <Result>(write: () => Result): Result => {
    try {
      return write();
    } catch (error) {
      if (error instanceof UnwritableError) throw error;
      const { code } = error as NodeJS.ErrnoException;
      try {
        discard();
      } catch {
        // The first error says what is wrong.
      }
      throw new UnwritableError(path, code ?? 'unknown error');
    }
  };
  const written = attempt(() => {
    const mode = statSync(path, { throwIfNoEntry: false })?.mode;
    if (mode !== undefined && (mode & WRITABLE) === 0) throw new UnwritableError(path, 'read-only');
    // One that an interrupted command left may have other permissions, or be a link that leads elsewhere.
    discard();
    const descriptor = openSync(temporary, 'wx', mode);
    try {
      writeFileSync(descriptor, content);
      fsyncSync(descriptor);
      return fstatSync(descriptor).ino;
    } finally {
      closeSync(descriptor);
    }
  });
  const isOwn = () => lstatSync(temporary, { throwIfNoEntry: false })?.ino === written;
  return {
    commit: () => {
      // Another process that writes the same file has replaced it, perhaps not completely yet.
      if (!isOwn()) throw new UnwritableError(path, 'EBUSY');
      attempt(() => renameSync(temporary, path));
    },
    discard: () => {
      if (isOwn()) discard();
    },
  };
}

/** Creates or replaces a file at once. Throws an UnwritableError as `stageFile` does. */
export const replaceFile = (path: string, content: string | Buffer): void => stageFile(path, content).commit();

interface Fault {
  line: number;
  message: string;
}

function readSource(dir: string, name: string): { source: string } | { fault: Fault } {
  const read = readBytes(dir, name);
  if ('fault' in read) return read;
  if (!isUtf8(read.bytes))
    return { fault: { line: lineNotUtf8(read.bytes), message: 'not UTF-8; expected a YAML file in UTF-8.' } };
  return { source: read.bytes.toString('utf8') };
}

function readBytes(dir: string, name: string): { bytes: Buffer } | { fault: Fault } {
  const fault = (message: string) => ({ fault: { line: 1, message } });
  const file = join(dir, name);
  try {
    const { size } = lstatSync(file);
    if (size > MAX_FILE_BYTES) return fault(`a file of ${size} bytes; expected at most ${MAX_FILE_BYTES}.`);
    return { bytes: readFileSync(file) };
  } catch (error) {
    // The system's message contains the absolute path.
    return fault(
      `cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown error'}); expected a readable file.`,
    );
  }
}

const LINE_FEED = 0x0a;

/** The first line that is not UTF-8. Lines can be tested one by one: a multi-byte character contains no line feed. */
function lineNotUtf8(bytes: Buffer): number {
  let line = 1;
  for (let start = 0; ; line += 1) {
    const end = bytes.indexOf(LINE_FEED, start);
    if (end < 0 || !isUtf8(bytes.subarray(start, end))) return line;
    start = end + 1;
  }
}
