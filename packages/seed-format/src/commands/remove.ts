import { renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileErrorMessage } from '../fileErrors.js';
import { folderNames } from '../files.js';
import { removeRun } from '../modelProposals/runFile.js';
import { formatProblem } from '../problem.js';
import { removeProposals } from '../proposals/proposalFile.js';
import { referencesTo } from '../references.js';
import { failure, type Outcome, success } from './outcome.js';

const MAX_LISTED = 50;
/** Characters of an id in a temporary name, which must not be longer than a file system accepts. */
const MAX_TEMPORARY_NAME = 100;

/** Removes the folder of a document, unless records of other folders refer to its records. */
export function remove(seedsDir: string, folder: string): Outcome {
  if (!folderNames(seedsDir).includes(folder))
    return failure([
      `"${folder}" is not a folder of these seeds; expected the id of a document. "seeds list" prints all.`,
    ]);
  const references = referencesTo(seedsDir, folder);
  if (references.length > 0)
    return failure([
      `${folder} was not removed: ${references.length} references in other folders lead to its records. Remove them, or move the records to a folder that stays.`,
      ...references.slice(0, MAX_LISTED).map(formatProblem),
      ...(references.length > MAX_LISTED ? [`… and ${references.length - MAX_LISTED} more.`] : []),
    ]);
  // Under another name first: an interrupted command leaves the whole folder, or none of it.
  const removed = join(seedsDir, `.${folder.slice(0, MAX_TEMPORARY_NAME)}.removed`);
  try {
    rmSync(removed, { recursive: true, force: true });
    renameSync(join(seedsDir, folder), removed);
  } catch (error) {
    return failure([`${fileErrorMessage(error as NodeJS.ErrnoException)} ${folder} was not removed.`]);
  }
  try {
    rmSync(removed, { recursive: true });
  } catch (error) {
    return failure([
      `${fileErrorMessage(error as NodeJS.ErrnoException)} ${folder} was removed from the seeds; the rest of it is in ${removed}.`,
    ]);
  }
  removeProposals(seedsDir, folder);
  removeRun(seedsDir, folder);
  return success([`${folder} was removed. Its text, if mounted, was left where it is.`]);
}
