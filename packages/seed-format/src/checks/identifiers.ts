import type { Problem } from '../problem.js';
import type { Seeds } from '../records.js';
import { type Check, entriesOf, problemAt, subjectOf } from './input.js';

/** Reports second ids of an actor or a place in a register whose ids stand for one thing each, and ids there that another one has. */
export const identifiers: Check = ({ entries, folders }) =>
  entriesOf(entries, 'actors', 'places', 'additions').flatMap((entry): Problem[] => {
    const { identifiers: own } = entry.parsed.record as unknown as Seeds['actors'][number];
    const subject = subjectOf(entry, folders);
    const slug = subject.slice(subject.indexOf(':') + 1);
    return own.flatMap(({ scheme, value }, index) => {
      const problem = (message: string): Problem[] => [
        problemAt(entry, ['identifiers', index, 'value'], `${message} (${scheme}).`),
      ];
      const first = folders.identifierOf(scheme, slug);
      if (first !== undefined && first !== value)
        return problem(`"${value}" is a second id of "${slug}", which has "${first}"; expected one`);
      const owner = folders.ownerOfIdentifier(scheme, value, subject.startsWith('place:'));
      return owner !== undefined && owner !== slug
        ? problem(
            `"${value}" is already the id of "${owner}"; expected another id, or both merged in the register if they are the same`,
          )
        : [];
    });
  });
