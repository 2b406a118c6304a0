import { folderFileNames, folderNames, readSeedFile, readSeedText } from '../files.js';
import { unresolvedWords } from '../unfinished.js';

/** A record as it is in a file: not validated, so that proposals work while a document is being annotated. */
export type RawRecord = Record<string, unknown>;

export interface RawPassage {
  at: [number, number];
  digest: string;
}

/** Reads sections of seed files without validating them. A file that is not YAML has no records. */
export class SeedRecords {
  readonly #dir: string;
  readonly #files = new Map<string, RawRecord>();

  constructor(dir: string) {
    this.#dir = dir;
  }

  /** The folders of the seeds, in order of their names. */
  get folders(): string[] {
    return folderNames(this.#dir);
  }

  /**
   * The folders with records that may name an actor or a place, found by searching the files: most documents of an archive only mention those
   * of the register, and parsing them would take most of the time.
   */
  get foldersWithNames(): string[] {
    return this.folders.filter((folder) => {
      const name = this.fileName(folder, 'actors');
      return name !== null && NAMING.test(readSeedText(this.#dir, name) ?? '');
    });
  }

  /** The name of a file, with the ending that it has; null if there is none. */
  fileName(folder: string, stem: string): string | null {
    const names = [`${folder}/${stem}.yaml`, `${folder}/${stem}.yml`];
    return folderFileNames(this.#dir, folder).find((name) => names.includes(name)) ?? null;
  }

  section(folder: string, stem: string, section: string): RawRecord[] {
    return listOf(this.#content(folder, stem)[section]);
  }

  /** The places of the records of `section` in the file, in which a list may also have items that are not records, e.g. one without a value yet. */
  indexes(folder: string, stem: string, section: string): number[] {
    const list = this.#content(folder, stem)[section];
    return (Array.isArray(list) ? list : []).flatMap((item: unknown, index) => (asRecord(item) ? [index] : []));
  }

  document(folder: string): RawRecord | null {
    return asRecord(this.#content(folder, 'document')['document']);
  }

  /** The number of passages of a folder that are given by their words, and have no position yet. */
  unresolved(folder: string): number {
    return ['actors', 'statements', 'sanctions', 'trade'].reduce(
      (sum, stem) => sum + [...unresolvedWords(this.#content(folder, stem), folder)].length,
      0,
    );
  }

  /** The name of the file of a folder with a passage at a position; null if none has one. */
  fileWithPassage(folder: string, at: readonly [number, number]): string | null {
    const stem = ['actors', 'statements', 'sanctions', 'trade'].find((each) =>
      hasPassage(this.#content(folder, each), at),
    );
    return stem === undefined ? null : this.fileName(folder, stem);
  }

  #content(folder: string, stem: string): RawRecord {
    const key = `${folder}/${stem}`;
    const known = this.#files.get(key);
    if (known) return known;
    const content = asRecord(readSeedFile(this.#dir, this.fileName(folder, stem) ?? `${key}.yaml`).content) ?? {};
    this.#files.set(key, content);
    return content;
  }
}

const hasPassage = (value: unknown, at: readonly [number, number]): boolean =>
  typeof value === 'object' &&
  value !== null &&
  (passageOf(asRecord(value))?.at.join() === at.join() || Object.values(value).some((each) => hasPassage(each, at)));

/** Sections with names, and the list of names of other records. */
const NAMING = /\b(?:actors|places|merges|aliases)\b/;

export const asRecord = (value: unknown): RawRecord | null =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as RawRecord) : null;

export const listOf = (value: unknown): RawRecord[] =>
  (Array.isArray(value) ? value : []).flatMap((item: unknown) => {
    const record = asRecord(item);
    return record ? [record] : [];
  });

export const textOf = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

/** A resolved passage; null if the record has none, or only words that are not resolved yet. */
export function passageOf(record: RawRecord | null): RawPassage | null {
  const at = record?.['at'];
  if (!Array.isArray(at) || at.length !== 2 || !at.every((position) => Number.isInteger(position))) return null;
  return { at: at as [number, number], digest: textOf(record?.['digest']) ?? '' };
}
