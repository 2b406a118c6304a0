import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { documentFileOf } from './documentFile.js';
import { folderFileNames, folderNames, stemOf } from './files.js';
import { type Drafts, type LoadedFile, loadFile } from './folders.js';
import { keyOf } from './keys.js';
import type { Parsed, ParsedFile } from './parse.js';
import { mayHoldShared, REGISTER, Ref, type RefKind } from './records.js';

/** The key space of references whose ids do not name a folder. */
const SHARED_SPACES: Partial<Record<RefKind, string>> = {
  actor: 'party',
  place: 'party',
  party: 'party',
  regime: 'regimes',
  instrument: 'instruments',
  provision: 'provisions',
};

export interface Scope {
  /** The names of the files, sorted. */
  files: string[];
  /** The same files, which had to be parsed to know this. */
  parsed: LoadedFile[];
}

/**
 * The seed files that reading one folder needs, sorted: its own, those of folders without a document, which all documents share,
 * and those of folders that its references lead to. Other folders are searched, not parsed, and only for a reference that leads
 * to none of these.
 */
export function scopeOf(dir: string, folder: string, drafts: Drafts = new Map()): Scope {
  const folders = folderNames(dir);
  const scope = new Set<string>();
  const known = new Set<string>();
  const loaded: LoadedFile[] = [];
  const add = (name: string, isWanted: (file: string) => boolean = () => true): ParsedFile[] => {
    scope.add(name);
    const drafted = [...drafts.keys()].filter((file) => file.startsWith(`${name}/`));
    const added = [...new Set([...folderFileNames(dir, name), ...drafted])]
      .filter(isWanted)
      .map((file) => loadFile(dir, file, drafts));
    loaded.push(...added);
    const files = added.map(({ parsed }) => parsed);
    for (const { records, unreadable } of files)
      for (const parsed of [...records, ...unreadable]) {
        known.add(keyOf(parsed));
        // A merged id stands for an actor or a place.
        if (parsed.section === 'merges') known.add(`party ${String(parsed.record['id'])}`);
      }
    return files;
  };
  for (const name of folders) if (name !== folder && documentFileOf(dir, name) === null) add(name);
  const own = add(folder);
  const rest = [...own];
  for (let file = rest.pop(); file; file = rest.pop()) {
    for (const { local } of refsOf(file)) {
      const name = local.slice(0, Math.max(0, local.indexOf('/')));
      if (!scope.has(name) && folders.includes(name)) rest.push(...add(name));
    }
  }
  const dangling = [...new Set(own.flatMap((file) => danglingIn(file, known)))];
  const unmentioned = unmentionedIn(own);
  const isNeeded = (bytes: Buffer): boolean =>
    dangling.some((id) => defines(bytes, id)) || unmentioned.some((id) => bytes.includes(id));
  if (dangling.length + unmentioned.length > 0)
    for (const name of folders)
      if (!scope.has(name) && someShared(dir, name, isNeeded)) add(name, (file) => mayHoldShared(stemOf(file)));
  return { files: loaded.map(({ file }) => file.name).sort(), parsed: loaded };
}

function refsOf({ records }: ParsedFile): Ref[] {
  const refs: Ref[] = [];
  const visit = (value: unknown): void => {
    if (value instanceof Ref) refs.push(value);
    else if (typeof value === 'object' && value !== null) for (const item of Object.values(value)) visit(item);
  };
  for (const { record } of records) visit(record);
  return refs;
}

/** Ids that references lead to, and that no record in `known` has. */
const danglingIn = (file: ParsedFile, known: ReadonlySet<string>): string[] =>
  refsOf(file).flatMap(({ kind, local }) => {
    const space = SHARED_SPACES[kind];
    return space === undefined || known.has(`${space} ${local}`) ? [] : [local.split('/')[0] as string];
  });

/** Ids of actors and places that need a mention, which only another document can have. */
function unmentionedIn(files: readonly ParsedFile[]): string[] {
  const parties = files
    .flatMap(({ records }) => records)
    .filter(({ section }: Parsed) => section === 'actors' || section === 'places');
  const mentioned = new Set(
    files.flatMap(({ records }) =>
      records.flatMap(({ record }) => (record['of'] instanceof Ref ? [record['of'].local] : [])),
    ),
  );
  return parties.flatMap(({ record, file }) => {
    const id = String(record['id']);
    const folderBasis = file.folder === REGISTER ? 'BACKGROUND' : 'DOCUMENT';
    const isMentioned = mentioned.has(id) || (record['mentions'] as unknown[]).length > 0;
    return isMentioned || (record['basis'] ?? folderBasis) !== 'DOCUMENT' ? [] : [id];
  });
}

/** Whether a file has a record with this id, or a provision of the instrument with this id. */
export const defines = (bytes: Buffer, id: string): boolean => hasField(bytes, ['id', 'instrument'], id);

/** Whether one of these fields has the value anywhere in a file. */
export function hasField(bytes: Buffer, names: readonly string[], value: string): boolean {
  const before = new RegExp(`\\b(${names.join('|')})["']?\\s*:\\s*["']?$`);
  const size = Buffer.byteLength(value);
  for (let at = value === '' ? -1 : bytes.indexOf(value); at >= 0; at = bytes.indexOf(value, at + 1)) {
    const after = bytes.toString('latin1', at + size, at + size + 1);
    if (!/[\w-]/.test(after) && before.test(bytes.toString('latin1', Math.max(0, at - MAX_KEY), at))) return true;
  }
  return false;
}

/** More bytes than the name of a field before its value takes. */
const MAX_KEY = 24;

/** Whether a file for shared records of a folder has the property. */
const someShared = (dir: string, folder: string, has: (bytes: Buffer) => boolean): boolean =>
  folderFileNames(dir, folder).some(
    (file) => mayHoldShared(stemOf(file)) && !/\/document\.ya?ml$/.test(file) && has(readFileSync(join(dir, file))),
  );
