import { runChecks } from './checks/index.js';
import { readSeedFile, seedFileNames } from './files.js';
import { layoutProblems } from './layout.js';
import { parseFile } from './parse.js';
import type { Problem } from './problem.js';
import type { Seeds } from './records.js';
import { resolve } from './resolve.js';

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

/** Reads and checks all seeds of a folder. All problems are reported in one run. */
export function readSeeds(dir: string, { documentsDir }: ReadOptions = {}): ReadResult {
  const names = seedFileNames(dir);
  if (names.length === 0) return { seeds: null, problems: [{ file: '.', line: 1, path: '', message: 'no seeds here; expected a folder for each document with YAML files in it.' }] };
  const files = names.map((name) => readSeedFile(dir, name));
  const parsed = files.map(parseFile);
  const unreadable = parsed.flatMap((file) => file.unreadable);
  const { seeds, entries, problems } = resolve(
    parsed.flatMap(({ records }) => records),
    unreadable,
  );
  const checked = runChecks({ seeds, entries, files, unreadable }, documentsDir);
  return { seeds, problems: [...layoutProblems(dir), ...parsed.flatMap((file) => file.problems), ...problems, ...checked].sort(byPlace) };
}

const byPlace = (a: Problem, b: Problem): number => (a.file === b.file ? a.line - b.line : a.file < b.file ? -1 : 1);
