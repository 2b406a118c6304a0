import { badUserInput } from '@dossier/domain';
import { decodeCursor, type ListTag, type SortDirection } from './cursor.js';

export const DEFAULT_PAGE_SIZE = 20;
export const MAX_PAGE_SIZE = 100;

/** The pagination arguments of every connection. */
export interface PageArgs {
  first?: number | null;
  after?: string | null;
  last?: number | null;
  before?: string | null;
  /** Only of lists that can be reversed; ASC if left out. */
  direction?: SortDirection;
}

/**
 * A validated page: up to `size` rows strictly between the keys `after` and `before`, counted from either end. All of these are
 * in ascending order of the keys, even if the page is reversed: the first page of a reversed list is the last one of its rows.
 */
export interface Page {
  size: number;
  fromEnd: boolean;
  after: string | null;
  before: string | null;
  /** Whether clients see the rows in descending order. */
  isReversed: boolean;
}

/** Validates the arguments of a connection. Throws BAD_USER_INPUT that names the argument if one is invalid. */
export function readPage(args: PageArgs, tag: ListTag): Page {
  const { first, last, after, before } = args;
  if (isGiven(first) && isGiven(last)) {
    throw badUserInput('last', 'Arguments "first" and "last" were both given; expected one of them.');
  }
  const isLast = isGiven(last);
  const size = sizeOf(isLast ? 'last' : 'first', isLast ? last : first);
  const keys = {
    after: isGiven(after) ? decodeCursor(tag, after, 'after') : null,
    before: isGiven(before) ? decodeCursor(tag, before, 'before') : null,
  };
  return args.direction === 'DESC'
    ? { size, fromEnd: !isLast, after: keys.before, before: keys.after, isReversed: true }
    : { size, fromEnd: isLast, ...keys, isReversed: false };
}

/** The argument that the key `after` or `before` of a page was read from. */
export const cursorArgument = ({ isReversed }: Page, key: 'after' | 'before'): 'after' | 'before' =>
  (key === 'after') === isReversed ? 'before' : 'after';

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
