import type { Problem } from '../problem.js';
import type { Entry } from '../resolve.js';
import { type Check, problemAt } from './input.js';

/** Reports records that relate an actor to itself: affiliations, kinship, words that somebody puts into their own mouth. */
export const selves: Check = ({ entries }) => entries.flatMap(problemsOf);

function problemsOf(entry: Entry): Problem[] {
  const { record, section } = entry.parsed;
  const expected = 'expected another actor.';
  switch (section) {
    case 'actors':
    case 'places':
      return (record['affiliations'] as { to: string }[]).flatMap(({ to }, index) =>
        to === entry.id
          ? [problemAt(entry, ['affiliations', index, 'to'], `an affiliation to itself; ${expected}`)]
          : [],
      );
    case 'kinship':
      return record['person'] === record['relative']
        ? [problemAt(entry, ['relative'], `a relative of itself; ${expected}`)]
        : [];
    case 'offices':
      return record['organization'] === record['holder']
        ? [problemAt(entry, ['organization'], `an office in the holder itself; ${expected}`)]
        : [];
    case 'statements': {
      const { imputedTo, imputedBy } = record['attribution'] as { imputedTo: string | null; imputedBy: string | null };
      return imputedTo !== null && imputedTo === imputedBy
        ? [problemAt(entry, ['attribution', 'imputedBy'], `words that "${imputedTo}" imputes to itself; ${expected}`)]
        : [];
    }
    default:
      return [];
  }
}
