import { createHash } from 'node:crypto';
import { badUserInput } from '@dossier/domain';
import type { DayFilter } from './filters.js';

const DIGEST_BYTES = 8;

/**
 * Identifies a list: its schema coordinate, parent node, order, filter and direction. Lists that differ in any of these
 * reject each other's cursors.
 */
export type ListTag = string;

/** The order of a list, or its reverse. */
export type SortDirection = 'ASC' | 'DESC';

/**
 * The tag of a list. Equivalent filters give the same tag: null and absent fields, values in a different order, and a `match`
 * without days to compare do not change it.
 */
export function listTag(
  coordinate: string,
  parent: string | null,
  order: string | null,
  filter: object | null | undefined,
  direction: SortDirection = 'ASC',
): ListTag {
  const list = [coordinate, parent, order, normalized(filter ?? {})];
  return JSON.stringify(direction === 'ASC' ? list : [...list, direction]);
}

function normalized(filter: DayFilter & object): [string, unknown][] {
  return Object.entries(filter)
    .filter(([field, value]) => value !== null && value !== undefined && (field !== 'match' || hasDays(filter)))
    .map(([field, value]): [string, unknown] => [field, Array.isArray(value) ? [...new Set(value)].sort() : value])
    .sort(([a], [b]) => (a < b ? -1 : 1));
}

const hasDays = ({ from, until }: DayFilter): boolean => Boolean(from || until);

/**
 * The cursor of a row. Its digest binds it to the list and detects tampering; it contains no secret, so that every replica
 * accepts the cursors of the others.
 */
export function encodeCursor(tag: ListTag, key: string): string {
  return Buffer.concat([digest(tag, key), Buffer.from(key, 'utf8')]).toString('base64url');
}

/** The sort key in a cursor of this list. Throws BAD_USER_INPUT if the cursor is not one of this list. */
export function decodeCursor(tag: ListTag, cursor: string, argument: 'after' | 'before'): string {
  const bytes = Buffer.from(cursor, 'base64url');
  const key = bytes.subarray(DIGEST_BYTES);
  if (bytes.toString('base64url') !== cursor || !digest(tag, key).equals(bytes.subarray(0, DIGEST_BYTES))) {
    throw badUserInput(
      argument,
      `Argument "${argument}" is not a cursor of this list; expected a cursor that this list returned, with the same order and filter.`,
    );
  }
  return key.toString('utf8');
}

const digest = (tag: ListTag, key: string | Buffer): Buffer =>
  createHash('sha256').update(tag).update('\0').update(key).digest().subarray(0, DIGEST_BYTES);
