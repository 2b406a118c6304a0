import { createHash } from 'node:crypto';
import { badUserInput } from '@dossier/domain';
import type { DayFilter } from './filters.js';

const DIGEST_BYTES = 8;

/**
 * What a cursor belongs to: the list's coordinate, the node it hangs on, its order and its filter. Lists that differ in
 * any of these do not accept each other's cursors.
 */
export type ListTag = string;

/**
 * The tag of a list. Filters of one list are the same: an absent, a null and an empty one, a null field and an absent one,
 * values in any order, and how days are compared if there are none to compare with.
 */
export function listTag(
  coordinate: string,
  parent: string | null,
  order: string | null,
  filter: object | null | undefined,
): ListTag {
  return JSON.stringify([coordinate, parent, order, normalized(filter ?? {})]);
}

function normalized(filter: DayFilter & object): [string, unknown][] {
  return Object.entries(filter)
    .filter(([field, value]) => value !== null && value !== undefined && (field !== 'match' || hasDays(filter)))
    .map(([field, value]): [string, unknown] => [field, Array.isArray(value) ? [...new Set(value)].sort() : value])
    .sort(([a], [b]) => (a < b ? -1 : 1));
}

const hasDays = ({ from, until }: DayFilter): boolean => Boolean(from || until);

/**
 * The place of a row in its list. The digest holds it to the list and shows tampering; it is no secret, so every replica
 * accepts what any other issued.
 */
export function encodeCursor(tag: ListTag, key: string): string {
  return Buffer.concat([digest(tag, key), Buffer.from(key, 'utf8')]).toString('base64url');
}

/** The key of a cursor of this list. Anything else is BAD_USER_INPUT. */
export function decodeCursor(tag: ListTag, cursor: string, argument: 'after' | 'before'): string {
  const bytes = Buffer.from(cursor, 'base64url');
  const key = bytes.subarray(DIGEST_BYTES);
  if (bytes.toString('base64url') !== cursor || !digest(tag, key).equals(bytes.subarray(0, DIGEST_BYTES))) {
    throw badUserInput(
      argument,
      `Argument "${argument}" is no cursor of this list; expected a cursor that the same list gave, with the same order and filter.`,
    );
  }
  return key.toString('utf8');
}

const digest = (tag: ListTag, key: string | Buffer): Buffer =>
  createHash('sha256').update(tag).update('\0').update(key).digest().subarray(0, DIGEST_BYTES);
