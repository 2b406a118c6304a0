import type { Seeds } from '../records.js';
import { type Check, entriesOf, problemAt } from './input.js';

/** Reports links that do not refer to exactly one provision or regime. */
export const links: Check = ({ entries }) =>
  entriesOf(entries, 'links').flatMap((entry) => {
    const { provision, regime } = entry.parsed.record as unknown as Seeds['links'][number];
    if (provision && regime)
      return [
        problemAt(
          entry,
          ['regime'],
          'a regime and a provision; expected the provision only, which determines the regime.',
        ),
      ];
    return provision || regime
      ? []
      : [problemAt(entry, [], 'a link without a target; expected a provision or a regime.')];
  });
