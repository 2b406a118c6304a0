import type { SeedFile } from '../files.js';
import type { Folders } from '../folders.js';
import type { MountedDocument } from '../mounted.js';
import { type Parsed, problemInFile } from '../parse.js';
import type { Path, Problem } from '../problem.js';
import type { Seeds } from '../records.js';
import type { Entry } from '../resolve.js';

/** The input of every check: the resolved records of a folder, and the mounted texts. */
export interface CheckInput {
  seeds: Seeds;
  entries: Entry[];
  files: SeedFile[];
  /** Records that do not match the format. References to them are not reported. */
  unreadable: Parsed[];
  /** Where records come from that a model proposed. */
  provenance: Parsed[];
  /** The texts of all documents, by document id. */
  texts: Map<string, MountedDocument>;
  /** All folders, to look up referenced records. */
  folders: Pick<
    Folders,
    | 'find'
    | 'isMentioned'
    | 'sectionOf'
    | 'registered'
    | 'dependOnName'
    | 'documentsWith'
    | 'ownerOf'
    | 'ownerOfSymbol'
    | 'identifierOf'
    | 'ownerOfIdentifier'
    | 'survivorOf'
    | 'lineOf'
  >;
}

export type Check = (input: CheckInput) => Problem[];

/** A value in a record, with its path. */
export class Located<Value = unknown> {
  readonly value: Value;
  /** The value that contains it; null for the record itself. */
  readonly above: Located | null;
  readonly step: string | number;

  constructor(value: Value, above: Located | null, step: string | number) {
    this.value = value;
    this.above = above;
    this.step = step;
  }

  // Computed on demand: there are many values, and few problems.
  get path(): Path {
    return this.above === null ? [] : [...this.above.path, this.step];
  }
}

/** All nested values of a record that checks look at. The record itself is the first of `records`. */
interface Contents {
  records: Located<Record<string, unknown>>[];
  lists: Located<unknown[]>[];
  texts: Located<string>[];
}

// Each record is walked once for all checks.
const contentsCache = new WeakMap<Entry, Contents>();

export function contentsOf(entry: Entry): Contents {
  let contents = contentsCache.get(entry);
  if (!contents) {
    contents = { records: [], lists: [], texts: [] };
    collect(entry.parsed.record, null, '', contents);
    contentsCache.set(entry, contents);
  }
  return contents;
}

function collect(value: unknown, above: Located | null, step: string | number, contents: Contents): void {
  if (typeof value === 'string') contents.texts.push(new Located(value, above, step));
  else if (Array.isArray(value)) {
    const found = new Located<unknown[]>(value, above, step);
    contents.lists.push(found);
    for (let index = 0; index < value.length; index++) collect(value[index], found, index, contents);
  } else if (isRecord(value)) {
    const found = new Located(value, above, step);
    contents.records.push(found);
    for (const key in value) if (key !== 'origin') collect(value[key], found, key, contents);
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A problem with a value of a record. */
export const problemAt = ({ parsed }: Entry, path: Path, message: string): Problem =>
  problemInFile(parsed.file, [...parsed.path, ...path], message);

/** The entries of the given sections. */
export const entriesOf = (entries: Entry[], ...sections: string[]): Entry[] =>
  entries.filter(({ parsed }) => sections.includes(parsed.section));

/** The passage that a value is; null if it is not a passage. */
export function passageOf(
  value: unknown,
): { start: number; end: number; digest: string; citation: string | undefined } | null {
  if (!isRecord(value) || !Array.isArray(value['at']) || typeof value['digest'] !== 'string') return null;
  const [start, end] = value['at'] as [number, number];
  return { start, end, digest: value['digest'], citation: value['citation'] as string | undefined };
}

/** The actor or place that a record describes: the one that it adds to, or that it was merged into, or its own. */
export function subjectOf({ id, parsed }: Entry, folders: CheckInput['folders']): string {
  if (parsed.section === 'additions') return String(parsed.record['of']);
  const slug = id.slice(id.indexOf(':') + 1);
  const survivor = folders.survivorOf(slug);
  return survivor === slug ? id : (folders.ownerOf(`party ${survivor}`)?.id ?? id);
}
