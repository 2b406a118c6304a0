import { readFileSync } from 'node:fs';
import { readSupergraph } from '@dossier/execution/supergraph';
import { type RunningGateway, supergraphFile } from '@dossier/gateway';
import {
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLInputType,
  type GraphQLNamedType,
  type GraphQLObjectType,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql';
import type { SeededRandom } from '../support/seededRandom.js';
import { UNKNOWN_IDS } from '../support/unknownIds.js';

/** A list of the graph: a field with pages, of the query or of the nodes of a type. */
export interface List {
  /** Null for a field of the query. */
  parent: GraphQLObjectType | null;
  field: GraphQLField<unknown, unknown>;
}

/** Values of the data, from which arguments are chosen. */
export interface Known {
  /** Ids by the name of their type. */
  ids: Record<string, string[]>;
  texts: string[];
  days: string[];
}

/** Every list of the graph. */
export function lists(): List[] {
  const { apiSchema } = readSupergraph(readFileSync(supergraphFile, 'utf8'));
  const query = apiSchema.getQueryType();
  return Object.values(apiSchema.getTypeMap())
    .filter(isObjectType)
    .flatMap((type) =>
      Object.values(type.getFields())
        .filter((field) => field.args.some(({ name }) => name === 'first'))
        .map((field): List => ({ parent: type === query ? null : type, field })),
    );
}

const nodeOf = ({ field }: List): GraphQLObjectType => {
  const { nodes } = (getNamedType(field.type) as GraphQLObjectType).getFields();
  return getNamedType((nodes as GraphQLField<unknown, unknown>).type) as GraphQLObjectType;
};

/** All values of a type's fields without arguments that are not objects. */
const leaves = (type: GraphQLObjectType, without: readonly string[] = []): string =>
  [
    '__typename',
    ...Object.values(type.getFields())
      .filter(
        ({ name, type: of, args }) => isLeafType(getNamedType(of)) && args.length === 0 && !without.includes(name),
      )
      .map(({ name }) => name),
  ].join(' ');

/** The numbers of a list by value, of those lists that have them. */
const facets = (connection: GraphQLObjectType): string => {
  const { facets: field } = connection.getFields();
  if (!field) return '';
  const counts = Object.values((getNamedType(field.type) as GraphQLObjectType).getFields())
    .map(({ name, type }) => [name, getNamedType(type)] as const)
    .filter(([, type]) => isObjectType(type));
  return `facets { isBounded ${counts.map(([name, type]) => `${name} { ${leaves(type as GraphQLObjectType)} }`).join(' ')} }`;
};

/** A query for a page of a list, with all values of its nodes, and with its numbers by value if wanted. */
export function pageQuery(list: List, hasFacets = false): string {
  const { parent, field } = list;
  const connection = getNamedType(field.type) as GraphQLObjectType;
  const { edges } = connection.getFields();
  const edge = getNamedType((edges as GraphQLField<unknown, unknown>).type) as GraphQLObjectType;
  const variables = field.args.map(({ name, type, defaultValue }) => {
    const isRequired = isNonNullType(type) && defaultValue === undefined;
    return `$${name}: ${isNonNullType(type) && !isRequired ? type.ofType : type}`;
  });
  const args = field.args.map(({ name }) => `${name}: $${name}`).join(', ');
  const selection = `${field.name}(${args}) { ${leaves(connection)} ${hasFacets ? facets(connection) : ''} edges { ${leaves(edge)} node { ${leaves(nodeOf(list))} } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } }`;
  return parent
    ? `query ($parent: ID!, ${variables.join(', ')}) { node(id: $parent) { ... on ${parent.name} { list: ${selection} } } }`
    : `query (${variables.join(', ')}) { list: ${selection} }`;
}

/** Texts that a database may read in its own way: as syntax, as equal to another one, or not at all. */
const ODD_TEXTS = [
  ...['', ' ', '\t\n', '\u0000', 'a\u0000b', '\ud800', 'a\udfffb', '\ufffd', '\ufffe', '\u0001', '\u007f', '\u00a0'],
  ...[
    "'",
    "''",
    '"',
    '\\',
    '\\\\',
    '%',
    '_',
    '%im',
    'a_',
    ';--',
    '$1',
    '?',
    '{}',
    'NULL',
    ':*',
    '&',
    '|',
    '!',
    '<->',
    '(',
  ],
  ...[
    'é',
    'e\u0301',
    'É',
    'ß',
    'SS',
    'ẞ',
    'ı',
    'İ',
    'ſ',
    'ﬁ',
    'Ǆ',
    'ς',
    'Σ',
    'Ω',
    'Ω',
    'Å',
    'Å',
    '½',
    '²',
    '①',
    '１２',
    '٣',
  ],
  ...[
    '김',
    '김',
    '漢',
    '神',
    'ｶﾞ',
    'ガ',
    'กำ',
    'क्षि',
    'عَرَبِيّ',
    '👩‍🚀',
    '𝒽',
    '\u{1f600}',
    '\u{10ffff}',
    '\u200d',
    '\u202e',
    '\ufeff',
  ],
];

const ACTORS = ['Person', 'Polity', 'Organization', 'MediaOutlet', 'Group'];
/** Types of the ids of an argument; those of actors unless it is named here. */
const TYPES: Readonly<Record<string, string[]>> = {
  ...{ document: ['Document'], place: ['Place'], within: ['Place'], regime: ['Regime'], instrument: ['Instrument'] },
  id: ['Person', 'Place', 'Document', 'Statement', 'Provision', 'TradeFigure'],
};

/** Numbers of rows, and what is no such number. */
const SIZES = [0, 1, 2, 3, 7, 20, 99, 100, 101, -1, 2_147_483_647, -2_147_483_648];

const ODD_DAYS = [
  '0001-01-01',
  '9999-12-31',
  '2022-02-29',
  '2024-02-29',
  '2022-07',
  '',
  '2022-07-31\u0000',
  '-2022-07-31',
];

/** Random arguments of a list. */
export function argumentsFor({ parent, field }: List, known: Known, random: SeededRandom): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  if (parent) values['parent'] = random.chance(93) ? idOf(known, random, parent.name) : oddText(known, random);
  for (const { name, type } of field.args) {
    if (['first', 'last', 'after', 'before'].includes(name)) continue;
    if (isNonNullType(type) || random.chance(50)) values[name] = valueFor(name, type);
  }
  const size = random.chance(80) ? random.below(6) : random.of(SIZES);
  values[random.chance(60) ? 'first' : 'last'] = size;
  if (random.chance(2)) Object.assign(values, { first: 2, last: 2 });
  return values;

  function valueFor(name: string, type: GraphQLInputType): unknown {
    const inner: GraphQLNamedType = getNamedType(type);
    const nullable = isNonNullType(type) ? type.ofType : type;
    if (!isNonNullType(type) && random.chance(4)) return null;
    if (isListType(nullable)) return Array.from({ length: listSize() }, () => single(name, inner));
    return single(name, inner);
  }
  function single(name: string, inner: GraphQLNamedType): unknown {
    if (isEnumType(inner)) return random.of(inner.getValues()).name;
    if (isInputObjectType(inner)) {
      const fields = Object.values(inner.getFields());
      // Mostly one or two: with more, hardly any row would be found.
      const chosen = new Set(Array.from({ length: 1 + random.below(3) }, () => random.of(fields)));
      return Object.fromEntries(
        fields
          .filter((input: GraphQLInputField) => isNonNullType(input.type) || chosen.has(input))
          .map((input) => [
            input.name,
            valueFor(input.name, isNonNullType(input.type) ? input.type.ofType : input.type),
          ]),
      );
    }
    switch (inner.name) {
      case 'ID':
        return random.chance(92) ? idOf(known, random, random.of(TYPES[name] ?? ACTORS)) : oddText(known, random);
      case 'Int':
        return random.of(SIZES);
      case 'Boolean':
        return random.chance(50);
      case 'Date':
        return random.chance(90) ? random.of(known.days) : random.of(ODD_DAYS);
      default:
        return name === 'search' ? searchOf(known, random) : oddText(known, random);
    }
  }
  function listSize(): number {
    return random.chance(4) ? 0 : random.chance(2) ? 101 : 1 + random.below(3);
  }
}

/**
 * Arguments of a list for plans of its queries: none, then each field of its filter alone, in every order and direction. Each has a value of
 * the data, if there is one.
 */
export function everyFilter({ field }: List, known: Known): Record<string, unknown>[] {
  const argument = (name: string) => field.args.find((arg) => arg.name === name);
  const valuesOf = (name: string): unknown[] => {
    const type = argument(name) && getNamedType((argument(name) as GraphQLArgument).type);
    return isEnumType(type) ? type.getValues().map(({ value }) => value) : [undefined];
  };
  const filter = argument('filter') && getNamedType((argument('filter') as GraphQLArgument).type);
  const fields = isInputObjectType(filter) ? Object.values(filter.getFields()) : [];
  const filters = [undefined, ...fields.map((input) => ({ [input.name]: typicalValue(input, known) }))];
  return filters.flatMap((of) =>
    // Only a search has matches to rank.
    valuesOf('orderBy')
      .filter((orderBy) => orderBy !== 'RELEVANCE' || (of && 'search' in of))
      .flatMap((orderBy) =>
        valuesOf('direction').map((direction) =>
          Object.fromEntries(
            Object.entries({ filter: of, orderBy, direction }).filter(([, value]) => value !== undefined),
          ),
        ),
      ),
  );
}

const TYPICAL: Readonly<Record<string, unknown>> = {
  search: 'commonly',
  topic: ['labour'],
  commodity: 'coal',
  unit: ['USD'],
  identifier: { scheme: 'WIKIDATA', value: 'Q1' },
  hasProvision: true,
};

function typicalValue({ name, type }: GraphQLInputField, { ids }: Known): unknown {
  const inner = getNamedType(type);
  const isList = isListType(isNonNullType(type) ? type.ofType : type);
  if (isEnumType(inner)) {
    const [first, second] = inner.getValues().map(({ value }) => value);
    return isList ? [first, second] : first;
  }
  if (inner.name === 'Date') return '2015-01-01';
  if (inner.name === 'ID') return (TYPES[name] ?? ACTORS).flatMap((of) => ids[of] ?? [])[0] ?? UNKNOWN_IDS['Person'];
  return TYPICAL[name];
}

/** An id of a type; sometimes one that does not exist, or one of another type. */
function idOf({ ids }: Known, random: SeededRandom, expected: string): string {
  const type = random.chance(96) ? expected : random.of(Object.keys(ids));
  const found = ids[type] ?? [];
  return found.length > 0 && random.chance(92) ? random.of(found) : random.of(Object.values(UNKNOWN_IDS));
}

function oddText({ texts }: Known, random: SeededRandom): string {
  const text = random.chance(50) ? random.of(ODD_TEXTS) : random.of(texts);
  if (random.chance(3)) return text.padEnd(10_000, `${text}x`);
  return random.chance(20) ? `${text}${random.of(ODD_TEXTS)}` : text;
}

/** Words of the data, beginnings of words, in other cases and forms, and odd texts. */
function searchOf(known: Known, random: SeededRandom): string {
  if (random.chance(10)) return oddText(known, random);
  const words = Array.from({ length: 1 + random.below(3) }, () => {
    const word = random.of(random.of(known.texts).split(/\s+/)) ?? '';
    const letters = [...word];
    const changed = random.chance(40) ? letters.slice(0, 1 + random.below(letters.length || 1)).join('') : word;
    const form = random.of(['', '', 'upper', 'lower', 'NFD', 'NFKC']);
    if (form === 'upper') return changed.toUpperCase();
    if (form === 'lower') return changed.toLowerCase();
    return form === '' ? changed : changed.normalize(form);
  });
  if (random.chance(15)) words.splice(random.below(words.length + 1), 0, random.of(ODD_TEXTS));
  return words.join(random.of([' ', ' ', ' ', '-', '\u0000', "'", '\u00a0', '.']));
}

/** Ids, texts and days of the data. */
export async function readKnown(graph: RunningGateway): Promise<Known> {
  const roots = lists().filter(({ parent }) => parent === null);
  const ids: Record<string, Set<string>> = {};
  const texts = new Set<string>();
  const days = new Set<string>(['2022-07-31']);
  for (const list of roots) {
    const text = JSON.stringify(await graph.execute({ query: pageQuery(list), variables: { first: 100 } }));
    for (const [, type = '', id = ''] of text.matchAll(/"__typename":"(\w+)","id":"([^"]+)"/g)) {
      ids[type] ??= new Set();
      ids[type].add(id);
    }
    for (const [, value = ''] of text.matchAll(/":"((?:[^"\\]|\\.)+)"/g)) {
      const decoded = JSON.parse(`"${value}"`) as string;
      if (/^\d{4}-\d\d-\d\d$/.test(decoded)) days.add(decoded);
      else if (decoded.length < 400) texts.add(decoded);
    }
  }
  return {
    ids: Object.fromEntries(Object.entries(ids).map(([type, of]) => [type, [...of]])),
    texts: [...texts],
    days: [...days],
  };
}
