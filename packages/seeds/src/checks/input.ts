import type { SeedFile } from '../files.js';
import type { Folders } from '../folders.js';
import type { MountedDocument } from '../mounted.js';
import { at, type Parsed } from '../parse.js';
import type { Path, Problem } from '../problem.js';
import type { Seeds } from '../records.js';
import type { Entry } from '../resolve.js';

/** What every check is given: the records of a folder with their ids typed, and the texts that are mounted. */
export interface CheckInput {
  seeds: Seeds;
  entries: Entry[];
  files: SeedFile[];
  /** Records that are no records by the format; what refers to them is not to blame. */
  unreadable: Parsed[];
  /** Of all documents. */
  texts: Map<string, MountedDocument>;
  /** All folders, for what a record leads to. */
  folders: Pick<Folders, 'find' | 'isMentioned' | 'folder'>;
}

export type Check = (input: CheckInput) => Problem[];

/** A value in a record, and where it stands in it. */
export interface Found {
  value: unknown;
  path: Path;
}

// Most checks look at every value: each record is walked once for all of them.
const walked = new WeakMap<object, Found[]>();

/** Every value of a record, however deep, the record itself first. */
export function valuesOf({ parsed: { record } }: Entry): Found[] {
  const known = walked.get(record);
  if (known) return known;
  const found: Found[] = [];
  collect(record, [], found);
  walked.set(record, found);
  return found;
}

function collect(value: unknown, path: Path, found: Found[]): void {
  found.push({ value, path });
  if (Array.isArray(value)) for (const [index, item] of value.entries()) collect(item, [...path, index], found);
  else if (isRecord(value)) for (const [key, item] of Object.entries(value)) if (key !== 'origin') collect(item, [...path, key], found);
}

export const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

/** A problem with a value of a record. */
export const problemAt = ({ parsed }: Entry, path: Path, message: string): Problem => at(parsed.file, [...parsed.path, ...path], message);

/** The entries of some sections. */
export const entriesOf = (entries: Entry[], ...sections: string[]): Entry[] => entries.filter(({ parsed }) => sections.includes(parsed.section));

/** A passage as it stands in a record; null where the value is none. */
export function passageOf(value: unknown): { start: number; end: number; digest: string; citation: string | undefined } | null {
  if (!isRecord(value) || !Array.isArray(value['at']) || typeof value['digest'] !== 'string') return null;
  const [start, end] = value['at'] as [number, number];
  return { start, end, digest: value['digest'], citation: value['citation'] as string | undefined };
}
