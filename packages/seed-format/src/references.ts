import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { seedFileNames } from './files.js';
import { Folders } from './folders.js';
import { formatPath, type Problem } from './problem.js';
import type { Seeds } from './records.js';

/** Every reference from another folder to a record of this one, as a problem at the place of the reference. */
export function referencesTo(dir: string, folder: string): Problem[] {
  const folders = new Folders(dir, seedFileNames(dir));
  const ids = idsOf(folders.folder(folder).seeds);
  return folders.names
    .filter((name) => name !== folder)
    .flatMap((name) => {
      const { files, entries, parsed } = folders.open(name);
      const found = entries.flatMap(({ parsed: { file, path, record } }) =>
        [...valuesIn(record)].flatMap(({ path: inner, value }) =>
          ids.has(value) ? [{ file, path: [...path, ...inner], id: value }] : [],
        ),
      );
      // References of invalid records are not resolved, and still have their local form.
      const unresolved = parsed
        .flatMap(({ unreadable }) => unreadable)
        .flatMap(({ file, path, record }) =>
          [...valuesIn(record)].flatMap(({ path: inner, value }) =>
            value.startsWith(`${folder}/`) ? [{ file, path: [...path, ...inner], id: value }] : [],
          ),
        );
      const broken = files.filter(
        ({ problems }) => problems.length > 0 && mentions(dir, problems[0]?.file ?? '', folder),
      );
      const references = [...found, ...unresolved].map(({ file, path, id }) => ({
        file: file.name,
        line: file.lineOf(path),
        path: formatPath(path),
        message: `refers to ${id}.`,
      }));
      return [
        ...withoutRepeats(references),
        ...broken.map(({ name: file }) => ({
          file,
          line: 1,
          path: '',
          message: `cannot be read, and has "${folder}/" in it.`,
        })),
      ];
    });
}

/** The first of equal references: a default repeats the one that it was taken from. */
const withoutRepeats = (references: readonly Problem[]): Problem[] =>
  [
    ...new Map(
      references
        .toReversed()
        .map((reference) => [`${reference.file}:${reference.line} ${reference.message}`, reference] as const),
    ).values(),
  ].reverse();

const idsOf = (seeds: Seeds): Set<string> =>
  new Set(Object.values(seeds).flatMap((records) => records.map(({ id }) => id)));

const mentions = (dir: string, file: string, folder: string): boolean =>
  readFileSync(join(dir, file)).includes(`${folder}/`);

/** All strings in a record except for its own id. */
function* valuesIn(record: Record<string, unknown>): Generator<{ path: (string | number)[]; value: string }> {
  for (const [key, value] of Object.entries(record)) {
    if (key === 'origin' || key === 'id') continue;
    yield* stringsIn(value, [key]);
  }
}

function* stringsIn(
  value: unknown,
  path: (string | number)[],
): Generator<{ path: (string | number)[]; value: string }> {
  if (typeof value === 'string') yield { path, value };
  else if (typeof value === 'object' && value !== null)
    for (const [step, item] of Array.isArray(value) ? value.entries() : Object.entries(value))
      yield* stringsIn(item, [...path, step]);
}
