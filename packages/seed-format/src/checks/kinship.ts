import type { Seeds } from '../records.js';
import { type Check, entriesOf, problemAt } from './input.js';

/** Reports persons who are recorded as their own kin. */
export const kinship: Check = ({ entries }) =>
  entriesOf(entries, 'kinship').flatMap((entry) => {
    const { person, relative } = entry.parsed.record as unknown as Seeds['kinship'][number];
    return person === relative
      ? [problemAt(entry, ['relative'], `"${relative}" is the person itself; expected another one.`)]
      : [];
  });
