import type { IndexedName } from './nameIndex.js';
import { listOf, type RawRecord, type SeedRecords, textOf } from './seedRecords.js';
import { foldGap, foldWord, isAllCapitals, isUpperCase, scriptOf, wordsOf } from './words.js';

type NameForm = 'NAME' | 'PARTIAL_NAME' | 'ABBREVIATION' | 'ADJECTIVE' | 'METONYM' | 'DESCRIPTION';

/** Whom a name stands for, and how. */
export interface NamedParty {
  id: string;
  form: NameForm;
  /** A person of whom only a part of the name is given: the same part may belong to somebody else ("Kim"). */
  isPartOfPerson: boolean;
  /** Not a proper name: others that it contains are mentioned as well ("the Russian president"). */
  isOpen: boolean;
}

interface Party {
  id: string;
  kind: string;
  name: string;
  aliases: { text: string; lang: string | null }[];
}

const EXPLANATION = /\s+\([^()]*\)$/u;
const ARTICLE = /^(?:the|an?)\s+(?=\p{Lu})/iu;

/** The names and aliases of the actors and places of all folders, each with its guessed form. */
export function knownNames(seeds: SeedRecords): IndexedName<NamedParty>[] {
  return [...partiesOf(seeds).values()].flatMap((party) => {
    const names = [{ text: party.name, lang: null }, ...party.aliases];
    const seen = new Set<string>();
    return names.flatMap(({ text, lang }) =>
      // "the US" is also found where the article is missing: "US sanctions".
      // "(city)" in a name is an explanation of ours.
      variantsOf(text, party).flatMap((variant): IndexedName<NamedParty>[] => {
        if (seen.has(variant)) return [];
        seen.add(variant);
        const form = formOf(variant, party);
        const isPartOfPerson = party.kind === 'PERSON' && form === 'PARTIAL_NAME' && wordsOf(variant).length === 1;
        const isOpen = form === 'DESCRIPTION' || party.kind === 'GROUP';
        return [{ text: variant, lang, value: { id: party.id, form, isPartOfPerson, isOpen } }];
      }),
    );
  });
}

/** A name, and the shorter and longer forms that stand for the same without being recorded. */
function variantsOf(text: string, party: Party): string[] {
  const bare = text.replace(ARTICLE, '');
  const dotted = /^\p{Lu}{2,4}$/u.test(bare) ? [...bare].join('.') : null;
  return [
    text,
    bare,
    text.replace(EXPLANATION, ''),
    ...(dotted ? [dotted, `${dotted}.`] : []),
    ...(party.kind === 'PERSON' ? surnameOf(bare) : []),
  ];
}

const MIN_SURNAME = 5;

/** The last of two or more capitalised words. Shorter ones and those with a hyphen may be first names in Chinese or Korean. */
function surnameOf(name: string): string[] {
  const words = name.split(/\s+/u);
  const last = words.at(-1) ?? '';
  const isName = words.length > 1 && words.every((word) => /^\p{Lu}[\p{Ll}\p{M}]+$/u.test(word));
  return isName && last.length >= MIN_SURNAME ? [last] : [];
}

/** All ids of actors and places, with their names. */
export function partiesOf(seeds: SeedRecords): Map<string, Party> {
  const parties = new Map<string, Party>();
  const additions: RawRecord[] = [];
  const former = new Map<string, string>();
  const folders = seeds.foldersWithNames;
  for (const folder of folders) {
    for (const section of ['actors', 'places'] as const)
      for (const record of seeds.section(folder, 'actors', section)) {
        const [id, name] = [textOf(record['id']), textOf(record['name'])];
        const kind = section === 'places' ? 'PLACE' : (textOf(record['kind']) ?? '');
        if (id && name) parties.set(id, { id, kind, name, aliases: aliasesOf(record) });
      }
    additions.push(...seeds.section(folder, 'actors', 'additions'));
  }
  // The names of an id that was given up are names of the one that remains.
  for (const folder of folders)
    for (const { id, sameAs } of seeds.section(folder, 'actors', 'merges')) {
      const [old, remaining] = [parties.get(String(id)), parties.get(String(sameAs))];
      if (!old || !remaining) continue;
      remaining.aliases.push({ text: old.name, lang: null }, ...old.aliases);
      parties.delete(old.id);
      former.set(old.id, remaining.id);
    }
  for (const addition of additions)
    parties.get(former.get(String(addition['of'])) ?? String(addition['of']))?.aliases.push(...aliasesOf(addition));
  return parties;
}

const aliasesOf = (record: RawRecord): Party['aliases'] =>
  listOf(record['aliases']).flatMap((alias) => {
    const text = textOf(alias['text']);
    return text ? [{ text, lang: textOf(alias['lang']) }] : [];
  });

/** Whether words are a name or an alias of the party, or a form of one that is found without being recorded. */
export const hasName = (party: Party, words: string): boolean =>
  [party.name, ...party.aliases.map(({ text }) => text)]
    .flatMap((name) => variantsOf(name, party))
    .some((name) => foldName(name) === foldName(words));

const MAX_ABBREVIATION = 6;
const MIN_COMMON_START = 3;
const CONNECTORS = new Set('of and the for de la du des von van der bin al el & и'.split(' '));
const ADJECTIVE_ENDING =
  /(?:an|ian|ean|ese|ish|ic|ch|ni|qi|mani|bi|era|led|backed|based|ский|ская|ское|ские|ского|ской|ському|ський|ська)$/u;

/** What kind of name of the party the words probably are. A person decides before it becomes a record. */
export function formOf(name: string, party: Party): NameForm {
  const bare = name.replace(ARTICLE, '');
  const words = wordsOf(bare);
  if (party.kind === 'GROUP' || foldName(bare) === foldName(party.name.replace(ARTICLE, '').replace(EXPLANATION, '')))
    return 'NAME';
  const texts = words.map(({ text }) => text);
  if (words.length === 1 && isAllCapitals(bare) && bare.length <= MAX_ABBREVIATION) return 'ABBREVIATION';
  const others = [party.name, ...party.aliases.map(({ text }) => text)].filter(
    (other) => foldName(other) !== foldName(name),
  );
  if (
    ['POLITY', 'PLACE'].includes(party.kind) &&
    isAdjective(
      words.map(({ folded }) => folded),
      others,
    )
  )
    return 'ADJECTIVE';
  // In English, names have capital letters throughout; in many languages only their first word has one.
  const isDescribed =
    scriptOf(bare) === 'LATIN' && texts.some((text) => /^\p{Ll}/u.test(text) && !CONNECTORS.has(text));
  if (isDescribed) return 'DESCRIPTION';
  const isPart = others.some((other) => {
    const longer = wordsOf(other).map(({ folded }) => folded);
    return longer.length > words.length && words.every(({ folded }) => longer.includes(folded));
  });
  if (isPart) return 'PARTIAL_NAME';
  const [first] = words;
  const isForeign = first !== undefined && scriptOf(first.text) !== scriptOf(wordsOf(party.name)[0]?.text ?? '');
  const resembles = others.some((other) => foldWord(other).slice(0, MIN_COMMON_START) === foldWord(bare).slice(0, 3));
  if (party.kind === 'POLITY' && words.length === 1 && isUpperCase(bare) && !isForeign && !resembles) return 'METONYM';
  return 'NAME';
}

/** "Russian" of "Russia", "anti-North Korean" of "North Korea". */
function isAdjective(words: readonly string[], others: readonly string[]): boolean {
  const last = words.at(-1) ?? '';
  if (!ADJECTIVE_ENDING.test(last)) return false;
  const starts = others.flatMap((other) => wordsOf(other).map(({ folded }) => folded.slice(0, MIN_COMMON_START + 1)));
  return last === 'era' || starts.some((start) => start.length > MIN_COMMON_START && last.startsWith(start));
}

/** A name for comparison. */
export const foldName = (name: string): string =>
  wordsOf(name)
    .map(({ folded, start }, index, words) => foldGap(name.slice(words[index - 1]?.end ?? 0, start)) + folded)
    .join('')
    .concat(foldGap(name.slice(wordsOf(name).at(-1)?.end ?? 0)))
    .trim();
