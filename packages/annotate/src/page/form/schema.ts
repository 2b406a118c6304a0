import type { FieldSchema, RecordValue } from '../../api.js';

/** A schema without references, and whether its value may be null. */
export interface Resolved {
  schema: FieldSchema;
  isNullable: boolean;
}

export type Definitions = Readonly<Record<string, FieldSchema>>;

/** The kind of input that edits a field. */
export type FieldKind =
  | 'enum'
  | 'flag'
  | 'integer'
  | 'reference'
  | 'text'
  | 'line'
  | 'list'
  | 'variants'
  | 'mapping'
  | 'position';

export function resolve(schema: FieldSchema, definitions: Definitions, value?: unknown): Resolved {
  const { $ref, ...rest } = schema;
  const target = $ref === undefined ? undefined : definitions[$ref.replace('#/$defs/', '')];
  // The description of a field is that of its use, not that of its type.
  const own: FieldSchema = target ? { ...target, ...rest } : rest;
  const choices = own.anyOf;
  if (!choices) return { schema: own, isNullable: false };
  const isNullable = choices.some(({ type }) => type === 'null');
  const others = choices.filter(({ type }) => type !== 'null').map((each) => resolve(each, definitions, value));
  // A date of a listing may be a text or a mapping: as it is written, or else a mapping.
  const isText = typeof value === 'string';
  const chosen = others.find(({ schema: each }) => (each.type === 'string') === isText) ?? others.at(-1);
  const { description = chosen?.schema.description, title = chosen?.schema.title } = own;
  return {
    schema: {
      ...chosen?.schema,
      ...(description !== undefined && { description }),
      ...(title !== undefined && { title }),
    },
    isNullable: isNullable || others.some((other) => other.isNullable),
  };
}

const LONG = new Set([
  'summary',
  'note',
  'explanation',
  'rationale',
  'fact',
  'description',
  'reason',
  'caveat',
  'caution',
]);

export function kindOf({ schema }: Resolved, key: string): FieldKind {
  if (schema.enum) return 'enum';
  if (schema.oneOf) return 'variants';
  if (schema.type === 'boolean') return 'flag';
  if (schema.type === 'integer' || schema.type === 'number') return 'integer';
  if (schema['prefixItems']) return 'position';
  if (schema.type === 'array') return 'list';
  if (schema.type === 'object') return 'mapping';
  if (schema.title?.startsWith('Id of a')) return 'reference';
  return LONG.has(key) ? 'text' : 'line';
}

/** Whether a mapping is a passage, perhaps with more, e.g. the form of a mention. */
export const isPassage = ({ properties }: FieldSchema): boolean =>
  properties !== undefined && Object.hasOwn(properties, 'at') && Object.hasOwn(properties, 'digest');

/** The variant of a record of several kinds, and the name of its kind, by the value or else the first. */
export function variantOf(schema: FieldSchema, value: unknown): { schema: FieldSchema; kinds: readonly string[] } {
  const variants = schema.oneOf ?? [];
  const kindsOf = (variant: FieldSchema): string => variant.properties?.['kind']?.const ?? '';
  const kind = (value as RecordValue | undefined)?.['kind'];
  return {
    schema: variants.find((variant) => kindsOf(variant) === kind) ?? variants[0] ?? {},
    kinds: variants.map(kindsOf),
  };
}

const LABELS: Readonly<Record<string, string>> = {
  edtf: 'Date (EDTF)',
  hsChapters: 'HS chapters',
  hsCode: 'HS code',
  lang: 'Language',
  url: 'URL',
};

/** `saidOn` as a label: "Said on". */
export function labelOf(key: string): string {
  if (Object.hasOwn(LABELS, key)) return LABELS[key] as string;
  const words = key.replace(/([A-Z])/g, (letter) => ` ${letter.toLowerCase()}`);
  return words.charAt(0).toUpperCase() + words.slice(1);
}

const SINGULAR: Readonly<Record<string, string>> = {
  addressees: 'addressee',
  aliases: 'alias',
  affiliations: 'affiliation',
  candidates: 'candidate',
  commodities: 'commodity',
  hedges: 'hedge',
  inputs: 'input',
  mentions: 'mention',
  passages: 'passage',
  relayChain: 'carrier',
  speakers: 'speaker',
  statements: 'statement',
  topics: 'topic',
};

/** The name of a single item of a list, for the button that adds one. */
export const itemName = (key: string): string => SINGULAR[key] ?? labelOf(key).toLowerCase().replace(/s$/, '');

const SECTION_NAMES: Readonly<Record<string, string>> = {
  statements: 'statement',
  relations: 'relation',
  quotations: 'quotation',
  works: 'work',
  tensions: 'tension',
  cautions: 'caution',
  insertions: 'insertion',
  numbers: 'number',
  actors: 'actor',
  places: 'place',
  offices: 'office',
  kinship: 'kinship',
  events: 'event',
  additions: 'addition to a shared actor or place',
  regimes: 'regime',
  instruments: 'instrument',
  provisions: 'provision',
  links: 'link to a provision',
  designations: 'designation',
  citations: 'citation of a regime or provision',
  figures: 'figure',
  commodities: 'commodity',
};

export const sectionName = (section: string): string => SECTION_NAMES[section] ?? section;
export const isEmptyValue = (value: unknown): boolean =>
  value === undefined ||
  value === null ||
  value === '' ||
  (typeof value === 'object' && Object.keys(value).length === 0);
