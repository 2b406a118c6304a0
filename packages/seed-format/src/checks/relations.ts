import { isLowerFirst, REGISTER, type Seeds, SYMMETRIC_RELATIONS } from '../records.js';
import { type Check, entriesOf, problemAt } from './input.js';

type Relation = Seeds['relations'][number];
/** The same for both directions: a store holds one relation of a type between two statements. */
const keyOf = ({ type, from, to }: Relation): string => `${type} ${[from, to].sort().join(' ')}`;
/** The folder that a typed id names; null for a reference that could not be resolved. */
const folderOf = (id: string): string | null => /^statement:([^/]+)\//.exec(id)?.[1] ?? null;

const keys = new WeakMap<Relation[], ReadonlySet<string>>();

/** The keys of the relations of a folder, computed once. */
function keysOf(relations: Relation[]): ReadonlySet<string> {
  let known = keys.get(relations);
  if (!known) {
    known = new Set(relations.map(keyOf));
    keys.set(relations, known);
  }
  return known;
}

/**
 * Reports relations of a statement to itself, duplicates, symmetric relations that do not begin with the lower id, and relations
 * in the folder of a document that has neither statement.
 */
export const relations: Check = ({ entries, folders }) => {
  const seen = new Set<string>();
  const isElsewhere = (folder: string, current: string, key: string) =>
    folder !== current && keysOf(folders.sectionOf(folder, 'relations')).has(key);
  return entriesOf(entries, 'relations').flatMap((entry) => {
    const relation = entry.parsed.record as unknown as Relation;
    const { type, from, to } = relation;
    const key = keyOf(relation);
    const { folder } = entry.parsed.file;
    if (from === to)
      return [problemAt(entry, ['to'], 'a relation of a statement to itself; expected another statement.')];
    if (SYMMETRIC_RELATIONS.has(type) && folderOf(from) && folderOf(to) && !isLowerFirst(from, to))
      return [problemAt(entry, ['from'], `${type} is symmetric; expected the lower id under "from".`)];
    const folders = [from, to].map((end) => folderOf(end) ?? folder);
    if (folder !== REGISTER && !folders.includes(folder))
      return [
        problemAt(entry, [], 'a relation of two other documents; expected it in one of them, or in the register.'),
      ];
    if (seen.has(key) || [...folders, REGISTER].some((other) => isElsewhere(other, folder, key)))
      return [problemAt(entry, ['type'], `${type} is already recorded between these two; expected it once.`)];
    seen.add(key);
    return [];
  });
};
