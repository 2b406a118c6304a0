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
      if (record['organization'] === record['holder'])
        return [problemAt(entry, ['organization'], `"${record['holder']}" is the holder itself; ${expected}`)];
      return record['host'] !== null && record['host'] === record['organization']
        ? [problemAt(entry, ['host'], `"${record['host']}" is the organization itself; ${expected}`)]
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
    case 'designations': {
      const authority = folders.find('regimes', record['regime'] as string)?.authority ?? null;
      return authority !== null && authority === record['actor']
        ? [problemAt(entry, ['actor'], `"${authority}" is the authority of the regime itself; ${expected}`)]
        : [];
    }
    case 'statements': {
      const { imputedTo, imputedBy, speakers } = record['attribution'] as {
        imputedTo: string | null;
        imputedBy: string | null;
        speakers: string[];
      };
      const addressed = (record['addressees'] as string[]).findIndex((addressee) => speakers.includes(addressee));
      if (addressed >= 0)
        return [
          problemAt(
            entry,
            ['addressees', addressed],
            `"${(record['addressees'] as string[])[addressed]}" is the speaker itself; ${expected}`,
          ),
        ];
      return imputedTo !== null && imputedTo === imputedBy
        ? [problemAt(entry, ['attribution', 'imputedBy'], `words that "${imputedTo}" imputes to itself; ${expected}`)]
        : [];
    }
    default:
      return [];
  }
}
