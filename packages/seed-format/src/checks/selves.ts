import type { Problem } from '../problem.js';
import type { Entry } from '../resolve.js';
import { type Check, type CheckInput, problemAt, subjectOf } from './input.js';

/** Reports records that relate an actor to itself: affiliations, kinship, trade, sanctions, words that somebody puts into their own mouth. */
export const selves: Check = ({ entries, folders }) => entries.flatMap((entry) => problemsOf(entry, folders));

function problemsOf(entry: Entry, folders: CheckInput['folders']): Problem[] {
  const { record, section } = entry.parsed;
  const expected = 'expected another one.';
  switch (section) {
    case 'actors':
    case 'places':
    case 'additions': {
      const self = subjectOf(entry, folders);
      return (record['affiliations'] as { to: string }[]).flatMap(({ to }, index) =>
        to === self
          ? [problemAt(entry, ['affiliations', index, 'to'], `"${to}" is the actor itself; ${expected}`)]
          : [],
      );
    }
    case 'kinship':
      return record['person'] === record['relative']
        ? [problemAt(entry, ['relative'], `"${record['relative']}" is the person itself; ${expected}`)]
        : [];
    case 'offices':
      return record['organization'] === record['holder']
        ? [problemAt(entry, ['organization'], `"${record['holder']}" is the holder itself; ${expected}`)]
        : [];
    case 'figures':
      return record['reporter'] !== null && record['reporter'] === record['partner']
        ? [problemAt(entry, ['partner'], `"${record['partner']}" is the reporter itself; ${expected}`)]
        : [];
    case 'regimes':
      return (record['targets'] as string[]).flatMap((target, index) =>
        target === record['authority']
          ? [problemAt(entry, ['targets', index], `"${target}" is the authority itself; ${expected}`)]
          : [],
      );
    case 'commodities':
      return (record['directions'] as { origin: string | null; destination: string | null }[]).flatMap(
        ({ origin, destination }, index) =>
          origin === destination
            ? [
                problemAt(
                  entry,
                  ['directions', index],
                  origin === null
                    ? 'neither an origin nor a destination; expected at least one of them.'
                    : `"${origin}" is the origin itself; expected another destination.`,
                ),
              ]
            : [],
      );
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
