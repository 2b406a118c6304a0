import { KINDS, type TieKind } from './ties.js';

/** The most actors whose ties are shown at once. */
export const MAX_CENTRES = 8;

/** The kinds of ties that are selected in the address; all if it has none. */
export function kindsOf(text: string | undefined): Set<TieKind> {
  if (text === 'none') return new Set();
  const selected = KINDS.filter((kind) => text?.split(',').includes(kind));
  return new Set(selected.length > 0 ? selected : KINDS);
}

/** The actors whose ties are shown: the chosen one, and those that were added to it, in the order in which they were added. */
export const centresOf = ({ actor, with: added = '' }: Readonly<Record<string, string>>): string[] =>
  actor === undefined ? [] : [...new Set([actor, ...added.split(',').filter(Boolean)])].slice(0, MAX_CENTRES);
