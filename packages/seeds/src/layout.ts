import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { isYaml } from './files.js';
import type { Problem } from './problem.js';

const EXPECTED = 'expected YAML files in a folder for each document, or in "background"';

/** Files where no seeds are looked for, so that a record is never passed over, nor a document's text left among them. */
export function layoutProblems(dir: string): Problem[] {
  return readdirSync(dir, { withFileTypes: true }).flatMap((entry) => {
    if (isOfTools(entry.name)) return [];
    // Beside the folders stand the files of the package that the seeds are; only a seed file is out of place there.
    if (!entry.isDirectory()) return isYaml(entry.name) ? [astray(entry.name)] : [];
    return readdirSync(join(dir, entry.name), { withFileTypes: true }).flatMap((file) => (isOfTools(file.name) || (file.isFile() && isYaml(file.name)) ? [] : [astray(`${entry.name}/${file.name}`)]));
  });
}

const isOfTools = (name: string): boolean => name.startsWith('.') || name === 'node_modules';
const astray = (file: string): Problem => ({ file, line: 1, path: '', message: `no seed file; ${EXPECTED}.` });
