import { isDeepStrictEqual } from 'node:util';
import { parseDocument } from 'yaml';
import { type Comment, commentsOf } from './comments.js';
import { editRecord, type RecordChange, RecordEditError, writtenRecord } from './recordEdit.js';
import { placeInText } from './recordPlace.js';

type SeedRecord = Readonly<Record<string, unknown>>;
type Sections = Readonly<Record<string, unknown>>;

export interface Merged {
  /** Ours, with what they changed. */
  source: string;
  /** How many records they added, changed or removed. */
  count: number;
  /** What both changed, so that a person must decide; then `source` is not a merge. */
  conflicts: string[];
  /** Comments that they added to what both sides have: they are not in `source`. */
  lostComments: Comment[];
}

const isRecord = (value: unknown): value is SeedRecord =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Merges two versions of a seed file record by record, where git only sees lines: two new records at one place of the file are no conflict, nor are
 * two changed fields of one record. `base` is null if both made the file. Throws a RecordEditError if a version cannot be read or edited.
 */
export function mergeRecords(stem: string, base: string | null, ours: string, theirs: string): Merged {
  const [before, now, wanted] = [base ?? '', ours, theirs].map(sectionsOf) as [Sections, Sections, Sections];
  const merged: Merged = { source: ours, count: 0, conflicts: [], lostComments: [] };
  for (const section of new Set([...Object.keys(before), ...Object.keys(wanted)]))
    mergeSection(stem, section, [before[section], now[section], wanted[section]], merged, theirs);
  const known = new Set([base ?? '', merged.source].flatMap((source) => commentsOf(source).map(({ text }) => text)));
  merged.lostComments = commentsOf(theirs).filter(({ text }) => !known.has(text));
  return merged;
}

function sectionsOf(source: string): Sections {
  const document = parseDocument(source, { logLevel: 'error' });
  const content: unknown = document.errors.length > 0 ? undefined : (document.toJS() ?? {});
  if (!isRecord(content)) throw new RecordEditError('A version of the file is not a mapping of sections.');
  return content;
}

function mergeSection(
  stem: string,
  section: string,
  [before, now, wanted]: readonly [unknown, unknown, unknown],
  merged: Merged,
  source: string,
): void {
  if (isDeepStrictEqual(before, wanted) || isDeepStrictEqual(now, wanted)) return;
  const lists = [before, now, wanted].map((list) => list ?? []);
  const [old, mine, theirs] = lists.map((list) => (isListOfRecords(list) ? byKey(list) : null));
  if (!old || !mine || !theirs) {
    merged.conflicts.push(`${section}: both changed it, and it is not a list of records with different ids`);
    return;
  }
  const edit = (change: RecordChange): void => {
    merged.source = editRecord(merged.source, stem, change);
    merged.count += 1;
  };
  // The section as it is now, since each edit moves the records after it.
  const current = (): SeedRecord[] => (sectionsOf(merged.source)[section] ?? []) as SeedRecord[];
  const indexOf = (key: string): number => current().findIndex((record) => keyOf(record) === key);
  for (const [key, record] of theirs) {
    const [known, own] = [old.get(key), mine.get(key)];
    if (isDeepStrictEqual(known, record) || isDeepStrictEqual(own, record)) continue;
    if (!own && known) merged.conflicts.push(`${section} ${key}: one side removed it, the other changed it`);
    else if (!own) {
      const written = writtenRecord(source, section, [...theirs.keys()].indexOf(key));
      edit({ kind: 'insert', section, index: placeInText(current(), record), record, written });
    } else {
      const { value, conflicts } = mergeFields(known ?? {}, own, record);
      merged.conflicts.push(...conflicts.map((field) => `${section} ${key}: both changed ${field}`));
      if (conflicts.length === 0) edit({ kind: 'replace', section, index: indexOf(key), record: value });
    }
  }
  for (const [key, record] of old) {
    const own = mine.get(key);
    if (theirs.has(key) || !own) continue;
    if (isDeepStrictEqual(own, record)) edit({ kind: 'remove', section, index: indexOf(key) });
    else merged.conflicts.push(`${section} ${key}: one side removed it, the other changed it`);
  }
}

const isListOfRecords = (value: unknown): value is SeedRecord[] => Array.isArray(value) && value.every(isRecord);

/** Null if two have the same key. */
function byKey(records: readonly SeedRecord[]): Map<string, SeedRecord> | null {
  const found = new Map(records.map((record) => [keyOf(record), record]));
  return found.size === records.length ? found : null;
}

/** What a record is about: its id, or what is unique among those without one. */
function keyOf(record: SeedRecord): string {
  const { id, of, record: recordOf, instrument, paragraph } = record;
  if (typeof instrument === 'string' && typeof paragraph === 'string') return `${instrument}/${paragraph}`;
  const own = [id, of, recordOf].find((value) => typeof value === 'string');
  return typeof own === 'string' ? own : JSON.stringify(record);
}

/** The fields of a record that both changed. Lists get and lose what either side added or removed. */
function mergeFields(before: SeedRecord, mine: SeedRecord, theirs: SeedRecord) {
  const value: Record<string, unknown> = {};
  const conflicts: string[] = [];
  for (const key of new Set([...Object.keys(mine), ...Object.keys(theirs)])) {
    const [old, own, other] = [before[key], mine[key], theirs[key]];
    let field = own;
    if (isDeepStrictEqual(old, own)) field = other;
    else if (!isDeepStrictEqual(old, other) && !isDeepStrictEqual(own, other)) {
      if (Array.isArray(own) && Array.isArray(other)) field = mergeLists(Array.isArray(old) ? old : [], own, other);
      else conflicts.push(key);
    }
    if (field !== undefined) value[key] = field;
  }
  return { value, conflicts };
}

function mergeLists(before: readonly unknown[], mine: readonly unknown[], theirs: readonly unknown[]): unknown[] {
  const has = (list: readonly unknown[], item: unknown): boolean => list.some((each) => isDeepStrictEqual(each, item));
  const merged = mine.filter((item) => has(theirs, item) || !has(before, item));
  for (const item of theirs)
    if (!has(mine, item) && !has(before, item)) merged.splice(placeInText(merged, item), 0, item);
  return merged;
}
