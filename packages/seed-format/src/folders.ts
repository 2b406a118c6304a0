import { LRUCache } from 'lru-cache';
import { hidesSharedRecords } from './consequences.js';
import { parseSeedFile, readSeedFile, type SeedFile, stemOf } from './files.js';
import { inReadingOrder } from './folderOrder.js';
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

/** What the records of one folder are to all folders. Can be stored as JSON. */
export interface SharedFacts {
  /** Owners of the keys that mean the same in all folders. */
  owners: [key: string, owner: Owner][];
  documents: { id: string; sha256: string }[];
  /** Slugs of actors and places that were merged into others, with the slug that replaces each. */
  merges: [slug: string, survivor: string][];
  /** Folded. */
  symbols: [symbol: string, instrument: { id: string; file: string; path: Path }][];
  /** Ids of actors and places in registers whose ids stand for one thing each. */
  identifiers: { scheme: string; value: string; slug: string; isPlace: boolean }[];
  /** Slugs of actors and places that its text names. */
  mentioned: string[];
  /** Files whose records are unknown. */
  unreadable: string[];
}

interface LoadedFolder {
  files: SeedFile[];
  /** Empty once the folder is resolved. */
  parsed: ParsedFile[];
  owners: ReadonlyMap<string, Owner>;
  /** See `Folders.dependencies`. */
  dependencies: Set<string>;
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
  readonly #documentsByDigest = new Map<string, { id: string; sha256: string }[]>();
  readonly #unreadable: string[] = [];
  #current: { name: string; read: LoadedFolder } | null = null;
  /** The last file that `lineOf` was called for. */
  #lastFile: SeedFile | null = null;
  readonly #byId = new WeakMap<object[], Map<string, object>>();
  readonly #facts = new Map<string, SharedFacts>();
  /** Where the look-ups of the folder that is being processed or resolved are recorded. */
  #recorded = new Set<string>();

  /** `parsed` may have some of the files already, and `known` the facts of some folders, whose files then are not read for them. */
  constructor(
    dir: string,
    files: readonly string[],
    parsed: Iterable<LoadedFile> = [],
    known: ReadonlyMap<string, SharedFacts> = new Map(),
  ) {
    this.#dir = dir;
    for (const loaded of parsed) this.#parsed.set(loaded.file.name, loaded);
    for (const file of files) {
      const folder = file.slice(0, file.indexOf('/'));
      const known = this.#files.get(folder);
      if (known) known.push(file);
      else this.#files.set(folder, [file]);
    }
    this.names = inReadingOrder(this.#files.keys());
    // A larger folder is cached alone. Otherwise it would be parsed again for every reference into it.
    this.#read = new LRUCache({
      maxSize: MAX_CACHED_CHARACTERS,
      sizeCalculation: ({ files: read }) =>
        Math.min(
          read.reduce((sum, { size }) => sum + size, 1),
          MAX_CACHED_CHARACTERS,
        ),
    });
    for (const name of this.names) {
      const facts = known.get(name) ?? this.#readFacts(name);
      this.#facts.set(name, facts);
      this.#addFacts(facts);
    }
    // Merges and the kinds of other records are known now.
    for (const { identifiers } of this.#facts.values()) this.#addIdentifiers(identifiers);
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

  /** The documents whose text has this digest: one, unless there is a problem. */
  documentsWith(sha256: string): readonly { id: string; sha256: string }[] {
    this.#recorded.add(`sha256 ${sha256}`);
    return this.#documentsByDigest.get(sha256) ?? [];
  }

  /** What a folder's records are to all folders. */
  factsOf(name: string): SharedFacts {
    const facts = this.#facts.get(name);
    if (!facts) throw new Error(`${name} is not a folder of the seeds.`);
    return facts;
  }

  /**
   * What the current folder was read from besides its own files: keys of shared records (`party <slug>`), the contents of records
   * (`record <section> <id>`), those of a section of a folder (`section <name> <section>`), all records of a folder (`folder <name>`), names in the
   * register (`name <name>`), and what facts say (`mention <slug>`,
   * `symbol <symbol>`, `identifier <register> <slug>`, `identified <register> <id>`, `sha256 <digest>`). As long as none of them changes, reading it gives the same.
   */
  get dependencies(): string[] {
    return [...(this.#current?.read.dependencies ?? [])];
  }

  /** Whether a text of any folder names an actor or a place. */
  isMentioned(id: string): boolean {
    this.#recorded.add(`mention ${id.slice(id.indexOf(':') + 1)}`);
    return this.#mentioned.has(id.slice(id.indexOf(':') + 1));
  }

  survivorOf(slug: string): string {
    this.#recorded.add(`party ${slug}`);
    const survivor = this.#merged.get(slug);
    if (survivor !== undefined) this.#recorded.add(`party ${survivor}`);
    // A merge into an unknown id is reported, and otherwise ignored.
    return survivor !== undefined && this.#shared.has(`party ${survivor}`) ? survivor : slug;
  }

  /** The first instrument with this symbol, in any folder. */
  ownerOfSymbol(symbol: string): { id: string; file: string; path: Path } | undefined {
    const folded = foldSymbol(symbol);
    this.#recorded.add(`symbol ${folded}`);
    return this.#symbols.get(folded);
  }

  /** The first id in a register that a record of any folder gives an actor or a place, if the ids of the register stand for one thing each. */
  identifierOf(scheme: string, slug: string): string | undefined {
    this.#recorded.add(`identifier ${scheme} ${slug}`);
    return this.#identifiers.get(`${scheme} ${slug}`);
  }

  /** The slug of the first actor, or of the first place, with an id in such a register. */
  ownerOfIdentifier(scheme: string, value: string, isPlace: boolean): string | undefined {
    this.#recorded.add(`identified ${scheme} ${value}`);
    const slug = this.#identified.get(`${scheme} ${value} ${isPlace}`);
    if (slug !== undefined) this.#recorded.add(`party ${slug}`);
    return slug;
  }

  /** Makes a folder the current one: it stays in memory until the next one is opened. */
  open(name: string): Folder {
    const before = this.#current?.read.resolved;
    // Its records and ids stay available for references from other folders.
    if (before) Object.assign(before, { entries: [], parsed: [] });
    this.#current = { name, read: this.#load(name) };
    this.#recorded = this.#current.read.dependencies;
    return this.#resolved(name);
  }

  /** All records of a folder. */
  folder(name: string): Folder {
    this.#dependOn(name);
    return this.#resolved(name);
  }

  /** The records of a section of a folder. */
  sectionOf<Section extends keyof Seeds>(folder: string, section: Section): Seeds[Section] {
    this.#recorded.add(`section ${folder} ${section}`);
    return this.#resolved(folder).seeds[section];
  }

  /** Actors and places of the register. Who uses what depends on their names records it with `dependOnName`. */
  get registered(): Pick<Seeds, 'actors' | 'places' | 'additions'> {
    return this.#resolved(REGISTER).seeds;
  }

  /** Records that the current folder depends on who has a name in the register, given folded or by its digest. */
  dependOnName(name: string): void {
    this.#recorded.add(`name ${name}`);
  }

  #resolved(name: string): Folder {
    const read = this.#load(name);
    const { files, parsed } = read;
    if (!read.resolved) {
      const outer = this.#recorded;
      this.#recorded = read.dependencies;
      read.resolved = {
        name,
        files,
        parsed,
        ...resolve(
          parsed.flatMap(({ records }) => records),
          this,
        ),
      };
      this.#recorded = outer;
    }
    read.parsed = [];
    return read.resolved;
  }

  #dependOn(folder: string): void {
    this.#recorded.add(`folder ${folder}`);
  }

  ownerOf(key: string): Owner | undefined {
    if (isShared(key)) {
      this.#recorded.add(key);
      return this.#shared.get(key);
    }
    const folder = key.slice(key.indexOf(' ') + 1, key.indexOf('/'));
    this.#dependOn(folder);
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
    if (SHARED_SPACES[section]) {
      this.#recorded.add(`${SHARED_SPACES[section]} ${local}`).add(`record ${section} ${id}`);
    } else if (folder !== undefined) this.#dependOn(folder);
    if (folder === undefined || !this.#files.has(folder)) return null;
    const records = this.#resolved(folder).seeds[section] as (Seeds[Section][number] & object)[];
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
      read = { files, parsed, owners, dependencies: new Set() };
      this.#read.set(name, read);
    }
    return read;
  }

  /** Reads the shared records, documents and mentions of a folder. */
  #readFacts(name: string): SharedFacts {
    // Loads the folder into the cache while there is room, so that it need not be read again.
    const hasRoom = (this.#read.calculatedSize ?? 0) < MAX_CACHED_CHARACTERS / 2;
    const shared = (this.#files.get(name) ?? []).filter((file) => mayHoldShared(stemOf(file)));
    const facts: SharedFacts = {
      owners: [],
      documents: [],
      merges: [],
      symbols: [],
      identifiers: [],
      mentioned: [],
      unreadable: [],
    };
    const owners = new Map<string, Owner>();
    for (const file of hasRoom
      ? this.#load(name).parsed
      : shared.map((each) => parseFile(readSeedFile(this.#dir, each)))) {
      addOwners(owners, file, isShared);
      const hiding = file.problems.find(hidesSharedRecords);
      if (hiding) facts.unreadable.push(hiding.file);
      for (const { section, record, path, file: source } of file.records) {
        if (section === 'document')
          facts.documents.push({ id: `document:${String(record['id'])}`, sha256: String(record['sha256']) });
        if (section === 'merges') facts.merges.push([String(record['id']), (record['sameAs'] as unknown as Ref).local]);
        if (section === 'instruments')
          facts.symbols.push([
            foldSymbol(String(record['symbol'])),
            { id: `instrument:${String(record['id'])}`, file: source.name, path },
          ]);
        if (MENTIONING.has(section)) facts.identifiers.push(...identifiersOf(section, record));
        if (!MENTIONING.has(section) || (record['mentions'] as unknown[]).length === 0) continue;
        const party = record['of'] ?? record['id'];
        facts.mentioned.push(party instanceof Ref ? party.local : String(party));
      }
    }
    facts.owners = [...owners];
    return facts;
  }

  /** The first folder with a readable record of a key owns it. */
  #addFacts({ owners, documents, merges, symbols, mentioned, unreadable }: SharedFacts): void {
    for (const [key, owner] of owners) {
      const known = this.#shared.get(key);
      if (!known || (!known.isReadable && owner.isReadable)) this.#shared.set(key, owner);
    }
    for (const document of documents) {
      this.#documents.push(document);
      const same = this.#documentsByDigest.get(document.sha256);
      if (same) same.push(document);
      else this.#documentsByDigest.set(document.sha256, [document]);
    }
    for (const [slug, survivor] of merges) this.#merged.set(slug, survivor);
    for (const [symbol, instrument] of symbols) if (!this.#symbols.has(symbol)) this.#symbols.set(symbol, instrument);
    for (const slug of mentioned) this.#mentioned.add(slug);
    this.#unreadable.push(...unreadable);
  }

  #addIdentifiers(identifiers: SharedFacts['identifiers']): void {
    for (const { scheme, value, ...owner } of identifiers) {
      const survivor = this.#merged.get(owner.slug);
      const slug = survivor !== undefined && this.#shared.has(`party ${survivor}`) ? survivor : owner.slug;
      const isPlace = owner.isPlace || this.#shared.get(`party ${slug}`)?.id.startsWith('place:') === true;
      const [own, named] = [`${scheme} ${slug}`, `${scheme} ${value} ${isPlace}`];
      if (!this.#identifiers.has(own)) this.#identifiers.set(own, value);
      if (!this.#identified.has(named)) this.#identified.set(named, slug);
    }
  }
}

/** Registers whose ids stand for one thing each. */
const UNIQUE_SCHEMES: ReadonlySet<string> = new Set(['wikidata']);

/** The ids of a record in such registers. */
const identifiersOf = (section: string, record: Record<string, unknown>): SharedFacts['identifiers'] =>
  (record['identifiers'] as { scheme: string; value: string }[]).flatMap(({ scheme, value }) => {
    const party = record['of'] ?? record['id'];
    const slug = party instanceof Ref ? party.local : String(party);
    return UNIQUE_SCHEMES.has(scheme) ? [{ scheme, value, slug, isPlace: section === 'places' }] : [];
  });

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
