import type { DateFragment } from './generated/graphql.js';

/**
 * Puts dates in the graph's own order when compared as plain text: by the first day where that is known, else by the
 * last; those open at both ends last, for no day begins with a tilde. An id, where given, breaks ties.
 */
export const dateKey = ({ earliest, latest }: Pick<DateFragment, 'earliest' | 'latest'>, id = ''): string =>
  `${earliest ?? latest ?? '~'} ${id}`;
