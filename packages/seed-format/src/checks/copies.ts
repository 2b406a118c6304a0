import type { Problem } from '../problem.js';
import { type Check, problemAt } from './input.js';

/** Sections of which each record has an id of its own, and says the same as another one if everything else is equal. */
const SECTIONS: ReadonlySet<string> = new Set([
  'actors',
  'places',
  'offices',
  'events',
  'statements',
  'quotations',
  'works',
  'cautions',
  'numbers',
  'regimes',
  'figures',
  'commodities',
]);
/** Say which record it is, not what it says. */
const NAMES: ReadonlySet<string> = new Set(['id', 'origin']);

/** Reports records that differ from another one of their folder only in their id: what they say would be counted twice. */
export const copies: Check = ({ entries }) => {
  const seen = new Map<string, string>();
  return entries.flatMap((entry): Problem[] => {
    const { section, record, file } = entry.parsed;
    if (!SECTIONS.has(section)) return [];
    const content = Object.entries(record).filter(([key]) => !NAMES.has(key));
    const key = `${file.folder} ${section} ${JSON.stringify(content)}`;
    const first = seen.get(key);
    if (first === undefined) {
      seen.set(key, entry.id);
      return [];
    }
    // Of two records with one id, the id is wrong, which is reported elsewhere.
    if (first === entry.id) return [];
    return [
      problemAt(
        entry,
        [],
        `"${shortId(entry.id)}" says the same as "${shortId(first)}"; expected each fact once, or what differs.`,
      ),
    ];
  });
};

const shortId = (id: string): string => id.slice(Math.max(id.indexOf(':'), id.lastIndexOf('/')) + 1);
