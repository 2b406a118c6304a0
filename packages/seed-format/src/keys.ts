import type { Parsed } from './parse.js';
import type { Path } from './problem.js';
import { Ref } from './records.js';

const ACTOR_PREFIX: ReadonlyMap<string, string> = new Map([
  ['PERSON', 'person'],
  ['POLITY', 'polity'],
  ['ORGANIZATION', 'organization'],
  ['MEDIA_OUTLET', 'outlet'],
  ['GROUP', 'group'],
]);

/** Sections whose local ids are unique within one document, with the prefix of their typed id. */
export const PREFIX_IN_DOCUMENT: Readonly<Record<string, string>> = {
  offices: 'office',
  kinship: 'kinship',
  events: 'event',
  statements: 'statement',
  relations: 'relation',
  quotations: 'quotation',
  works: 'work',
  tensions: 'tension',
  cautions: 'caution',
  insertions: 'insertion',
  numbers: 'number',
  links: 'link',
  figures: 'figure',
  commodities: 'commodity',
};

/** Whether a key means the same in all folders. */
export const isShared = (key: string): boolean => !LOCAL_SPACES.has(key.slice(0, key.indexOf(' ')));
const LOCAL_SPACES = new Set([...Object.keys(PREFIX_IN_DOCUMENT), 'additions', 'citations']);

/** The id prefix of an actor whose kind is invalid. */
const ANY_ACTOR = 'actor';

/** The record that a key belongs to, and its location. */
export interface Owner {
  id: string;
  folder: string;
  file: string;
  path: Path;
  isReadable: boolean;
}

/** Adds the owner of each key: the first valid record, else an invalid one, so that references to it are not reported. */
export function addOwners(
  owners: Map<string, Owner>,
  { records, unreadable }: { records: Parsed[]; unreadable: Parsed[] },
  isWanted: (key: string) => boolean,
): void {
  const add = (parsed: Parsed, isReadable: boolean) => {
    const key = keyOf(parsed);
    if (!isWanted(key)) return;
    const keys = parsed.section === 'designations' ? [key, firstListingKey(parsed)] : [key];
    for (const each of keys) {
      const known = owners.get(each);
      if (known && (known.isReadable || !isReadable)) continue;
      owners.set(each, {
        id: idOf(parsed),
        folder: parsed.file.folder,
        file: parsed.file.name,
        path: parsed.path,
        isReadable,
      });
    }
  };
  for (const parsed of records) add(parsed, true);
  for (const parsed of unreadable) add(parsed, false);
}

/** The key of a record: its key space, and its id in it. */
export function keyOf(parsed: Parsed): string {
  const { section, record, file } = parsed;
  const text = (key: string) => textOf(record, key);
  switch (section) {
    case 'actors':
    case 'places':
      // Actors and places share a key space: a slug means one of them.
      return `party ${text('id')}`;
    case 'provisions':
      return `provisions ${text('instrument')}/${text('paragraph')}`;
    case 'designations':
      return `${firstListingKey(parsed)}/${listedOn(record)}`;
    case 'additions':
      return `additions ${file.folder}/${text('of')}`;
    case 'citations':
      return `citations ${file.folder}/${targetOf(record)}`;
    case 'merges':
    case 'regimes':
    case 'instruments':
    case 'document':
      return `${section} ${text('id')}`;
    default:
      return `${section} ${file.folder}/${text('id')}`;
  }
}

/** The key of the first listing of an actor under a regime. Its id has no date. */
export const firstListingKey = ({ record }: Parsed): string =>
  `designations ${textOf(record, 'regime')}/${textOf(record, 'actor')}`;

function listedOn(record: Record<string, unknown>): string {
  const date = record['listedOn'];
  return typeof date === 'object' && date !== null ? textOf(date as Record<string, unknown>, 'edtf') : String(date);
}

/** The typed id of a further listing of an actor under a regime. */
export const furtherListingId = (parsed: Parsed): string => `${idOf(parsed)}/${listedOn(parsed.record)}`;

/** The typed id of a record. That of a merge has the prefix of an actor of any kind: only its target says which it is. */
export function idOf({ section, record, file }: Parsed): string {
  const text = (key: string) => textOf(record, key);
  switch (section) {
    case 'actors':
      return `${ACTOR_PREFIX.get(text('kind')) ?? ANY_ACTOR}:${text('id')}`;
    case 'places':
      return `place:${text('id')}`;
    case 'provisions':
      return `provision:${text('instrument')}/${text('paragraph')}`;
    case 'designations':
      return `designation:${text('regime')}/${text('actor')}`;
    case 'additions':
      return `addition:${file.folder}/${text('of')}`;
    case 'citations':
      return `citations:${file.folder}/${targetOf(record)}`;
    case 'merges':
      return `${ANY_ACTOR}:${text('id')}`;
    case 'regimes':
    case 'instruments':
    case 'document':
      return `${section.replace(/s$/, '')}:${text('id')}`;
    default:
      return `${PREFIX_IN_DOCUMENT[section]}:${file.folder}/${text('id')}`;
  }
}

/** What a record of citations is about. */
const targetOf = (record: Record<string, unknown>): string =>
  ['regime', 'instrument', 'provision']
    .map((key) => textOf(record, key))
    .filter((local) => local !== '' && local !== 'undefined')
    .join(' ');

/** A part of an id. In an invalid record it may have any type; a value that is not a scalar counts as empty. */
function textOf(record: Record<string, unknown>, key: string): string {
  const value = Object.hasOwn(record, key) ? record[key] : undefined;
  if (value instanceof Ref) return value.local;
  return typeof value === 'object' ? '' : String(value);
}
