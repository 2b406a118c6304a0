import type { Seeds } from '../records.js';
import { type Check, entriesOf, problemAt } from './input.js';

/** A link leads to a provision, whose regime it then is, or to a regime as a whole. */
export const links: Check = ({ entries }) =>
  entriesOf(entries, 'links').flatMap((entry) => {
    const { provision, regime } = entry.parsed.record as unknown as Seeds['links'][number];
    if (provision && regime)
      return [
        problemAt(entry, ['regime'], 'a regime beside a provision; expected the provision alone, whose regime it is.'),
      ];
    return provision || regime ? [] : [problemAt(entry, [], 'a link to nothing; expected a provision or a regime.')];
  });
