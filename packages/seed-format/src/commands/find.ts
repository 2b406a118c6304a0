import type { Origin, Seeds } from '../records.js';

/** A record of any kind. */
export interface AnyRecord {
  id: string;
  origin: Origin;
}

const MOST_NEAR = 5;

/** Mentions are left out: what they have is a number, not an id. */
function recordsOf(seeds: Seeds): AnyRecord[] {
  return Object.entries(seeds).flatMap(([section, records]): AnyRecord[] => (section === 'mentions' ? [] : records));
}

/** What a record may be called: its typed id, the same without the type, and, within a document, without the document. */
function namesOf({ id, origin }: AnyRecord): string[] {
  const untyped = id.slice(id.indexOf(':') + 1);
  const folder = `${origin.file.split('/')[0]}/`;
  return untyped.startsWith(folder) ? [id, untyped, untyped.slice(folder.length)] : [id, untyped];
}

/** The records of that id; a typed one comes before a local one. */
export function findRecords(seeds: Seeds, wanted: string): AnyRecord[] {
  const records = recordsOf(seeds);
  const typed = records.filter(({ id }) => id === wanted);
  return typed.length > 0 ? typed : records.filter((record) => namesOf(record).includes(wanted));
}

/** Ids that may have been meant, the nearest first. */
export function nearIds(seeds: Seeds, wanted: string): string[] {
  const asked = wanted.toLowerCase();
  const farthest = Math.max(2, Math.floor(asked.length / 3));
  return recordsOf(seeds)
    .map((record) => ({
      id: record.id,
      far: Math.min(...namesOf(record).map((name) => farFrom(asked, name.toLowerCase()))),
    }))
    .filter(({ far }) => far <= farthest)
    .sort((a, b) => a.far - b.far || (a.id < b.id ? -1 : 1))
    .slice(0, MOST_NEAR)
    .map(({ id }) => id);
}

/** Part of a name is as near as one letter. */
const farFrom = (asked: string, name: string): number =>
  asked.length > 2 && name.includes(asked) ? Math.min(1, distance(asked, name)) : distance(asked, name);

/** How many letters must be put in, taken out or exchanged to make one word of the other. */
function distance(from: string, to: string): number {
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
