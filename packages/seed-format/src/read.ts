import { runChecks } from './checks/index.js';
import { seedFileNames } from './files.js';
import { Folders } from './folders.js';
import { layoutProblems } from './layout.js';
import { type MountedDocument, mountDocuments } from './mounted.js';
import type { Problem } from './problem.js';
import type { Seeds } from './records.js';
import { noSeeds } from './resolve.js';

export interface ReadOptions {
  /** Folder with the texts of documents; without it, what needs the text is not checked. */
  documentsDir?: string;
}

export interface ReadResult {
  /** Null where the files could not be read as seeds at all. */
  seeds: Seeds | null;
  /** Everything that is wrong, in order of file and line. */
  problems: Problem[];
}

/** The seeds of one folder, checked. */
export interface SeedPart {
  folder: string;
  seeds: Seeds;
  /** Everything that is wrong with them, in order of file and line. */
  problems: Problem[];
  /** Characters of its files. */
  size: number;
  /** The record of a typed id, in whatever folder it stands; null where there is none. */
  find: <Section extends keyof Seeds>(section: Section, id: string) => Seeds[Section][number] | null;
}

export interface OpenedSeeds {
  /** What is wrong before any record is read. */
  problems: Problem[];
  /** The folders in order of their names, each read when it is asked for. */
  parts: () => Generator<SeedPart>;
}

/** Reads and checks seeds folder by folder, so that there may be more of them than fit into memory. */
export function openSeeds(dir: string, { documentsDir }: ReadOptions = {}): OpenedSeeds {
  const names = seedFileNames(dir);
  if (names.length === 0) {
    return {
      problems: [
        {
          file: '.',
          line: 1,
          path: '',
          message: 'no seeds here; expected a folder for each document with YAML files in it.',
        },
      ],
      parts: function* () {},
    };
  }
  return {
    problems: layoutProblems(dir),
    parts: function* () {
      const folders = new Folders(dir, names);
      const texts = mountDocuments(documentsDir, folders.documents);
      for (const name of folders.names) yield partOf(folders, name, texts);
    },
  };
}

/** The same, all at once. All problems are reported in one run. */
export function readSeeds(dir: string, options: ReadOptions = {}): ReadResult {
  const { problems, parts } = openSeeds(dir, options);
  const seeds = noSeeds();
  let isRead = false;
  const found = [...problems];
  for (const part of parts()) {
    isRead = true;
    append(found, part.problems);
    for (const section of Object.keys(seeds) as (keyof Seeds)[])
      append(seeds[section] as unknown[], part.seeds[section]);
  }
  return { seeds: isRead ? seeds : null, problems: found.sort(byPlace) };
}

function partOf(folders: Folders, name: string, texts: Map<string, MountedDocument>): SeedPart {
  const { files, parsed, seeds, entries, problems } = folders.open(name);
  const unreadable = parsed.flatMap((file) => file.unreadable);
  const checked = runChecks({ seeds, entries, files, unreadable, texts, folders });
  return {
    folder: name,
    seeds,
    problems: [...parsed.flatMap((file) => file.problems), ...problems, ...checked].sort(byPlace),
    size: files.reduce((sum, { size }) => sum + size, 0),
    find: (section, id) => folders.find(section, id),
  };
}

// `push(...items)` overflows the stack with many items.
function append<Item>(list: Item[], items: readonly Item[]): void {
  for (const item of items) list.push(item);
}

const byPlace = (a: Problem, b: Problem): number => (a.file === b.file ? a.line - b.line : a.file < b.file ? -1 : 1);
