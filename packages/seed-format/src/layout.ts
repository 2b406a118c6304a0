import { type Dirent, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { isYaml } from './files.js';
import type { Problem } from './problem.js';

const EXPECTED = 'expected YAML files in a folder for each document, or in "background"';

/** Files where no seeds are looked for, so that a record is never passed over, nor a document's text left among them. */
export function layoutProblems(dir: string): Problem[] {
  return readdirSync(dir, { withFileTypes: true }).flatMap((entry) => {
    if (isOfTools(entry.name)) return [];
    // Beside the folders stand the files of the package that the seeds are; only seeds are out of place there.
    if (!entry.isDirectory()) return isYaml(entry.name) || leadsToFolder(dir, entry) ? [astray(entry.name, entry)] : [];
    return [
      ...(isYaml(entry.name) ? [astray(entry.name, entry)] : []),
      ...readdirSync(join(dir, entry.name), { withFileTypes: true }).flatMap((file) =>
        isOfTools(file.name) || (file.isFile() && isYaml(file.name))
          ? []
          : [astray(`${entry.name}/${file.name}`, file)],
      ),
    ];
  });
}

const isOfTools = (name: string): boolean => name.startsWith('.') || name === 'node_modules';

/** Links are not followed, because they may lead out of the seeds folder. */
const astray = (file: string, entry: Dirent): Problem => ({
  file,
  line: 1,
  path: '',
  message: entry.isSymbolicLink()
    ? `a symbolic link, which is not followed; ${EXPECTED}.`
    : `no seed file; ${EXPECTED}.`,
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
