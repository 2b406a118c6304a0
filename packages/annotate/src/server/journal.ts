import { mkdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import {
  createProposalsFolder,
  readSeedText,
  type StagedFile,
  stageFile,
  UnwritableError,
} from '@dossier/seed-format/authoring';
import { AnnotateError } from './errors.js';
import { assertWritable, type Workspace } from './workspace.js';

/** Reasons why a file cannot be written that only its owner can change. */
const READ_ONLY = ['read-only', 'EACCES', 'EPERM', 'EROFS'];
/** Maximum number of changes that can be undone. */
const MAX_ENTRIES = 200;

/** The content of a file before and after a change; null if it does not exist. */
interface FileChange {
  name: string;
  before: string | null;
  after: string | null;
}

const changedMeanwhile = (name: string): string =>
  `${name} was changed in the meantime, in another tab or by hand, so nothing was written. The records were loaded again and your input was kept: compare, then save once more.`;

interface Entry {
  /** As a phrase, e.g. "add statements S301". */
  what: string;
  files: FileChange[];
}

/**
 * Writes files, and undoes and redoes that. A file that was changed by hand in the meantime is not overwritten. The journal is in memory: it ends
 * with the program.
 */
export class Journal {
  readonly #workspace: Workspace;
  readonly #stage: typeof stageFile;
  readonly #undo: Entry[] = [];
  readonly #redo: Entry[] = [];

  /** `stage` writes the new content of a file next to it. */
  constructor(workspace: Workspace, stage: typeof stageFile = stageFile) {
    this.#workspace = workspace;
    this.#stage = stage;
  }

  get undoable(): string | null {
    return this.#undo.at(-1)?.what ?? null;
  }

  get redoable(): string | null {
    return this.#redo.at(-1)?.what ?? null;
  }

  /**
   * Writes the new contents of files, by name: all of them, or none if one cannot be written. `sources` are the contents that the new ones were
   * made from. Throws an AnnotateError if a file is not the same any more.
   */
  write(what: string, contents: ReadonlyMap<string, string>, sources: ReadonlyMap<string, string | null>): void {
    for (const name of contents.keys()) assertWritable(this.#workspace, name);
    const files = [...contents].map(([name, after]): FileChange => {
      const before = sources.get(name);
      if (before === undefined) throw new AnnotateError('CONFLICT', changedMeanwhile(name));
      return { name, before, after };
    });
    this.#replace(files, changedMeanwhile);
    this.#redo.length = 0;
    this.#undo.push({ what, files });
    if (this.#undo.length > MAX_ENTRIES) this.#undo.shift();
  }

  undo(): string {
    return this.#step(
      this.#undo,
      this.#redo,
      ({ name, before, after }) => ({ name, before: after, after: before }),
      'undo',
    );
  }

  redo(): string {
    return this.#step(this.#redo, this.#undo, (change) => change, 'redo');
  }

  #step(from: Entry[], to: Entry[], turned: (change: FileChange) => FileChange, verb: string): string {
    const entry = from.at(-1);
    if (!entry) throw new AnnotateError('NOTHING_TO_UNDO', `There is nothing to ${verb}.`);
    const files = entry.files.map(turned);
    this.#replace(
      files,
      (name) =>
        `${name} has been changed outside this page, so "${entry.what}" cannot be ${verb === 'undo' ? 'undone' : 'redone'}; nothing was changed.`,
    );
    from.pop();
    to.push(entry);
    return entry.what;
  }

  #read(name: string): string | null {
    return readSeedText(this.#workspace.seedsDir, name);
  }

  /**
   * Replaces files. All new contents are on the disk before the first is put in place, so that a full disk changes nothing. `describe` says that a
   * file has changed.
   */
  #replace(files: readonly FileChange[], describe: (name: string) => string): void {
    const staged: { file: FileChange; put: StagedFile }[] = [];
    const done: FileChange[] = [];
    let current = '';
    try {
      for (const file of files) {
        current = file.name;
        assertWritable(this.#workspace, file.name);
        staged.push({ file, put: this.#staged(file.name, file.after) });
      }
      // After the contents were written, which takes most of the time.
      const changed = files.find(({ name, before }) => this.#read(name) !== before);
      if (changed) throw new AnnotateError('CONFLICT', describe(changed.name));
      for (const { file, put } of staged) {
        current = file.name;
        put.commit();
        done.push(file);
      }
    } catch (error) {
      for (const { put } of staged.slice(done.length)) put.discard();
      for (const { name, before } of done) this.#staged(name, before).commit();
      if (error instanceof AnnotateError) throw error;
      const code =
        error instanceof UnwritableError ? error.reason : ((error as NodeJS.ErrnoException).code ?? 'unknown error');
      throw new AnnotateError(
        READ_ONLY.includes(code) ? 'READ_ONLY' : 'WRITE_FAILED',
        `${current} cannot be written (${code}), so nothing was changed.`,
      );
    }
  }

  /** A new content, or the removal, of a file. */
  #staged(name: string, content: string | null): StagedFile {
    const { seedsDir } = this.#workspace;
    const path = join(seedsDir, name);
    if (content === null) return { commit: () => rmSync(path, { force: true }), discard: () => {} };
    if (name.startsWith('.')) createProposalsFolder(seedsDir);
    else mkdirSync(dirname(path), { recursive: true });
    return this.#stage(path, content);
  }
}
