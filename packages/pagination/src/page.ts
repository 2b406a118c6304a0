import { badUserInput } from '@dossier/domain';
import { decodeCursor, type ListTag } from './cursor.js';

export const DEFAULT_PAGE_SIZE = 20;
export const MAX_PAGE_SIZE = 100;

/** The pagination arguments of every connection. */
export interface PageArgs {
  first?: number | null;
  after?: string | null;
  last?: number | null;
  before?: string | null;
}

/** A validated page: up to `size` rows strictly between the keys `after` and `before`, counted from either end. */
export interface Page {
  size: number;
  fromEnd: boolean;
  after: string | null;
  before: string | null;
}

/** Validates the arguments of a connection. Throws BAD_USER_INPUT that names the argument if one is invalid. */
export function readPage(args: PageArgs, tag: ListTag): Page {
  const { first, last, after, before } = args;
  if (isGiven(first) && isGiven(last)) {
    throw badUserInput('last', 'Arguments "first" and "last" were both given; expected one of them.');
  }
  const fromEnd = isGiven(last);
  return {
    size: sizeOf(fromEnd ? 'last' : 'first', fromEnd ? last : first),
    fromEnd,
    after: isGiven(after) ? decodeCursor(tag, after, 'after') : null,
    before: isGiven(before) ? decodeCursor(tag, before, 'before') : null,
  };
}

const isGiven = <T>(value: T | null | undefined): value is T => value !== null && value !== undefined;

function sizeOf(argument: 'first' | 'last', size: number | null | undefined): number {
  if (!isGiven(size)) return DEFAULT_PAGE_SIZE;
  if (size < 0 || size > MAX_PAGE_SIZE) {
    throw badUserInput(
      argument,
      `Argument "${argument}" is ${size}; expected a whole number from 0 to ${MAX_PAGE_SIZE}.`,
    );
  }
  return size;
}
