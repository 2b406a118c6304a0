/** The folder of records that belong to no document. */
export const REGISTER = 'register';

/** Names of folders in the order in which they are read: the register comes first, because other folders add to its records. */
export const inReadingOrder = (names: Iterable<string>): string[] =>
  [...names].sort((a, b) => (a === REGISTER ? -1 : b === REGISTER ? 1 : a < b ? -1 : a > b ? 1 : 0));
