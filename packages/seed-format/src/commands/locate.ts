import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { folderFileNames, folderNames } from '../files.js';
import { REGISTER } from '../records.js';
import { defines, hasField } from '../scope.js';
import { similarNames } from './find.js';

/** The folders that may hold a record, and whether there are more than were looked for. */
export interface Located {
  folders: string[];
  isCutOff: boolean;
}

/** Maximum number of folders to read for one id. */
const MAX_FOLDERS = 5;

/**
 * The folders that may hold the record with a typed or local id, found by searching the files, not by parsing them. If no record
 * has the id, the folders with similar ids.
 */
export function locate(dir: string, wanted: string): Located {
  const local = wanted.slice(wanted.indexOf(':') + 1);
  const [first = '', ...rest] = local.split('/');
  // Most records that several documents refer to are in the register.
  const all = folderNames(dir).sort((a, b) => Number(b === REGISTER) - Number(a === REGISTER));
  if (all.includes(first) && (rest.length > 0 || wanted.startsWith('document:')))
    return { folders: [first], isCutOff: false };
  const folders: string[] = [];
  for (const folder of all) {
    // The id of a provision or a designation has two parts, which are two values of the record.
    const isHere =
      folder === local ||
      folderFileNames(dir, folder).some((file) => {
        const bytes = readFileSync(join(dir, file));
        return rest[0] === undefined
          ? defines(bytes, first)
          : hasField(bytes, ['instrument', 'regime'], first) && hasField(bytes, ['paragraph', 'actor'], rest[0]);
      });
    if (!isHere) continue;
    if (folders.length === MAX_FOLDERS) return { folders, isCutOff: true };
    folders.push(folder);
  }
  return { folders: folders.length > 0 ? folders : withSimilarIds(dir, all, local), isCutOff: false };
}

const ID = /\bid["']?\s*:\s*["']?([\w-]+)/g;

function withSimilarIds(dir: string, folders: readonly string[], wanted: string): string[] {
  const folderOf = new Map<string, string>();
  for (const folder of folders)
    for (const file of folderFileNames(dir, folder))
      for (const [, id = ''] of readFileSync(join(dir, file), 'latin1').matchAll(ID))
        if (!folderOf.has(id)) folderOf.set(id, folder);
  return [...new Set(similarNames(folderOf.keys(), wanted).map((id) => folderOf.get(id) as string))];
}
