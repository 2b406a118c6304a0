import { LRUCache } from 'lru-cache';
import { hidesSharedRecords } from './consequences.js';
import { parseSeedFile, readSeedFile, type SeedFile, stemOf } from './files.js';
import { addOwners, isShared, type Owner } from './keys.js';
import { type ParsedFile, parseFile } from './parse.js';
import type { Path, Problem } from './problem.js';
import { mayHoldShared, REGISTER, Ref, type Seeds } from './records.js';
import { type Entry, type RecordIndex, resolve } from './resolve.js';

/** Size of the cache of folders, in characters of source. The current folder is not counted. */
const MAX_CACHED_CHARACTERS = 8 * 1024 * 1024;

/** The records of one folder. */
export interface Folder {
  name: string;
  files: SeedFile[];
  parsed: ParsedFile[];
  seeds: Seeds;
  entries: Entry[];
  /** Dangling references and duplicate ids. */
  problems: Problem[];
}

/** A file with its records, not resolved yet. */
export interface LoadedFile {
  file: SeedFile;
  parsed: ParsedFile;
}

/** Sources of files that replace those on the disk, by file name: a change that is checked before it is written. */
export type Drafts = ReadonlyMap<string, string>;

export function loadFile(dir: string, name: string, drafts?: Drafts): LoadedFile {
  const source = drafts?.get(name);
  const file = source === undefined ? readSeedFile(dir, name) : parseSeedFile(name, source);
  return { file, parsed: parseFile(file) };
}

interface LoadedFolder {
  files: SeedFile[];
  /** Empty once the folder is resolved. */
  parsed: ParsedFile[];
  owners: ReadonlyMap<string, Owner>;
  resolved?: Folder;
}

/**
 * The folders of the seeds, processed one by one. In memory are the current folder, a cache of others, and an index of the records that all
 * folders share (actors, places, regimes, instruments, provisions). Records of other folders are read on
 * demand.
 */
export class Folders implements RecordIndex {
  readonly names: string[];
  readonly #dir: string;
  readonly #files = new Map<string, string[]>();
  readonly #read: LRUCache<string, LoadedFolder>;
  readonly #shared = new Map<string, Owner>();
  readonly #mentioned = new Set<string>();
  /** Slugs of actors and places that were merged into others, with the slug that replaces each. */
  readonly #merged = new Map<string, string>();
  /** The first instrument with each symbol, folded. */
  readonly #symbols = new Map<string, { id: string; file: string; path: Path }>();
  /** The first id of each actor and place in a register whose ids stand for one thing each, and whose it is first. */
  readonly #identifiers = new Map<string, string>();
  readonly #identified = new Map<string, string>();
  /** Files that were parsed before, until they are used: resolving changes their records. */
  readonly #parsed = new Map<string, LoadedFile>();
  readonly #documents: { id: string; sha256: string }[] = [];
  readonly #unreadable: string[] = [];
  #current: { name: string; read: LoadedFolder } | null = null;
  /** The last file that `lineOf` was called for. */
  #lastFile: SeedFile | null = null;
  readonly #byId = new WeakMap<object[], Map<string, object>>();

  /** `parsed` may have some of the files already. */
  constructor(dir: string, files: readonly string[], parsed: Iterable<LoadedFile> = []) {
    this.#dir = dir;
    for (const loaded of parsed) this.#parsed.set(loaded.file.name, loaded);
    for (const file of files) {
      const folder = file.slice(0, file.indexOf('/'));
      const known = this.#files.get(folder);
      if (known) known.push(file);
      else this.#files.set(folder, [file]);
    }
    // The register comes first: other folders add to its records.
    this.names = [...this.#files.keys()].sort((a, b) =>
      a === REGISTER ? -1 : b === REGISTER ? 1 : a < b ? -1 : a > b ? 1 : 0,
    );
    // A larger folder is cached alone. Otherwise it would be parsed again for every reference into it.
    this.#read = new LRUCache({
      maxSize: MAX_CACHED_CHARACTERS,
      sizeCalculation: ({ files: read }) =>
        Math.min(
          read.reduce((sum, { size }) => sum + size, 1),
          MAX_CACHED_CHARACTERS,
        ),
    });
    const identified: [section: string, record: Record<string, unknown>][] = [];
    for (const name of this.names) this.#indexShared(name, identified);
    // Merges and the kinds of other records are known now.
    for (const [section, record] of identified) this.#indexIdentifiers(section, record);
    for (const [slug, survivor] of this.#merged) {
      if (!this.#mentioned.has(slug) && !this.#mentioned.has(survivor)) continue;
      this.#mentioned.add(slug).add(survivor);
    }
  }

  /** All documents, known before their folders are processed. */
  get documents(): readonly { id: string; sha256: string }[] {
    return this.#documents;
  }

  /** Files whose records are unknown, among those that may hold records that all folders share. */
  get unreadable(): readonly string[] {
    return this.#unreadable;
  }

  /** Whether a text of any folder names an actor or a place. */
  isMentioned(id: string): boolean {
    return this.#mentioned.has(id.slice(id.indexOf(':') + 1));
  }

  survivorOf(slug: string): string {
    const survivor = this.#merged.get(slug);
    // A merge into an unknown id is reported, and otherwise ignored.
    return survivor !== undefined && this.#shared.has(`party ${survivor}`) ? survivor : slug;
  }

  /** The first instrument with this symbol, in any folder. */
  ownerOfSymbol(symbol: string): { id: string; file: string; path: Path } | undefined {
    return this.#symbols.get(foldSymbol(symbol));
  }

  /** The first id in a register that a record of any folder gives an actor or a place, if the ids of the register stand for one thing each. */
  identifierOf(scheme: string, slug: string): string | undefined {
    return this.#identifiers.get(`${scheme} ${slug}`);
  }

  /** The slug of the first actor, or of the first place, with an id in such a register. */
  ownerOfIdentifier(scheme: string, value: string, isPlace: boolean): string | undefined {
    const slug = this.#identified.get(`${scheme} ${value} ${isPlace}`);
    return slug === undefined ? undefined : this.survivorOf(slug);
  }

  /** Makes a folder the current one: it stays in memory until the next one is opened. */
  open(name: string): Folder {
    const before = this.#current?.read.resolved;
    // Its records and ids stay available for references from other folders.
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
    if (this.#lastFile?.name !== file) this.#lastFile = readSeedFile(this.#dir, file);
    return this.#lastFile.lineOf(path);
  }

  /** The record with a typed id, in any folder; null if there is none. */
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

  #load(name: string): LoadedFolder {
    let read = this.#current?.name === name ? this.#current.read : this.#read.get(name);
    if (!read) {
      const loaded = (this.#files.get(name) ?? []).map((file) => this.#parsed.get(file) ?? loadFile(this.#dir, file));
      for (const { file } of loaded) this.#parsed.delete(file.name);
      const files = loaded.map(({ file }) => file);
      const parsed = loaded.map((each) => each.parsed);
      // No longer needed: the records are copies.
      for (const file of files) file.content = null;
      const owners = new Map<string, Owner>();
      for (const file of parsed) addOwners(owners, file, (key) => !isShared(key));
      read = { files, parsed, owners };
      this.#read.set(name, read);
    }
    return read;
  }

  /** Indexes the shared records, documents and mentions of a folder. */
  #indexShared(name: string, identified: [section: string, record: Record<string, unknown>][]): void {
    // Loads the folder into the cache while there is room, so that it need not be read again.
    const hasRoom = (this.#read.calculatedSize ?? 0) < MAX_CACHED_CHARACTERS / 2;
    const shared = (this.#files.get(name) ?? []).filter((file) => mayHoldShared(stemOf(file)));
    for (const file of hasRoom
      ? this.#load(name).parsed
      : shared.map((each) => parseFile(readSeedFile(this.#dir, each)))) {
      addOwners(this.#shared, file, isShared);
      const hiding = file.problems.find(hidesSharedRecords);
      if (hiding) this.#unreadable.push(hiding.file);
      for (const { section, record, path, file: source } of file.records) {
        if (section === 'document')
          this.#documents.push({ id: `document:${String(record['id'])}`, sha256: String(record['sha256']) });
        if (section === 'merges') this.#merged.set(String(record['id']), (record['sameAs'] as unknown as Ref).local);
        const symbol = section === 'instruments' ? foldSymbol(String(record['symbol'])) : null;
        if (symbol !== null && !this.#symbols.has(symbol))
          this.#symbols.set(symbol, {
            id: `instrument:${String(record['id'])}`,
            file: source.name,
            path,
          });
        if (MENTIONING.has(section) && (record['identifiers'] as unknown[]).length > 0)
          identified.push([section, record]);
        if (!MENTIONING.has(section) || (record['mentions'] as unknown[]).length === 0) continue;
        const party = record['of'] ?? record['id'];
        this.#mentioned.add(party instanceof Ref ? party.local : String(party));
      }
    }
  }

  #indexIdentifiers(section: string, record: Record<string, unknown>): void {
    const party = record['of'] ?? record['id'];
    const slug = this.survivorOf(party instanceof Ref ? party.local : String(party));
    const isPlace = section === 'places' || this.#shared.get(`party ${slug}`)?.id.startsWith('place:') === true;
    for (const { scheme, value } of record['identifiers'] as { scheme: string; value: string }[]) {
      if (!UNIQUE_SCHEMES.has(scheme)) continue;
      const [own, owner] = [`${scheme} ${slug}`, `${scheme} ${value} ${isPlace}`];
      if (!this.#identifiers.has(own)) this.#identifiers.set(own, value);
      if (!this.#identified.has(owner)) this.#identified.set(owner, slug);
    }
  }
}

/** Registers whose ids stand for one thing each. */
const UNIQUE_SCHEMES: ReadonlySet<string> = new Set(['wikidata']);

/** Symbols that differ only in case or white space are those of one instrument. */
const foldSymbol = (symbol: string): string => symbol.normalize('NFKC').replace(/\s+/gu, ' ').toUpperCase();

const MENTIONING = new Set(['actors', 'places', 'additions']);

/** Sections whose ids do not contain a folder, with their key space. */
const SHARED_SPACES: Partial<Record<keyof Seeds, string>> = {
  actors: 'party',
  places: 'party',
  regimes: 'regimes',
  instruments: 'instruments',
  provisions: 'provisions',
  documents: 'document',
};
