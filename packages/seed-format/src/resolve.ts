import { citationId } from '@dossier/domain';
import { idOf, keyOf, type Owner, PREFIX_IN_DOCUMENT } from './keys.js';
import { at, type Parsed } from './parse.js';
import type { Problem } from './problem.js';
import { Ref, type RefKind, SECTIONS, type Seeds } from './records.js';

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

/** What the records of a folder may lead to. */
export interface Known {
  /** Whose a key is, in whatever folder it stands. */
  ownerOf: (key: string) => Owner | undefined;
  lineOf: (owner: Owner) => number;
}

/**
 * Gives every record of a folder its typed id, turns every reference into the typed id of what it leads to, and fills in
 * what the files leave out. Duplicate ids and dangling references are reported. A reference to a record that is there but
 * cannot be read dangles not: the record has been reported.
 */
export function resolve(records: Parsed[], known: Known): { seeds: Seeds; entries: Entry[]; problems: Problem[] } {
  const problems: Problem[] = [];
  const entries = records.map((parsed, position) => ({ parsed, id: idOf(parsed, position) }));
  const taken = entries.flatMap(({ parsed }) => {
    const key = keyOf(parsed);
    const owner = known.ownerOf(key);
    return !owner || (owner.file === parsed.file.name && owner.path.join() === parsed.path.join())
      ? []
      : [{ parsed, key, owner }];
  });
  // Sorted by file, so that each file is parsed only once for its lines.
  for (const { parsed, key, owner } of taken.sort((a, b) =>
    a.owner.file < b.owner.file ? -1 : a.owner.file > b.owner.file ? 1 : 0,
  )) {
    problems.push(
      at(
        parsed.file,
        'id' in parsed.record ? [...parsed.path, 'id'] : parsed.path,
        `"${key.split(' ')[1]}" is already the id of a record in ${owner.file}:${known.lineOf(owner)}; expected an id of its own.`,
      ),
    );
  }
  const seeds = noSeeds();
  for (const { parsed, id } of entries) {
    const document = documentOf(parsed);
    const record = walk(parsed.record, [...parsed.path], parsed, document, known, problems) as Record<string, unknown>;
    fillIn(parsed, record);
    record['id'] = id;
    record['origin'] = originOf(parsed, document);
    parsed.record = record;
    (seeds[(parsed.section === 'document' ? 'documents' : parsed.section) as keyof Seeds] as unknown[]).push(record);
  }
  return { seeds, entries, problems };
}

/** Sections without a record in them. */
export const noSeeds = (): Seeds =>
  Object.fromEntries([
    ['documents', []],
    ...Object.values(SECTIONS).flatMap((sections) => Object.keys(sections).map((section) => [section, []])),
  ]) as unknown as Seeds;

// Counting lines costs more than all else: it is done for those that are asked for.
const originOf = ({ file, path }: Parsed, document: string | null) => ({
  document,
  file: file.name,
  get line() {
    return file.lineOf(path);
  },
});

const folderOf = ({ file }: Parsed): string | null => (file.folder === 'background' ? null : file.folder);
const documentOf = (parsed: Parsed): string | null => {
  const folder = folderOf(parsed);
  return folder === null ? null : `document:${folder}`;
};

/** A copy with its references resolved. The path is one list that grows and shrinks on the way: it is copied for what is reported. */
function walk(
  value: unknown,
  path: (string | number)[],
  parsed: Parsed,
  document: string | null,
  known: Known,
  problems: Problem[],
): unknown {
  if (value instanceof Ref) {
    const id = find(value, parsed, known);
    if (id === null)
      problems.push(
        at(parsed.file, path, `"${value.local}" leads to no ${value.kind}; expected the id of one${hint(value)}.`),
      );
    return id ?? value.local;
  }
  const walkInto = (step: string | number, item: unknown): unknown => {
    if (isPlain(item)) return item;
    path.push(step);
    const walked = walk(item, path, parsed, document, known, problems);
    path.pop();
    return walked;
  };
  if (Array.isArray(value)) return value.map((item, position) => walkInto(position, item));
  if (isPlain(value)) return value;
  const walked: Record<string, unknown> = {};
  for (const [key, item] of Object.entries(value as object)) walked[key] = walkInto(key, item);
  if (Array.isArray(walked['at']) && typeof walked['digest'] === 'string') {
    if (document === null)
      problems.push(at(parsed.file, path, 'a passage outside the folder of a document; expected none in background.'));
    else walked['citation'] = citationId(document, walked['at'][0] as number, walked['at'][1] as number);
  }
  return walked;
}

const isPlain = (value: unknown): boolean => typeof value !== 'object' || value === null;

/** A bare local id is of the same folder; `<document>/<id>` of any. */
function find({ kind, local: wanted }: Ref, parsed: Parsed, known: Known): string | null {
  for (const section of REF_SECTIONS[kind]) {
    const inDocument = Object.hasOwn(PREFIX_IN_DOCUMENT, section);
    const space = section === 'actors' || section === 'places' ? 'party' : section;
    const id = known.ownerOf(
      `${space} ${inDocument && !wanted.includes('/') ? `${parsed.file.folder}/${wanted}` : wanted}`,
    )?.id;
    if (!id) continue;
    if (section === 'actors' && id.startsWith('place:')) continue;
    if (section === 'places' && !id.startsWith('place:')) continue;
    return id;
  }
  return null;
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

const SOURCED_BY_DEFAULT = new Set([
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

/** What the files leave out: the basis of the folder, the candidates of a plain attribution, a derivation's caveat. */
function fillIn({ section, file }: Parsed, record: Record<string, unknown>): void {
  const folderBasis = file.folder === 'background' ? 'BACKGROUND' : 'DOCUMENT';
  if (SOURCED_BY_DEFAULT.has(section)) record['basis'] ??= record['derivation'] ? 'DERIVED' : folderBasis;
  if (section === 'actors' || section === 'places') {
    for (const affiliation of record['affiliations'] as { basis?: unknown }[]) affiliation.basis ??= record['basis'];
  }
  if (section === 'statements') {
    const attribution = record['attribution'] as { speakers: string[]; candidates?: string[] };
    attribution.candidates ??= attribution.speakers;
  }
  if (section === 'figures' && record['derivation']) {
    const derivation = record['derivation'] as { caveat: unknown };
    derivation.caveat ??= record['note'];
  }
}
