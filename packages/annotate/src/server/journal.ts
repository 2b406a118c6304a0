import { mkdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { readSeedText, replaceFile, UnwritableError } from '@dossier/seed-format/authoring';
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
  readonly #undo: Entry[] = [];
  readonly #redo: Entry[] = [];

  constructor(workspace: Workspace) {
    this.#workspace = workspace;
  }

  get undoable(): string | null {
    return this.#undo.at(-1)?.what ?? null;
  }

  get redoable(): string | null {
    return this.#redo.at(-1)?.what ?? null;
  }

  /** Writes the new contents of files, by name: all of them, or none if one cannot be written. */
  write(what: string, contents: ReadonlyMap<string, string>): void {
    const files = [...contents].map(([name, after]): FileChange => ({ name, before: this.#read(name), after }));
    this.#replace(files);
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
    const changed = files.find(({ name, before }) => this.#read(name) !== before);
    if (changed)
      throw new AnnotateError(
        'CONFLICT',
        `${changed.name} has been changed outside this page, so "${entry.what}" cannot be ${verb === 'undo' ? 'undone' : 'redone'}; nothing was changed.`,
      );
    this.#replace(files);
    from.pop();
    to.push(entry);
    return entry.what;
  }

  #read(name: string): string | null {
    return readSeedText(this.#workspace.seedsDir, name);
  }

  #replace(files: readonly FileChange[]): void {
    for (const { name } of files) assertWritable(this.#workspace, name);
    const done: FileChange[] = [];
    try {
      for (const file of files) {
        this.#put(file.name, file.after);
        done.push(file);
      }
    } catch (error) {
      for (const { name, before } of done) this.#put(name, before);
      const code =
        error instanceof UnwritableError ? error.reason : ((error as NodeJS.ErrnoException).code ?? 'unknown error');
      throw new AnnotateError(
        READ_ONLY.includes(code) ? 'READ_ONLY' : 'WRITE_FAILED',
        `${files[done.length]?.name} cannot be written (${code}), so nothing was changed.`,
      );
    }
  }

  #put(name: string, content: string | null): void {
    const path = join(this.#workspace.seedsDir, name);
    if (content === null) {
      rmSync(path, { force: true });
      return;
    }
    mkdirSync(dirname(path), { recursive: true });
    replaceFile(path, content);
  }
}
