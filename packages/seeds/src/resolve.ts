import { citationId } from '@dossier/provenance';
import { at, type Parsed } from './parse.js';
import type { Path, Problem } from './problem.js';
import { Ref, type RefKind, SECTIONS, type Seeds } from './records.js';

const ACTOR_PREFIX: Record<string, string> = { PERSON: 'person', POLITY: 'polity', ORGANIZATION: 'organization', MEDIA_OUTLET: 'outlet', GROUP: 'group' };

/** Sections whose local ids hold within one document, with the prefix of their typed id. */
const PREFIX_IN_DOCUMENT: Record<string, string> = {
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

/** An actor whose kind cannot be read is one all the same. */
const ANY_ACTOR = 'actor';

/**
 * Gives every record its typed id, turns every reference into the typed id of what it leads to, and fills in what the
 * files leave out. Duplicate ids and dangling references are reported. A reference to a record that is there but cannot be
 * read dangles not: the record has been reported.
 */
export function resolve(records: Parsed[], unreadable: Parsed[]): { seeds: Seeds; entries: Entry[]; problems: Problem[] } {
  const problems: Problem[] = [];
  const index = new Map<string, string>();
  const entries = records.map((parsed, position) => ({ parsed, id: idOf(parsed, position) }));
  const owner = new Map<string, Entry>();
  for (const entry of entries) {
    const key = keyOf(entry.parsed);
    const earlier = owner.get(key);
    if (earlier) {
      problems.push(
        at(
          entry.parsed.file,
          'id' in entry.parsed.record ? [...entry.parsed.path, 'id'] : entry.parsed.path,
          `"${key.split(' ')[1]}" is already the id of a record in ${earlier.parsed.file.name}:${earlier.parsed.file.lineOf(earlier.parsed.path)}; expected an id of its own.`,
        ),
      );
      continue;
    }
    owner.set(key, entry);
    index.set(key, entry.id);
  }
  for (const parsed of unreadable) {
    const key = keyOf(parsed);
    if (!index.has(key)) index.set(key, idOf(parsed, 0));
  }
  const seeds = Object.fromEntries([['documents', []], ...Object.values(SECTIONS).flatMap((sections) => Object.keys(sections).map((section) => [section, []]))]) as unknown as Seeds;
  for (const { parsed, id } of entries) {
    const document = documentOf(parsed);
    const walked = walk(parsed.record, [...parsed.path], parsed, document, index, problems) as Record<string, unknown>;
    const record = { ...withDefaults(parsed, walked), id, origin: { document, file: parsed.file.name, line: parsed.file.lineOf(parsed.path) } };
    parsed.record = record;
    (seeds[(parsed.section === 'document' ? 'documents' : parsed.section) as keyof Seeds] as unknown[]).push(record);
  }
  return { seeds, entries, problems };
}

const folderOf = ({ file }: Parsed): string | null => (file.folder === 'background' ? null : file.folder);
const documentOf = (parsed: Parsed): string | null => {
  const folder = folderOf(parsed);
  return folder === null ? null : `document:${folder}`;
};

/** What a reference calls a record: its space, and its id there. */
function keyOf({ section, record, file }: Parsed): string {
  const text = (key: string) => String(local(record[key]));
  switch (section) {
    case 'actors':
    case 'places':
      // One space: a slug means one actor or place.
      return `party ${text('id')}`;
    case 'provisions':
      return `provisions ${text('instrument')}/${text('paragraph')}`;
    case 'designations':
      return `designations ${text('regime')}/${text('actor')}`;
    case 'mentions':
      return `mentions ${file.folder}/${text('of')}/${JSON.stringify(record['at'])}`;
    case 'regimes':
    case 'instruments':
    case 'document':
      return `${section} ${text('id')}`;
    default:
      return `${section} ${file.folder}/${text('id')}`;
  }
}

function idOf(parsed: Parsed, position: number): string {
  const { section, record, file } = parsed;
  const text = (key: string) => String(local(record[key]));
  switch (section) {
    case 'actors':
      return `${ACTOR_PREFIX[text('kind')] ?? ANY_ACTOR}:${text('id')}`;
    case 'places':
      return `place:${text('id')}`;
    case 'provisions':
      return `provision:${text('instrument')}/${text('paragraph')}`;
    case 'designations':
      return `designation:${text('regime')}/${text('actor')}`;
    case 'mentions':
      return `mention:${position}`;
    case 'regimes':
    case 'instruments':
    case 'document':
      return `${section.replace(/s$/, '')}:${text('id')}`;
    default:
      return `${PREFIX_IN_DOCUMENT[section]}:${file.folder}/${text('id')}`;
  }
}

const local = (value: unknown): unknown => (value instanceof Ref ? value.local : value);

function walk(value: unknown, path: Path, parsed: Parsed, document: string | null, index: Map<string, string>, problems: Problem[]): unknown {
  if (value instanceof Ref) {
    const id = find(value, parsed, index);
    if (id === null) problems.push(at(parsed.file, path, `"${value.local}" leads to no ${value.kind}; expected the id of one${hint(value)}.`));
    return id ?? value.local;
  }
  if (Array.isArray(value)) return value.map((item, position) => walk(item, [...path, position], parsed, document, index, problems));
  if (typeof value !== 'object' || value === null) return value;
  const walked = Object.fromEntries(Object.entries(value).map(([key, item]) => [key, walk(item, [...path, key], parsed, document, index, problems)]));
  if (Array.isArray(walked['at']) && typeof walked['digest'] === 'string') {
    if (document === null) problems.push(at(parsed.file, path, 'a passage outside the folder of a document; expected none in background.'));
    else walked['citation'] = citationId(document, walked['at'][0] as number, walked['at'][1] as number);
  }
  return walked;
}

/** A bare local id is of the same folder; `<document>/<id>` of any. */
function find({ kind, local: wanted }: Ref, parsed: Parsed, index: Map<string, string>): string | null {
  for (const section of REF_SECTIONS[kind]) {
    const inDocument = Object.hasOwn(PREFIX_IN_DOCUMENT, section);
    const space = section === 'actors' || section === 'places' ? 'party' : section;
    const id = index.get(`${space} ${inDocument && !wanted.includes('/') ? `${parsed.file.folder}/${wanted}` : wanted}`);
    if (!id) continue;
    if (section === 'actors' && id.startsWith('place:')) continue;
    if (section === 'places' && !id.startsWith('place:')) continue;
    return id;
  }
  return null;
}

const hint = ({ kind }: Ref): string =>
  (({ actor: ', e.g. kim-jong-un', place: ', e.g. donbass', provision: ', e.g. unscr-2397/8', statement: ', e.g. S06, or <document>/S06 from another folder' }) as Partial<Record<RefKind, string>>)[
    kind
  ] ?? '';

const SOURCED_BY_DEFAULT = new Set(['actors', 'places', 'offices', 'kinship', 'events', 'statements', 'quotations', 'works', 'regimes', 'instruments', 'provisions', 'designations', 'figures']);

/** What the files leave out: the basis of the folder, the candidates of a plain attribution, a derivation's caveat. */
function withDefaults({ section, file }: Parsed, record: Record<string, unknown>): Record<string, unknown> {
  const folderBasis = file.folder === 'background' ? 'BACKGROUND' : 'DOCUMENT';
  const filled = { ...record };
  if (SOURCED_BY_DEFAULT.has(section)) filled['basis'] ??= record['derivation'] ? 'DERIVED' : folderBasis;
  if (section === 'actors' || section === 'places') {
    filled['affiliations'] = (record['affiliations'] as { basis?: string }[]).map((affiliation) => ({ ...affiliation, basis: affiliation.basis ?? filled['basis'] }));
  }
  if (section === 'statements') {
    const attribution = record['attribution'] as { speakers: string[]; candidates?: string[] };
    filled['attribution'] = { ...attribution, candidates: attribution.candidates ?? attribution.speakers };
  }
  if (section === 'figures' && record['derivation']) {
    const derivation = record['derivation'] as { caveat: string | null };
    filled['derivation'] = { ...derivation, caveat: derivation.caveat ?? record['note'] };
  }
  return filled;
}
