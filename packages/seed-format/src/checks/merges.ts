import type { Seeds } from '../records.js';
import { type Check, entriesOf, problemAt } from './input.js';

/** Reports merges of an id with itself, with an id that was merged too, and of records of different kinds. */
export const merges: Check = ({ entries, folders }) =>
  entriesOf(entries, 'merges').flatMap((entry) => {
    const { id, sameAs } = entry.parsed.record as unknown as Seeds['merges'][number];
    const [slug, target] = [id, sameAs].map(slugOf) as [string, string];
    // A dangling reference has been reported.
    if (!sameAs.includes(':')) return [];
    const survivor = folders.survivorOf(target);
    const problem = (message: string) => [problemAt(entry, ['sameAs'], message)];
    if (target === slug) return problem(`"${target}" is merged with itself; expected the id of another record.`);
    if (survivor === slug)
      return problem(`a cycle: "${target}" is merged into "${slug}"; expected one of the two ids to remain.`);
    if (survivor !== target)
      return problem(`a chain: "${target}" is merged into "${survivor}"; expected "${survivor}".`);
    const owner = folders.ownerOf(`party ${slug}`);
    return owner?.isReadable && kindOf(owner.id) !== kindOf(sameAs)
      ? problem(`"${slug}" is a ${kindOf(owner.id)}, "${target}" a ${kindOf(sameAs)}; expected two of one kind.`)
      : [];
  });

const slugOf = (id: string): string => id.slice(id.indexOf(':') + 1);
const kindOf = (id: string): string => id.slice(0, Math.max(0, id.indexOf(':')));
