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
export class Found<Value = unknown> {
  readonly value: Value;
  /** The value that it stands in; null for the record itself. */
  readonly above: Found | null;
  readonly step: string | number;

  constructor(value: Value, above: Found | null, step: string | number) {
    this.value = value;
    this.above = above;
    this.step = step;
  }

  // Made where it is asked for: seeds hold many values, and few problems.
  get path(): Path {
    return this.above === null ? [] : [...this.above.path, this.step];
  }
}

/** The values of a record that checks look at, however deep: the record itself is the first of the records. */
interface Contents {
  records: Found<Record<string, unknown>>[];
  lists: Found<unknown[]>[];
  texts: Found<string>[];
}

// Each record is walked once for all checks.
const walked = new WeakMap<Entry, Contents>();

export function contentsOf(entry: Entry): Contents {
  let contents = walked.get(entry);
  if (!contents) {
    contents = { records: [], lists: [], texts: [] };
    collect(entry.parsed.record, null, '', contents);
    walked.set(entry, contents);
  }
  return contents;
}

function collect(value: unknown, above: Found | null, step: string | number, contents: Contents): void {
  if (typeof value === 'string') contents.texts.push(new Found(value, above, step));
  else if (Array.isArray(value)) {
    const found = new Found<unknown[]>(value, above, step);
    contents.lists.push(found);
    for (let index = 0; index < value.length; index++) collect(value[index], found, index, contents);
  } else if (isRecord(value)) {
    const found = new Found(value, above, step);
    contents.records.push(found);
    for (const key in value) if (key !== 'origin') collect(value[key], found, key, contents);
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A problem with a value of a record. */
export const problemAt = ({ parsed }: Entry, path: Path, message: string): Problem =>
  at(parsed.file, [...parsed.path, ...path], message);

/** The entries of some sections. */
export const entriesOf = (entries: Entry[], ...sections: string[]): Entry[] =>
  entries.filter(({ parsed }) => sections.includes(parsed.section));

/** A passage as it stands in a record; null where the value is none. */
export function passageOf(
  value: unknown,
): { start: number; end: number; digest: string; citation: string | undefined } | null {
  if (!isRecord(value) || !Array.isArray(value['at']) || typeof value['digest'] !== 'string') return null;
  const [start, end] = value['at'] as [number, number];
  return { start, end, digest: value['digest'], citation: value['citation'] as string | undefined };
}
