import { citationId } from '@dossier/domain/facts';
import { idsIn, linked, recordsOf, SHARED_RECORDS } from './consequences.js';
import { firstListingKey, furtherListingId, idOf, keyOf, type Owner, PREFIX_IN_DOCUMENT } from './keys.js';
import { type Parsed, problemInFile, spaceOf } from './parse.js';
import type { Problem } from './problem.js';
import { REGISTER, Ref, type RefKind, SECTIONS, type Seeds } from './records.js';

const REF_SECTIONS: Record<RefKind, string[]> = {
  actor: ['actors'],
  place: ['places'],
  party: ['actors', 'places'],
  event: ['events'],
  statement: ['statements'],
  work: ['works'],
  commodity: ['commodities'],
  figure: ['figures'],
  regime: ['regimes'],
  instrument: ['instruments'],
  provision: ['provisions'],
};

/** A resolved record on its way through the checks. */
export interface Entry {
  parsed: Parsed;
  id: string;
}

/** The records that references may lead to. */
export interface RecordIndex {
  /** The owner of a key, in any folder; undefined if there is none. */
  ownerOf: (key: string) => Owner | undefined;
  lineOf: (owner: Owner) => number;
  /** The slug that an actor or a place has: the one that it was merged into, or its own. */
  survivorOf: (slug: string) => string;
}

/**
 * Gives every record of a folder its typed id, replaces every reference by the typed id of its target, and fills in
 * defaults. Duplicate ids and dangling references are reported. A reference to an invalid record is not
 * dangling: the record has been reported.
 */
export function resolve(
  records: Parsed[],
  known: RecordIndex,
): { seeds: Seeds; entries: Entry[]; problems: Problem[] } {
  const problems: Problem[] = [];
  const entries = records.map((parsed) => ({
    parsed,
    id:
      parsed.section === 'designations' && !isOwner(parsed, known.ownerOf(firstListingKey(parsed)))
        ? furtherListingId(parsed)
        : idOf(parsed),
  }));
  const duplicates = entries.flatMap(({ parsed }) => {
    const key = keyOf(parsed);
    const owner = known.ownerOf(key);
    return !owner || isOwner(parsed, owner) ? [] : [{ parsed, key, owner }];
  });
  // Sorted by file, so that each file is parsed only once for its lines.
  for (const { parsed, key, owner } of duplicates.sort((a, b) =>
    a.owner.file < b.owner.file ? -1 : a.owner.file > b.owner.file ? 1 : 0,
  )) {
    problems.push(
      linked(
        problemInFile(
          parsed.file,
          'id' in parsed.record ? [...parsed.path, 'id'] : parsed.path,
          `"${key.split(' ')[1]}" is already the id of a record in ${owner.file}:${known.lineOf(owner)}; expected a unique id.`,
        ),
        { subjects: [idsIn(spaceOf(parsed.section), parsed.file.folder)] },
      ),
    );
  }
  const seeds = emptySeeds();
  for (const entry of entries) {
    const { parsed } = entry;
    const document = documentOf(parsed);
    const record = resolveRefs(parsed.record, [...parsed.path], parsed, document, known, problems) as Record<
      string,
      unknown
    >;
    applyDefaults(parsed, record);
    if (parsed.section === 'merges') entry.id = withPrefixOf(String(record['sameAs']), String(record['id']));
    record['id'] = entry.id;
    record['origin'] = originOf(parsed, document);
    const survivor = survivorOf(parsed, known);
    parsed.record = record;
    if (survivor !== null) seeds.additions.push(additionTo(survivor, record as unknown as Named));
    else
      (seeds[(parsed.section === 'document' ? 'documents' : parsed.section) as keyof Seeds] as unknown[]).push(record);
  }
  return { seeds, entries, problems };
}

const isOwner = ({ file, path }: Parsed, owner: Owner | undefined): boolean =>
  owner !== undefined && owner.file === file.name && owner.path.join() === path.join();

/** All sections, without records. */
export const emptySeeds = (): Seeds =>
  Object.fromEntries([
    ['documents', []],
    ...Object.values(SECTIONS).flatMap((sections) => Object.keys(sections).map((section) => [section, []])),
  ]) as unknown as Seeds;

// Lines are computed on demand, because that is slow.
const originOf = ({ file, path }: Parsed, document: string | null) => ({
  document,
  file: file.name,
  get line() {
    return file.lineOf(path);
  },
});

const documentOf = ({ file }: Parsed): string | null => (file.folder === REGISTER ? null : `document:${file.folder}`);

type Named = Seeds['actors'][number] | Seeds['places'][number];

/** The typed id that the actor or place of a record was merged into; null if it was not. */
function survivorOf(parsed: Parsed, known: RecordIndex): string | null {
  const { section, record } = parsed;
  if (section !== 'actors' && section !== 'places') return null;
  const slug = String(record['id']);
  return known.survivorOf(slug) === slug ? null : findReferent(new Ref('party', slug), parsed, known);
}

const withPrefixOf = (id: string, slug: string): string =>
  id.includes(':') ? `${id.slice(0, id.indexOf(':'))}:${slug}` : slug;

/** The addition to a record that another one was merged into: its names, identifiers, affiliations and mentions. */
function additionTo(survivor: string, record: Named): Seeds['additions'][number] {
  const { id, origin, name, description, basis, references, aliases, identifiers, affiliations, mentions, note } =
    record;
  const isAlias = aliases.some(({ text }) => text === name);
  const own = { text: name, lang: null, inDocument: false, caution: null, basis, references };
  return {
    id,
    origin,
    of: survivor,
    description,
    aliases: isAlias ? aliases : [own, ...aliases],
    identifiers,
    affiliations,
    mentions,
    note,
  };
}

/** A copy with its references resolved. `path` is mutated during the traversal and must be copied to be kept. */
function resolveRefs(
  value: unknown,
  path: (string | number)[],
  parsed: Parsed,
  document: string | null,
  known: RecordIndex,
  problems: Problem[],
): unknown {
  if (value instanceof Ref) {
    const id = findReferent(value, parsed, known);
    if (id === null)
      problems.push(
        linked(
          problemInFile(
            parsed.file,
            path,
            `"${value.local}" is not the id of a known ${value.kind}; expected the id of one${hint(value)}.`,
          ),
          linksOf(value, parsed.file.folder),
        ),
      );
    return id ?? value.local;
  }
  const walkInto = (step: string | number, item: unknown): unknown => {
    if (isScalar(item)) return item;
    path.push(step);
    const walked = resolveRefs(item, path, parsed, document, known, problems);
    path.pop();
    return walked;
  };
  if (Array.isArray(value)) return value.map((item, position) => walkInto(position, item));
  if (isScalar(value)) return value;
  const walked: Record<string, unknown> = {};
  for (const [key, item] of Object.entries(value as object)) walked[key] = walkInto(key, item);
  if (Array.isArray(walked['at']) && typeof walked['digest'] === 'string') {
    if (document === null)
      problems.push(
        problemInFile(parsed.file, path, 'a passage in the register, which has no document; expected none.'),
      );
    else walked['citation'] = citationId(document, walked['at'][0] as number, walked['at'][1] as number);
  }
  return walked;
}

/** A dangling reference follows from a file that cannot be read, from a wrong id, and from the first reference to the same id. */
function linksOf({ kind, local }: Ref, folder: string): { subjects: string[]; causes: string[] } {
  const sections = REF_SECTIONS[kind];
  const isLocal = sections.every((section) => Object.hasOwn(PREFIX_IN_DOCUMENT, section));
  const target = isLocal && local.includes('/') ? local.slice(0, local.indexOf('/')) : folder;
  const missing = `missing ${sections[0]} ${local}`;
  return {
    subjects: [missing],
    causes: [
      recordsOf(target),
      ...(isLocal ? [] : [SHARED_RECORDS]),
      ...sections.map((section) => idsIn(spaceOf(section), target)),
      missing,
    ],
  };
}

const isScalar = (value: unknown): boolean => typeof value !== 'object' || value === null;

/** The typed id of the target; null if there is none. A local id refers to the same folder, `<document>/<id>` to any. */
function findReferent({ kind, local: wanted }: Ref, parsed: Parsed, known: RecordIndex): string | null {
  for (const section of REF_SECTIONS[kind]) {
    const id = known.ownerOf(keyIn(section, wanted, parsed, known))?.id;
    if (!id) continue;
    if (section === 'actors' && id.startsWith('place:')) continue;
    if (section === 'places' && !id.startsWith('place:')) continue;
    return id;
  }
  return null;
}

function keyIn(section: string, wanted: string, { section: from, file }: Parsed, known: RecordIndex): string {
  // A merge names its target itself, so that chains can be reported.
  if (section === 'actors' || section === 'places')
    return `party ${from === 'merges' ? wanted : known.survivorOf(wanted)}`;
  const isLocal = Object.hasOwn(PREFIX_IN_DOCUMENT, section) && !wanted.includes('/');
  return `${section} ${isLocal ? `${file.folder}/${wanted}` : wanted}`;
}

const hint = ({ kind }: Ref): string =>
  (
    ({
      actor: ', e.g. kim-jong-un',
      place: ', e.g. donbass',
      provision: ', e.g. unscr-2397/8',
      statement: ', e.g. S06, or <document>/S06 from another folder',
    }) as Partial<Record<RefKind, string>>
  )[kind] ?? '';

const SECTIONS_WITH_BASIS = new Set([
  'actors',
  'places',
  'offices',
  'kinship',
  'events',
  'statements',
  'quotations',
  'works',
  'regimes',
  'instruments',
  'provisions',
  'designations',
  'figures',
]);

/** Defaults: the basis of the folder, the speakers as candidates, the note as a derivation's caveat. */
function applyDefaults({ section, file }: Parsed, record: Record<string, unknown>): void {
  const folderBasis = file.folder === REGISTER ? 'BACKGROUND' : 'DOCUMENT';
  if (SECTIONS_WITH_BASIS.has(section)) record['basis'] ??= record['derivation'] ? 'DERIVED' : folderBasis;
  if (section === 'actors' || section === 'places' || section === 'additions') {
    const { basis = folderBasis, references = [] } = record;
    for (const affiliation of record['affiliations'] as { basis?: unknown }[]) affiliation.basis ??= basis;
    for (const alias of record['aliases'] as { basis?: unknown; references: unknown[] }[]) {
      // An alias that says nothing of its source comes from the source of the record.
      if (alias.basis === undefined && alias.references.length === 0) alias.references = references as unknown[];
      alias.basis ??= basis;
    }
  }
  if (section === 'statements') {
    const attribution = record['attribution'] as { speakers: string[]; candidates?: string[] };
    attribution.candidates ??= [...new Set(attribution.speakers)];
  }
  if (section === 'designations') {
    const dateBasis = record['basis'] === 'BACKGROUND' ? 'BACKGROUND' : 'STATED';
    for (const date of [record['listedOn'], record['delistedOn']])
      if (date) (date as { basis?: string }).basis ??= dateBasis;
  }
  if (section === 'figures' && record['derivation']) {
    const derivation = record['derivation'] as { caveat: unknown };
    derivation.caveat ??= record['note'];
  }
}
