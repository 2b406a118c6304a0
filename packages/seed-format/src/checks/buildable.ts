import type { Problem } from '../problem.js';
import type { Seeds } from '../records.js';
import type { Entry } from '../resolve.js';
import { type Check, entriesOf, problemAt } from './input.js';

/** Sections whose records are ordered by their place in the text. */
const WITH_PASSAGE = ['statements', 'quotations'];

/** Reports what no store can hold: statements without a passage, and ties that are recorded twice. */
export const buildable: Check = ({ entries }) => [
  ...entriesOf(entries, ...WITH_PASSAGE)
    // Of those with the basis DOCUMENT, `basis` reports it.
    .filter(
      ({ parsed }) => parsed.record['basis'] !== 'DOCUMENT' && (parsed.record['passages'] as unknown[]).length === 0,
    )
    .map((entry) => problemAt(entry, ['passages'], 'no passage; expected at least one for every basis.')),
  ...repeatedTies(entriesOf(entries, 'kinship')),
];

/** A tie is stored from both sides, so it is the same tie with the two people exchanged. */
function repeatedTies(entries: Entry[]): Problem[] {
  const seen = new Set<string>();
  return entries.flatMap((entry) => {
    const { person, relative, relation, inverse } = entry.parsed.record as unknown as Seeds['kinship'][number];
    const sides = [`${person} ${relative} ${relation}`, `${relative} ${person} ${inverse}`];
    const isRepeated = sides.some((side) => seen.has(side));
    for (const side of sides) seen.add(side);
    return isRepeated
      ? [problemAt(entry, ['relation'], 'a tie of two people that is already recorded; expected it once.')]
      : [];
  });
}
