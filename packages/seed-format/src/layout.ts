import { type Dirent, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { isYaml } from './files.js';
import type { Problem } from './problem.js';

const EXPECTED = 'expected YAML files in a folder for each document, or in "register"';

/** Reports files in places that are not read, so that no record is ignored and no text of a document is left among the seeds. */
export function layoutProblems(dir: string): Problem[] {
  return readdirSync(dir, { withFileTypes: true }).flatMap((entry) => {
    if (isIgnored(entry.name)) return [];
    // The top folder may contain other files of the package, but no seeds.
    if (!entry.isDirectory())
      return isYaml(entry.name) || leadsToFolder(dir, entry) ? [misplaced(entry.name, entry)] : [];
    const files = readdirSync(join(dir, entry.name), { withFileTypes: true });
    return [
      ...(isYaml(entry.name) ? [misplaced(entry.name, entry)] : []),
      ...(!isYaml(entry.name) && files.every((file) => isIgnored(file.name))
        ? [{ file: entry.name, line: 1, path: '', message: `an empty folder; ${EXPECTED}.` }]
        : []),
      ...files.flatMap((file) =>
        isIgnored(file.name) || (file.isFile() && isYaml(file.name))
          ? []
          : [misplaced(`${entry.name}/${file.name}`, file)],
      ),
    ];
  });
}

const isIgnored = (name: string): boolean => name.startsWith('.') || name === 'node_modules';

/** Links are not followed, because they may lead out of the seeds folder. */
const misplaced = (file: string, entry: Dirent): Problem => ({
  file,
  line: 1,
  path: '',
  message: entry.isSymbolicLink()
    ? `a symbolic link, which is not followed; ${EXPECTED}.`
    : `not a seed file; ${EXPECTED}.`,
});

function leadsToFolder(dir: string, entry: Dirent): boolean {
  if (!entry.isSymbolicLink()) return false;
  try {
    return statSync(join(dir, entry.name), { throwIfNoEntry: false })?.isDirectory() ?? false;
  } catch {
    // A circular link.
    return false;
  }
}
