import type { Origin, Seeds } from '../records.js';

/** A record of any kind. */
export interface AnyRecord {
  id: string;
  origin: Origin;
}

const MAX_SUGGESTIONS = 5;

/** Sections whose records have no id of their own: they add to records of other folders. */
const WITHOUT_IDS = new Set(['additions', 'citations', 'merges']);

function recordsOf(seeds: Seeds): AnyRecord[] {
  return Object.entries(seeds).flatMap(([section, records]): AnyRecord[] => (WITHOUT_IDS.has(section) ? [] : records));
}

/** The ids that find a record: typed, without the type, and without the document. */
function namesOf({ id, origin }: AnyRecord): string[] {
  const untyped = id.slice(id.indexOf(':') + 1);
  const folder = `${origin.file.split('/')[0]}/`;
  return untyped.startsWith(folder) ? [id, untyped, untyped.slice(folder.length)] : [id, untyped];
}

/** The records with an id. If a typed id matches, local ids are not considered. */
export function findRecords(seeds: Seeds, wanted: string): AnyRecord[] {
  const records = recordsOf(seeds);
  const typed = records.filter(({ id }) => id === wanted);
  return typed.length > 0 ? typed : records.filter((record) => namesOf(record).includes(wanted));
}

/** Ids similar to an unknown one, the most similar first. */
export function similarIds(seeds: Seeds, wanted: string): string[] {
  return mostSimilar(
    recordsOf(seeds).map((record) => ({ id: record.id, names: namesOf(record) })),
    wanted,
  );
}

/** Names similar to an unknown one, the most similar first. */
export const similarNames = (names: Iterable<string>, wanted: string): string[] =>
  mostSimilar(
    Array.from(names, (name) => ({ id: name, names: [name] })),
    wanted,
  );

function mostSimilar(candidates: readonly { id: string; names: string[] }[], wanted: string): string[] {
  const query = wanted.toLowerCase();
  const maxDistance = Math.max(2, Math.floor(query.length / 3));
  return candidates
    .map(({ id, names }) => ({ id, distance: Math.min(...names.map((name) => distanceTo(query, name.toLowerCase()))) }))
    .filter(({ distance }) => distance <= maxDistance)
    .sort((a, b) => a.distance - b.distance || (a.id < b.id ? -1 : 1))
    .slice(0, MAX_SUGGESTIONS)
    .map(({ id }) => id);
}

/** The edit distance; 1 if the query is a part of the name. */
const distanceTo = (query: string, name: string): number =>
  query.length > 2 && name.includes(query) ? Math.min(1, editDistance(query, name)) : editDistance(query, name);

/** Levenshtein distance: the number of letters to insert, delete or replace. */
function editDistance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (const [index, letter] of [...from].entries()) {
    const next = [index + 1];
    for (let column = 0; column < to.length; column += 1) {
      const [before, above, left] = [row[column] ?? 0, row[column + 1] ?? 0, next[column] ?? 0];
      next.push(Math.min(before + (letter === to[column] ? 0 : 1), above + 1, left + 1));
    }
    row = next;
  }
  return row[to.length] ?? 0;
}
