import { LRUCache } from 'lru-cache';
import { readSeedFile, type SeedFile } from './files.js';
import { addOwners, isShared, type Owner, SHARED_STEMS } from './keys.js';
import { type ParsedFile, parseFile } from './parse.js';
import type { Path, Problem } from './problem.js';
import { Ref, type Seeds } from './records.js';
import { type Entry, type Known, resolve } from './resolve.js';

/** Characters of source whose records are kept at most, beside the folder that is worked on. */
const KEPT = 8 * 1024 * 1024;

/** The records of one folder. */
export interface Folder {
  name: string;
  files: SeedFile[];
  parsed: ParsedFile[];
  seeds: Seeds;
  entries: Entry[];
  /** References that lead nowhere, and ids that are taken. */
  problems: Problem[];
}

interface Read {
  files: SeedFile[];
  /** Until it is resolved. */
  parsed: ParsedFile[];
  owners: ReadonlyMap<string, Owner>;
  resolved?: Folder;
}

/**
 * The folders of seeds, one after the other: memory is that of the largest, of what a few keep, and of the records that all
 * folders know (actors, places, regimes, instruments, provisions). What stands in another folder is read from there when
 * it is asked for.
 */
export class Folders implements Known {
  readonly names: string[];
  readonly #dir: string;
  readonly #files = new Map<string, string[]>();
  readonly #read: LRUCache<string, Read>;
  readonly #shared = new Map<string, Owner>();
  readonly #mentioned = new Set<string>();
  readonly #documents: { id: string; sha256: string }[] = [];
  #current: { name: string; read: Read } | null = null;
  /** The last file that `lineOf` was called for. */
  #lined: SeedFile | null = null;
  readonly #byId = new WeakMap<object[], Map<string, object>>();

  constructor(dir: string, files: readonly string[]) {
    this.#dir = dir;
    for (const file of files) {
      const folder = file.slice(0, file.indexOf('/'));
      const known = this.#files.get(folder);
      if (known) known.push(file);
      else this.#files.set(folder, [file]);
    }
    this.names = [...this.#files.keys()].sort();
    // A larger folder is cached alone. Otherwise it would be parsed again for every reference into it.
    this.#read = new LRUCache({
      maxSize: KEPT,
      sizeCalculation: ({ files: read }) =>
        Math.min(
          read.reduce((sum, { size }) => sum + size, 1),
          KEPT,
        ),
    });
    for (const name of this.names) this.#note(name);
  }

  /** All documents, before their folders are worked on. */
  get documents(): readonly { id: string; sha256: string }[] {
    return this.#documents;
  }

  /** Whether a text of any folder names an actor or a place. */
  isMentioned(id: string): boolean {
    return this.#mentioned.has(id.slice(id.indexOf(':') + 1));
  }

  /** A folder that is worked on: it stays in memory until the next is asked for. Afterwards it is there for what leads to it. */
  open(name: string): Folder {
    const before = this.#current?.read.resolved;
    // What others lead to stays: its records and its ids.
    if (before) Object.assign(before, { entries: [], parsed: [] });
    this.#current = { name, read: this.#load(name) };
    return this.folder(name);
  }

  folder(name: string): Folder {
    const read = this.#load(name);
    const { files, parsed } = read;
    read.resolved ??= {
      name,
      files,
      parsed,
      ...resolve(
        parsed.flatMap(({ records }) => records),
        this,
      ),
    };
    read.parsed = [];
    return read.resolved;
  }

  ownerOf(key: string): Owner | undefined {
    if (isShared(key)) return this.#shared.get(key);
    const folder = key.slice(key.indexOf(' ') + 1, key.indexOf('/'));
    return this.#files.has(folder) ? this.#load(folder).owners.get(key) : undefined;
  }

  lineOf({ file, path }: { file: string; path: Path }): number {
    if (this.#lined?.name !== file) this.#lined = readSeedFile(this.#dir, file);
    return this.#lined.lineOf(path);
  }

  /** The record of a typed id, in whatever folder it stands; null where there is none. */
  find<Section extends keyof Seeds>(section: Section, id: string): Seeds[Section][number] | null {
    const local = id.slice(id.indexOf(':') + 1);
    const folder = SHARED_SPACES[section]
      ? this.#shared.get(`${SHARED_SPACES[section]} ${local}`)?.folder
      : local.slice(0, local.indexOf('/'));
    if (folder === undefined || !this.#files.has(folder)) return null;
    const records = this.folder(folder).seeds[section] as (Seeds[Section][number] & object)[];
    let byId = this.#byId.get(records);
    if (!byId) {
      byId = new Map(records.map((record) => [record.id, record]));
      this.#byId.set(records, byId);
    }
    return (byId.get(id) as Seeds[Section][number] | undefined) ?? null;
  }

  #load(name: string): Read {
    let read = this.#current?.name === name ? this.#current.read : this.#read.get(name);
    if (!read) {
      const files = (this.#files.get(name) ?? []).map((file) => readSeedFile(this.#dir, file));
      const parsed = files.map(parseFile);
      // Read: the records are copies.
      for (const file of files) file.content = null;
      const owners = new Map<string, Owner>();
      for (const file of parsed) addOwners(owners, file, (key) => !isShared(key));
      read = { files, parsed, owners };
      this.#read.set(name, read);
    }
    return read;
  }

  /** What all folders know of one, of the files that may hold such. */
  #note(name: string): void {
    // While there is room, what is read now need not be read again.
    const hasRoom = (this.#read.calculatedSize ?? 0) < KEPT / 2;
    const shared = (this.#files.get(name) ?? []).filter(mayHoldShared);
    for (const file of hasRoom
      ? this.#load(name).parsed
      : shared.map((each) => parseFile(readSeedFile(this.#dir, each)))) {
      addOwners(this.#shared, file, isShared);
      for (const { section, record } of file.records) {
        if (section === 'document')
          this.#documents.push({ id: `document:${String(record['id'])}`, sha256: String(record['sha256']) });
        if (section === 'mentions' && record['of'] instanceof Ref) this.#mentioned.add(record['of'].local);
        if ((section === 'actors' || section === 'places') && (record['mentions'] as unknown[]).length > 0)
          this.#mentioned.add(String(record['id']));
      }
    }
  }
}

/** Sections whose ids name no folder, with their space of keys. */
const SHARED_SPACES: Partial<Record<keyof Seeds, string>> = {
  actors: 'party',
  places: 'party',
  regimes: 'regimes',
  instruments: 'instruments',
  provisions: 'provisions',
  documents: 'document',
};

const mayHoldShared = (name: string): boolean =>
  SHARED_STEMS.includes(name.slice(name.indexOf('/') + 1).replace(/\.ya?ml$/, ''));
