import { type Seeds, SYMMETRIC_RELATIONS } from '../records.js';
import { type Check, entriesOf, problemAt } from './input.js';

// S100 comes after S99.
const BY_NUMBER = new Intl.Collator('en', { numeric: true });

/** Relations join two statements, once, those that hold both ways the lower id first. */
export const relations: Check = ({ entries }) => {
  const seen = new Set<string>();
  return entriesOf(entries, 'relations').flatMap((entry) => {
    const { type, from, to } = entry.parsed.record as unknown as Seeds['relations'][number];
    const key = `${type} ${from} ${to}`;
    if (from === to) return [problemAt(entry, ['to'], 'a relation of a statement to itself; expected another statement.')];
    if (SYMMETRIC_RELATIONS.has(type) && BY_NUMBER.compare(from, to) > 0) return [problemAt(entry, ['from'], `${type} holds both ways; expected the lower id under "from".`)];
    if (seen.has(key)) return [problemAt(entry, ['type'], `${type} is already recorded between these two; expected it once.`)];
    seen.add(key);
    return [];
  });
};
