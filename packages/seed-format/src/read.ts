import type { CodePointText } from '@dossier/domain/facts';
import { runChecks } from './checks/index.js';
import { nameDependencies } from './checks/names.js';
import { uncomparedNumbers } from './checks/stated.js';
import { byCause, mayComeFromElsewhere, withoutConsequences } from './consequences.js';
import { folderFileNames, seedFileNames } from './files.js';
import { type Drafts, Folders, type SharedFacts } from './folders.js';
import { layoutProblems } from './layout.js';
import { type MountedDocument, mountDocuments } from './mounted.js';
import { type Problem, truncate } from './problem.js';
import { REGISTER, type Seeds } from './records.js';
import { emptySeeds } from './resolve.js';
import { type Scope, scopeOf } from './scope.js';

export interface ReadOptions {
  /** Folder with the texts of documents. Without it, checks that need a text are skipped. */
  documentsDir?: string;
  /** Whether a mounted text with another digest than that of its document is ignored, instead of a problem; false by default. */
  ignoreMismatches?: boolean;
}

interface FolderOptions extends Pick<ReadOptions, 'documentsDir'> {
  /** Sources that replace files of the folder. */
  drafts?: Drafts;
}

export interface ReadResult {
  /** Null if there are no seed files. */
  seeds: Seeds | null;
  /** All problems that do not follow from others: files that cannot be read first, then in order of file and line. */
  problems: Problem[];
  /** Values that could not be compared with their words, in order of file and line. They are no reason to reject the seeds. */
  notes: Problem[];
}

/** The seeds of one folder, checked. */
export interface SeedPart {
  folder: string;
  seeds: Seeds;
  /** All problems of the folder that do not follow from others, in the same order. */
  problems: Problem[];
  /** As in `ReadResult`; computed when called, before the next folder is read. */
  notes: () => Problem[];
  /** Size of its files in characters. */
  size: number;
  /** The record with a typed id, in any folder; null if there is none. */
  find: <Section extends keyof Seeds>(section: Section, id: string) => Seeds[Section][number] | null;
  /** The mounted text of a document, verified by its digest; null if there is none. */
  textOf: (document: string) => CodePointText | null;
  /** Names that the check of other folders depends on, with their owners: those of the register. */
  namesForOthers: () => [dependency: string, owners: string][];
  /** What it was read from besides its own files, so far; see `Folders.dependencies`. Before the next folder is read. */
  dependencies: () => string[];
}

/** Folders whose shared records are known, each read on demand. */
export interface IndexedSeeds {
  /** In the order in which they are read. */
  names: readonly string[];
  factsOf: (name: string) => SharedFacts;
  read: (name: string) => SeedPart;
}

export interface OpenedSeeds {
  /** Problems that are found before any record is read. */
  problems: Problem[];
  /** Reads the shared records of all folders, except of those whose facts are known and have not changed. */
  index: (known?: ReadonlyMap<string, SharedFacts>) => IndexedSeeds;
  /** The folders in order of their names, each read on demand. */
  parts: () => Generator<SeedPart>;
}

/** The problem of a folder without seeds. */
export const NO_SEEDS: Problem = {
  file: '.',
  line: 1,
  path: '',
  message: 'no seeds found; expected a folder with YAML files for each document.',
};

/** Reads and checks seeds folder by folder, so that they need not fit into memory. */
export function openSeeds(dir: string, { documentsDir, ignoreMismatches = false }: ReadOptions = {}): OpenedSeeds {
  const names = seedFileNames(dir);
  const index = (known?: ReadonlyMap<string, SharedFacts>): IndexedSeeds => {
    const folders = new Folders(dir, names, [], known);
    const mounted = names.length === 0 ? new Map() : mountDocuments(documentsDir, folders.documents);
    const texts = ignoreMismatches
      ? new Map([...mounted].filter(([, { availability }]) => availability !== 'MISMATCH'))
      : mounted;
    return {
      names: folders.names,
      factsOf: (name) => folders.factsOf(name),
      read: (name) => readPart(folders, name, texts),
    };
  };
  return openedSeeds(names.length === 0 ? [NO_SEEDS] : layoutProblems(dir), index);
}

/** What the records of some folders are to all folders. */
export function readFacts(dir: string, names: readonly string[]): Map<string, SharedFacts> {
  const folders = new Folders(
    dir,
    names.flatMap((name) => folderFileNames(dir, name)),
  );
  return new Map(folders.names.map((name) => [name, folders.factsOf(name)]));
}

const openedSeeds = (problems: Problem[], index: OpenedSeeds['index']): OpenedSeeds => ({
  problems,
  index,
  parts: function* () {
    const { names, read } = index();
    for (const name of names) yield read(name);
  },
});

/**
 * The seeds of the files that one folder needs, with the problems of their format and references only: for files that have been checked by
 * `readFolder`. They can be read once.
 */
export function openScope(dir: string, { files, parsed }: Scope, { documentsDir }: ReadOptions = {}): OpenedSeeds {
  return openedSeeds([], () => {
    const folders = new Folders(dir, files, parsed);
    const texts = new Map(
      [...mountDocuments(documentsDir, folders.documents)].filter(
        ([, { availability }]) => availability !== 'MISMATCH',
      ),
    );
    return {
      names: folders.names,
      factsOf: (name) => folders.factsOf(name),
      read: (name) => readPart(folders, name, texts, false),
    };
  });
}

/** Reads and checks all seeds at once, and reports all problems. */
export function readSeeds(dir: string, options: ReadOptions = {}): ReadResult {
  const { problems, parts } = openSeeds(dir, options);
  const seeds = emptySeeds();
  let isRead = false;
  const found = [...problems];
  const notes: Problem[] = [];
  for (const part of parts()) {
    isRead = true;
    append(found, part.problems);
    append(notes, part.notes());
    appendSeeds(seeds, part.seeds);
  }
  return { seeds: isRead ? seeds : null, problems: found.sort(byCause), notes: notes.sort(byCause) };
}

/**
 * Reads and checks one folder. Of other folders, only what its references lead to is read, so that the time does not depend on
 * their number; conflicts with the rest are found by `readSeeds`.
 */
export function readFolder(dir: string, folder: string, { documentsDir, drafts }: FolderOptions = {}): ReadResult {
  const { files, parsed } = scopeOf(dir, folder, drafts);
  // References into a file that cannot be parsed seem to lead nowhere.
  const causes = parsed.filter(({ file }) => file.folder !== folder).flatMap(({ file }) => file.problems);
  const folders = new Folders(dir, files, parsed);
  if (!folders.names.includes(folder)) return { seeds: null, problems: [], notes: [] };
  const own = folders.documents.filter(({ id }) => id === `document:${folder}`);
  const { seeds, problems, notes } = readPart(folders, folder, mountDocuments(documentsDir, own));
  const misplaced = layoutProblems(dir).filter(({ file }) => file.startsWith(`${folder}/`));
  return { seeds, problems: [...(problems.length > 0 ? causes : []), ...misplaced, ...problems], notes: notes() };
}

/** The records of one folder, read in the same way but not checked: only problems of their format and of references are reported. */
export function readRecords(dir: string, folder: string): Omit<ReadResult, 'notes'> {
  const { files, parsed } = scopeOf(dir, folder);
  const opened = new Folders(dir, files, parsed).open(folder);
  return { seeds: opened.seeds, problems: [...opened.parsed.flatMap((file) => file.problems), ...opened.problems] };
}

function readPart(folders: Folders, name: string, texts: Map<string, MountedDocument>, isChecked = true): SeedPart {
  const { files, parsed, seeds, entries, problems } = folders.open(name);
  const unreadable = parsed.flatMap((file) => file.unreadable);
  const provenance = parsed.flatMap((file) => file.provenance);
  const checked = isChecked ? runChecks({ seeds, entries, files, unreadable, provenance, texts, folders }) : [];
  return {
    folder: name,
    seeds,
    problems: fromElsewhere(
      withoutConsequences([...parsed.flatMap((file) => file.problems), ...problems, ...checked]),
      name,
      folders,
    ).sort(byCause),
    notes: () => uncomparedNumbers({ entries, texts }),
    size: files.reduce((sum, { size }) => sum + size, 0),
    find: (section, id) => folders.find(section, id),
    textOf: (document) => texts.get(document)?.text ?? null,
    namesForOthers: () => (name === REGISTER ? nameDependencies(seeds) : []),
    dependencies: () => folders.dependencies,
  };
}

// `push(...items)` overflows the stack with many items.
function append<Item>(list: Item[], items: readonly Item[]): void {
  for (const item of items) list.push(item);
}

/** Adds the records of more folders. */
export function appendSeeds(seeds: Seeds, added: Seeds): void {
  for (const section of Object.keys(seeds) as (keyof Seeds)[]) append(seeds[section] as unknown[], added[section]);
}

/** Replaces the problems that follow from a file of another folder, which cannot be read, by their number. */
function fromElsewhere(problems: Problem[], name: string, folders: Folders): Problem[] {
  const cause = folders.unreadable.find((file) => !file.startsWith(`${name}/`));
  if (cause === undefined) return problems;
  const [first, ...others] = problems.filter(mayComeFromElsewhere);
  if (!first) return problems;
  const consequences = [first, ...others].reduce((sum, problem) => sum + 1 + (problem.consequences ?? 0), -1);
  const summary: Problem = {
    ...first,
    message: `${truncate(first.message.replace(/\.$/, ''), MAX_SUMMARY)}. It may be in ${cause}, which cannot be read.`,
    ...(consequences > 0 && { consequences }),
  };
  return [...problems.filter((problem) => !mayComeFromElsewhere(problem)), summary];
}

const MAX_SUMMARY = 500;
