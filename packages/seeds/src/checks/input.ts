import type { MountedDocument } from '../mounted.js';
import { at } from '../parse.js';
import type { Path, Problem } from '../problem.js';
import type { Seeds } from '../records.js';
import type { Entry } from '../resolve.js';

/** What every check is given: the records with their ids typed, and the texts that are mounted. */
export interface CheckInput {
  seeds: Seeds;
  entries: Entry[];
  texts: Map<string, MountedDocument>;
}

export type Check = (input: CheckInput) => Problem[];

/** A value in a record, and where it stands in it. */
export interface Found {
  value: unknown;
  path: Path;
}

/** Every value of a record, however deep, the record itself first. */
export function* valuesOf(value: unknown, path: Path = []): Generator<Found> {
  yield { value, path };
  if (Array.isArray(value)) for (const [index, item] of value.entries()) yield* valuesOf(item, [...path, index]);
  else if (isRecord(value)) for (const [key, item] of Object.entries(value)) if (key !== 'origin') yield* valuesOf(item, [...path, key]);
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
