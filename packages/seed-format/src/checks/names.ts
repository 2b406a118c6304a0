import { type CodePointText, passageDigest } from '@dossier/domain/facts';
import { idsIn, linked, passagesOf } from '../consequences.js';
import type { Problem } from '../problem.js';
import { foldName } from '../proposals/names.js';
import type { Seeds } from '../records.js';
import { type Check, type CheckInput, entriesOf, problemAt, subjectOf } from './input.js';

type Folders = CheckInput['folders'];
interface Named {
  id: string;
  name?: string;
  aliases: { text: string }[];
}

/** The actors and places that have each name, by the name folded for comparison, and the folded names by the digest of their words. */
interface Names {
  owners: Map<string, Set<string>>;
  /** The folded names of each actor and place. */
  byOwner: Map<string, string[]>;
  folded: Map<string, string>;
}

/**
 * Reports mentions of the form NAME over the name of another actor or place, or over words that are no form of a recorded name. The words are those of the text if it is mounted; otherwise
 * they are known only if the digest of the passage is that of a name as it is recorded.
 */
export const names: Check = ({ seeds, entries, texts, folders }) => {
  const register = registerNames(folders);
  const own = namesIn(seeds);
  const ownersOf = (name: string): string[] => [
    ...new Set([...(register.owners.get(name) ?? []), ...(own.owners.get(name) ?? [])]),
  ];
  return entriesOf(entries, 'actors', 'places', 'additions').flatMap((entry): Problem[] => {
    const { mentions, origin } = entry.parsed.record as unknown as Seeds['actors'][number];
    const text = texts.get(origin.document ?? '')?.text ?? null;
    const subject = subjectOf(entry, folders);
    return mentions.flatMap(({ form, at, digest }, index) => {
      if (form !== 'NAME') return [];
      if (!text) folders.dependOnName(digest);
      const name = text ? foldedIn(text, at) : (own.folded.get(digest) ?? register.folded.get(digest));
      if (name !== undefined) folders.dependOnName(name);
      const owners = name === undefined ? [] : ownersOf(name);
      if (name === undefined || owners.includes(subject)) return [];
      const names = namesOf(folders, subject, [own, register]);
      if (names.includes(name)) return [];
      if (owners.length === 0)
        // Other documents may have added the name to a record of another folder.
        return entry.parsed.section === 'additions' || names.length === 0 || names.some((each) => resembles(each, name))
          ? []
          : [
              linked(
                problemAt(
                  entry,
                  ['mentions', index],
                  `[${at.join(', ')}] is not a name of ${slugOf(subject)}; expected the words as an alias, or another form than NAME.`,
                ),
                { causes: [passagesOf(entry.id), idsIn('actors', entry.parsed.file.folder)] },
              ),
            ];
      return [
        linked(
          problemAt(
            entry,
            ['mentions', index],
            `[${at.join(', ')}] is the name of ${owners.map(slugOf).join(' and ')}; expected a mention there, or the name as an alias of ${slugOf(subject)}.`,
          ),
          { causes: [passagesOf(entry.id), idsIn('actors', entry.parsed.file.folder)] },
        ),
      ];
    });
  });
};

const slugOf = (id: string): string => id.slice(id.indexOf(':') + 1);

const foldedIn = (text: CodePointText, [start, end]: readonly [number, number]): string | undefined =>
  end <= text.length && start < end ? foldName(text.slice(start, end)) : undefined;

type NamedSeeds = Pick<Seeds, 'actors' | 'places' | 'additions'>;

const cache = new WeakMap<NamedSeeds, Names>();

/**
 * The names that a record has as dependencies, each with a value that changes with its owner; see `Folders.dependencies`. Names are folded, and
 * by the digest of their words.
 */
export function nameDependencies(seeds: NamedSeeds): [dependency: string, value: string][] {
  const { owners, folded } = namesIn(seeds);
  return [
    ...[...owners].map(([name, ids]) => [`name ${name}`, [...ids].join()] as [string, string]),
    ...[...folded].map(([digest, name]) => [`name ${digest}`, name] as [string, string]),
  ];
}

/** The names in the register, which all folders share, computed once. */
function registerNames(folders: Folders): Names {
  const { registered } = folders;
  let found = cache.get(registered);
  if (!found) {
    found = namesIn(registered);
    cache.set(registered, found);
  }
  return found;
}

function namesIn({ actors, places, additions }: NamedSeeds): Names {
  const found: Names = { owners: new Map(), byOwner: new Map(), folded: new Map() };
  const add = (id: string, { name, aliases }: Omit<Named, 'id'>): void => {
    for (const text of [...(name === undefined ? [] : [name]), ...aliases.map((alias) => alias.text)]) {
      const folded = foldName(text);
      found.folded.set(passageDigest(text), folded);
      const owners = found.owners.get(folded);
      const own = found.byOwner.get(id);
      if (own) own.push(folded);
      else found.byOwner.set(id, [folded]);
      if (owners) owners.add(id);
      else found.owners.set(folded, new Set([id]));
    }
  };
  for (const party of [...actors, ...places] as Named[]) add(party.id, party);
  for (const { of, aliases } of additions) add(of, { aliases });
  return found;
}

/** The folded names of an actor or place, which may be recorded in another document. */
function namesOf(folders: Folders, id: string, known: readonly Names[]): string[] {
  const party: Named | null = folders.find('actors', id) ?? folders.find('places', id);
  const recorded = party === null ? [] : [party.name ?? '', ...party.aliases.map(({ text }) => text)].map(foldName);
  return [...recorded, ...known.flatMap(({ byOwner }) => byOwner.get(id) ?? [])];
}

/** Letters that the forms of a name have in common at least, whatever their endings. */
const COMMON_START = 3;

/** Whether two folded names have words that begin alike, as the cases of one name do. */
function resembles(one: string, other: string): boolean {
  const starts = new Set(startsOf(one));
  return startsOf(other).some((start) => starts.has(start));
}

const startsOf = (name: string): string[] =>
  name
    .split(/[^\p{L}\p{N}\p{M}]+/u)
    .flatMap((word) => (word === '' ? [] : [[...word].slice(0, COMMON_START).join('')]));
