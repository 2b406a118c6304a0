import {
  type GraphQLAbstractType,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isAbstractType,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
  isUnionType,
  SchemaMetaFieldDef,
  TypeMetaFieldDef,
} from 'graphql';
import type { Choice } from '../support/choice.js';

/** What an operation over a store may ask for. */
export interface Vocabulary {
  /** Ids by the name of their type. */
  ids: ReadonlyMap<string, readonly string[]>;
  /** Words of its texts, the most frequent first. */
  words: readonly string[];
  /** Other texts: topics, symbols, schemes. */
  texts: readonly string[];
}

interface Field {
  kind: 'field';
  /** The type that it is selected on. */
  of: string;
  name: string;
  /** Tells fields of one name with the same arguments apart. */
  copy: number;
  args: Record<string, unknown>;
  /** Under `@include` with a variable of this value; null without. */
  included: boolean | null;
  set: Selection[] | null;
}
interface Inline {
  kind: 'inline';
  on: string;
  set: Selection[];
}
interface Spread {
  kind: 'spread';
  fragment: number;
}
type Selection = Field | Inline | Spread;

/** An operation as it is bred: arguments are values here, and variables once it is written. */
export interface Genome {
  set: Selection[];
  fragments: { on: string; set: Selection[] }[];
}

export interface Operation {
  query: string;
  variables: Record<string, unknown>;
}

type SchemaField = GraphQLField<unknown, unknown>;

/** A selection set, and where it stands. */
interface Site {
  set: Selection[];
  type: GraphQLCompositeType;
  depth: number;
  /** The fragment that it is part of; -1 in the operation itself. */
  fragment: number;
}

const TYPENAME = '__typename';
/** Kinds of changes. */
export const CHANGES = ['add', 'repeat', 'repeatVaried', 'merge', 'vary', 'enlarge', 'leaves', 'narrow', 'graft', 'hoist', 'join', 'share', 'cut'] as const;
export type Change = (typeof CHANGES)[number];

/** Sizes of pages, those most often that cost most. */
const PAGES = [100, 100, 100, 100, 50, 20, 10, 5, 2, 1];
const MAX_DEPTH = 18;
/** How much more often lists, and pages, are chosen than single objects. */
const LIST_WEIGHT = 4;

/** Breeds operations over a schema: new ones, and changes of those that there are. */
export class Breeder {
  readonly #schema: GraphQLSchema;
  readonly #vocabulary: Vocabulary;
  readonly #choice: Choice;
  readonly #definitions = new Map<string, Map<string, SchemaField>>();
  #copies = 0;
  #ways: Genome[] | undefined;

  constructor(schema: GraphQLSchema, vocabulary: Vocabulary, choice: Choice) {
    this.#schema = schema;
    this.#vocabulary = vocabulary;
    this.#choice = choice;
  }

  /** A small operation. */
  create(): Genome {
    return { set: [this.#field(this.#root(), 0)], fragments: [] };
  }

  /** For each field that has objects, the leaves of as many of them as the shortest way there gives. */
  everyField(): Genome[] {
    const ways = new Map<string, (set: Selection[]) => Selection[]>([[this.#root().name, (set) => set]]);
    const genomes: Genome[] = [];
    for (const [name, around] of ways) {
      const type = this.#typeNamed(name);
      const fields = this.#fieldsOf(type).filter((field) => isCompositeType(getNamedType(field.type)));
      for (const field of fields.sort((one, other) => Number(isList(other)) - Number(isList(one)))) {
        const below = getNamedType(field.type) as GraphQLCompositeType;
        const args = Object.fromEntries(
          field.args.flatMap((arg) => (arg.name === 'first' ? [[arg.name, PAGES[0]]] : isRequired(arg.type) ? [[arg.name, this.#value(arg.name, arg.type, below)]] : [])),
        );
        const way = (set: Selection[]): Selection[] => around([{ kind: 'field', of: name, name: field.name, copy: 0, args, included: null, set }]);
        if (!ways.has(below.name)) ways.set(below.name, way);
        const set: Selection[] = [leaf(below.name, TYPENAME)];
        this.#selectLeaves({ set, type: below });
        genomes.push({ set: structuredClone(way(set)), fragments: [] });
      }
      if (isAbstractType(type)) for (const { name: on } of this.#schema.getPossibleTypes(type)) if (!ways.has(on)) ways.set(on, (set) => around([{ kind: 'inline', on, set }]));
    }
    return genomes;
  }

  /** The operation with a change; `others` give parts of themselves. Something is repeated `maxTimes` at most. */
  change(genome: Genome, kind: Change, others: readonly Genome[], maxTimes: number): Genome {
    const changed = structuredClone(genome);
    const sites = this.#sitesOf(changed);
    const site = this.#choice.of(sites);
    switch (kind) {
      case 'add':
        site.set.push(this.#field(site.type, site.depth));
        break;
      case 'repeat':
        this.#repeat(site, this.#choice.of(site.set), maxTimes, false);
        break;
      case 'repeatVaried': {
        // Only what takes arguments can differ.
        const varied = sites.flatMap((place) => place.set.flatMap((selection) => (selection.kind === 'field' && (this.#definitionOf(selection)?.args.length ?? 0) > 0 ? [{ place, selection }] : [])));
        if (varied.length === 0) break;
        const { place, selection } = this.#choice.of(varied);
        this.#repeat(place, selection, maxTimes, true);
        break;
      }
      case 'merge':
        this.#merge(site, maxTimes);
        break;
      case 'vary':
        this.#vary(this.#choice.of(site.set));
        break;
      case 'enlarge':
        this.#enlarge(this.#choice.of(sites.filter(({ depth }) => depth < 6)).set);
        break;
      case 'leaves':
        this.#selectLeaves(site);
        break;
      case 'narrow':
        this.#narrow(site);
        break;
      case 'graft':
        this.#graft(site, others);
        break;
      case 'hoist':
        return this.#hoist(site) ?? changed;
      case 'join':
        changed.set.push(...structuredClone(this.#choice.of(others).set.filter(isSelfContained)));
        break;
      case 'share':
        this.#share(changed, site, sites);
        break;
      case 'cut':
        this.#cut(site);
        break;
    }
    return changed;
  }

  #root(): GraphQLCompositeType {
    return this.#schema.getQueryType() as GraphQLCompositeType;
  }

  /** Leaves out one selection, or half of them. */
  #cut({ set }: Site): void {
    if (set.length < 2) return;
    if (this.#choice.chance(50)) set.splice(this.#choice.below(set.length), 1);
    else set.splice(0, set.length, ...set.filter((_, index) => index === 0 || this.#choice.chance(50)));
  }

  /** Selects a field again, under the same key. */
  #merge({ set }: Site, maxTimes: number): void {
    const field = this.#choice.of(set);
    for (let times = maxTimes; times > 0; times--) set.push(structuredClone(field));
  }

  /** Repeats a field under other aliases, with the same arguments or others. */
  #repeat({ set }: Site, field: Selection, maxTimes: number, isVaried: boolean): void {
    if (field.kind !== 'field') return;
    for (let times = maxTimes; times > 0; times--) {
      const copy = structuredClone(field);
      copy.copy = ++this.#copies;
      if (isVaried) this.#vary(copy);
      set.push(copy);
    }
  }

  /** Gives a field another argument, or another value of one. */
  #vary(selection: Selection): void {
    if (selection.kind !== 'field') return;
    const definition = this.#definitionOf(selection);
    if (this.#choice.chance(5)) selection.included = this.#choice.of([null, true, true, false]);
    if (!definition || definition.args.length === 0) return;
    const arg = this.#choice.of(definition.args);
    if (arg.name === 'after' || arg.name === 'before') return;
    if (arg.name === 'first') delete selection.args['last'];
    if (arg.name === 'last') delete selection.args['first'];
    if (!isNonNullType(arg.type) && this.#choice.chance(15)) delete selection.args[arg.name];
    else selection.args[arg.name] = this.#value(arg.name, arg.type, getNamedType(definition.type));
  }

  /** Makes all pages within a selection set as large as they may be. */
  #enlarge(set: readonly Selection[]): void {
    for (const selection of set) {
      if (selection.kind === 'spread') continue;
      if (selection.kind === 'field' && selection.args['last'] === undefined && this.#definitionOf(selection)?.args.some(({ name }) => name === 'first')) selection.args['first'] = PAGES[0];
      if (selection.set) this.#enlarge(selection.set);
    }
  }

  #selectLeaves({ set, type }: Pick<Site, 'set' | 'type'>): void {
    for (const definition of this.#fieldsOf(type)) {
      if (isCompositeType(getNamedType(definition.type)) || definition.args.length > 0) continue;
      if (!set.some((selection) => selection.kind === 'field' && selection.name === definition.name)) set.push(leaf(type.name, definition.name));
    }
  }

  /** Adds a fragment on one of the types that may be there, or on an interface of them. */
  #narrow({ set, type, depth }: Site): void {
    const related = isAbstractType(type) ? [...this.#schema.getPossibleTypes(type)] : isObjectType(type) ? [...type.getInterfaces()] : [];
    if (related.length === 0) return;
    const on = this.#choice.of(related as GraphQLCompositeType[]);
    set.push({ kind: 'inline', on: on.name, set: [this.#field(on, depth)] });
  }

  /** Selects the same on more objects of the type, or on those that another way leads to; null if there is no other way. */
  #hoist({ set, type }: Site): Genome | null {
    this.#ways ??= this.everyField();
    const movable = set.filter(isSelfContained);
    const places = this.#ways.flatMap((way) => this.#sitesOf(way).flatMap((site, index) => (index > 0 && site.type.name === type.name ? [{ way, index }] : [])));
    if (movable.length === 0 || places.length === 0) return null;
    const { way, index } = this.#choice.of(places);
    const hoisted = structuredClone(way);
    const site = this.#sitesOf(hoisted)[index];
    site?.set.splice(0, site.set.length, ...structuredClone(movable));
    return hoisted;
  }

  /** Takes over what another operation selects on the same type. */
  #graft(site: Site, others: readonly Genome[]): void {
    const matching = others.flatMap((other) => this.#sitesOf(other)).filter(({ type, fragment }) => fragment < 0 && type.name === site.type.name);
    if (matching.length === 0) return;
    const taken = this.#choice.of(matching).set.filter(isSelfContained);
    if (taken.length > 0) site.set.push(structuredClone(this.#choice.of(taken)));
  }

  /** Spreads a fragment in one more place, or makes one of a selection set. */
  #share(genome: Genome, site: Site, sites: readonly Site[]): void {
    const spreadable = genome.fragments.flatMap(({ on }, index) => (index > site.fragment && on === site.type.name ? [index] : []));
    if (spreadable.length > 0) {
      site.set.push({ kind: 'spread', fragment: this.#choice.of(spreadable) });
      return;
    }
    const plain = sites.filter(({ fragment, set }) => fragment < 0 && !containsSpread(set));
    if (plain.length === 0) return;
    const source = this.#choice.of(plain);
    genome.fragments.push({ on: source.type.name, set: source.set.splice(0) });
    source.set.push({ kind: 'spread', fragment: genome.fragments.length - 1 });
  }

  #field(type: GraphQLCompositeType, depth: number): Selection {
    if (isUnionType(type)) {
      const on = this.#choice.of(this.#schema.getPossibleTypes(type));
      return { kind: 'inline', on: on.name, set: [this.#field(on, depth)] };
    }
    const all = this.#fieldsOf(type);
    const composite = all.filter((definition) => isCompositeType(getNamedType(definition.type)));
    const leaves = all.filter((definition) => !composite.includes(definition));
    const isDeep = depth < MAX_DEPTH && composite.length > 0 && (leaves.length === 0 || this.#choice.chance(depth < 6 ? 75 : 40));
    if (!isDeep) return leaf(type.name, leaves.length > 0 ? this.#choice.of(leaves).name : TYPENAME);
    const definition = this.#choice.of(composite.flatMap((field) => (isList(field) ? Array<SchemaField>(LIST_WEIGHT).fill(field) : [field])));
    const below = getNamedType(definition.type) as GraphQLCompositeType;
    const args: Record<string, unknown> = {};
    for (const { name, type: argType } of definition.args) {
      if (name === 'first' ? this.#choice.chance(80) : isRequired(argType) || (!['last', 'after', 'before'].includes(name) && this.#choice.chance(15))) args[name] = this.#value(name, argType, below);
    }
    const set = [this.#field(below, depth + 1)];
    if (this.#choice.chance(30)) this.#selectLeaves({ set, type: below });
    return { kind: 'field', of: type.name, name: definition.name, copy: 0, args, included: null, set };
  }

  /** A value for an argument of a field that gives objects of type `of`, or for a field of an input. */
  #value(name: string, type: GraphQLInputType, of?: GraphQLNamedType): unknown {
    const nullable = getNullableType(type);
    if (isListType(nullable)) {
      const values = Array.from({ length: this.#choice.of([1, 2, 5, 20, 100]) }, () => this.#value(name, nullable.ofType));
      return [...new Set(values)];
    }
    if (isEnumType(nullable)) return this.#choice.of(nullable.getValues()).name;
    if (isInputObjectType(nullable)) {
      const fields = Object.values(nullable.getFields());
      const given = fields.filter((field) => isRequired(field.type) || this.#choice.chance(Math.ceil(200 / fields.length)));
      return Object.fromEntries((given.length > 0 ? given : [this.#choice.of(fields)]).map((field) => [field.name, this.#value(field.name, field.type)]));
    }
    switch (getNamedType(type).name) {
      case 'Int':
        return this.#choice.of(PAGES);
      case 'Boolean':
        return this.#choice.chance(50);
      case 'ID':
        return this.#choice.of(this.#idsFor(name, of));
      case 'Date':
        return `${this.#choice.of([1900, 1990, 2000, 2010, 2015, 2020, 2022, 2030]) + this.#choice.below(10)}-0${1 + this.#choice.below(9)}-${10 + this.#choice.below(18)}`;
      default:
        return name === 'search' ? this.#search() : this.#choice.of(this.#vocabulary.texts);
    }
  }

  /** Ids of the objects that an argument is about, by its name or by what its field gives; of actors, where neither says so. */
  #idsFor(name: string, of: GraphQLNamedType | undefined): readonly string[] {
    const idsOf = (type: unknown): string[] =>
      (isAbstractType(type as GraphQLNamedType)
        ? this.#schema.getPossibleTypes(type as GraphQLAbstractType).map((possible) => possible.name)
        : [(type as GraphQLNamedType | undefined)?.name ?? '']
      ).flatMap((known) => this.#vocabulary.ids.get(known) ?? []);
    const named = this.#schema.getType(`${name.charAt(0).toUpperCase()}${name.slice(1)}`);
    for (const type of [name === 'id' ? of : named, this.#schema.getType('Actor')]) {
      const ids = idsOf(type);
      if (ids.length > 0) return ids;
    }
    return ['nothing'];
  }

  /** A search for one frequent word, for several, or for as many as are allowed. */
  #search(): string {
    const frequent = this.#vocabulary.words.slice(0, this.#choice.of([1, 3, 30, this.#vocabulary.words.length]));
    const words = Array.from({ length: this.#choice.of([1, 1, 1, 2, 4, 200]) }, () => this.#choice.of(frequent));
    return words.join(' ').slice(0, 500);
  }

  #fieldsOf(type: GraphQLCompositeType): SchemaField[] {
    if (isUnionType(type)) return [];
    const fields = Object.values(type.getFields()) as SchemaField[];
    return type === this.#schema.getQueryType() ? [...fields, SchemaMetaFieldDef as SchemaField, TypeMetaFieldDef as SchemaField] : fields;
  }

  /** Undefined for `__typename`. */
  #definitionOf({ of, name }: Field): SchemaField | undefined {
    let fields = this.#definitions.get(of);
    if (!fields) {
      fields = new Map(this.#fieldsOf(this.#typeNamed(of)).map((field) => [field.name, field]));
      this.#definitions.set(of, fields);
    }
    return fields.get(name);
  }

  /** The type of the objects that a field gives. */
  #typeOf(field: Field): GraphQLCompositeType {
    return getNamedType(this.#definitionOf(field)?.type) as GraphQLCompositeType;
  }

  #typeNamed(name: string): GraphQLCompositeType {
    const type = this.#schema.getType(name);
    if (!isCompositeType(type)) throw new Error(`The schema has no composite type "${name}".`);
    return type;
  }

  #sitesOf(genome: Genome): Site[] {
    const sites: Site[] = [];
    const look = (set: Selection[], type: GraphQLCompositeType, depth: number, fragment: number): void => {
      sites.push({ set, type, depth, fragment });
      for (const selection of set) {
        if (selection.kind === 'inline') look(selection.set, this.#typeNamed(selection.on), depth, fragment);
        if (selection.kind === 'field' && selection.set) look(selection.set, this.#typeOf(selection), depth + 1, fragment);
      }
    };
    look(genome.set, this.#root(), 0, -1);
    genome.fragments.forEach(({ on, set }, index) => {
      look(set, this.#typeNamed(on), 6, index);
    });
    return sites;
  }

  /** Writes an operation: values as variables, and aliases where one name stands for several fields. */
  write(genome: Genome): Operation {
    const variables: Record<string, unknown> = {};
    const definitions: string[] = [];
    const names = new Map<string, string>();
    const variable = (type: string, value: unknown): string => {
      const key = `${type} ${JSON.stringify(value)}`;
      let name = names.get(key);
      if (!name) {
        name = `v${names.size}`;
        names.set(key, name);
        definitions.push(`$${name}: ${type}`);
        variables[name] = value;
      }
      return `$${name}`;
    };
    const keys = new Map<string, Map<string, string>>();
    const keyOf = (name: string, signature: string): string => {
      const known = keys.get(name) ?? new Map<string, string>();
      keys.set(name, known);
      const key = known.get(signature) ?? (known.size === 0 ? name : `${name}_${known.size}`);
      known.set(signature, key);
      return key;
    };
    const write = (set: readonly Selection[]): string => {
      const parts = set.map((selection) => {
        if (selection.kind === 'spread') return `...F${selection.fragment}`;
        if (selection.kind === 'inline') return `... on ${selection.on} ${write(selection.set)}`;
        const definition = this.#definitionOf(selection);
        const args = (definition?.args ?? []).flatMap(({ name, type }) => (Object.hasOwn(selection.args, name) ? [`${name}: ${variable(String(type), selection.args[name])}`] : []));
        const head = `${selection.name}${args.length > 0 ? `(${args.join(', ')})` : ''}`;
        // Fields of two types may share a key only if they are of the same shape.
        const key = keyOf(selection.name, `${head} ${selection.copy} ${String(definition?.type)}`);
        const condition = selection.included === null ? '' : ` @include(if: ${variable('Boolean!', selection.included)})`;
        return `${key === selection.name ? '' : `${key}: `}${head}${condition}${selection.set ? ` ${write(selection.set)}` : ''}`;
      });
      return `{ ${parts.join(' ')} }`;
    };
    const operation = write(genome.set);
    const used = usedFragments(genome);
    const fragments = genome.fragments.flatMap(({ on, set }, index) => (used.has(index) ? [`fragment F${index} on ${on} ${write(set)}`] : []));
    return { query: [`query${definitions.length > 0 ? ` (${definitions.join(', ')})` : ''} ${operation}`, ...fragments].join('\n'), variables };
  }
}

const leaf = (of: string, name: string): Field => ({ kind: 'field', of, name, copy: 0, args: {}, included: null, set: null });
/** Whether a field gives several objects: a list of them, or a page. */
const isList = ({ type, args }: SchemaField): boolean => isListType(getNullableType(type)) || args.some(({ name }) => name === 'first');
const isRequired = (type: GraphQLInputType): boolean => isNonNullType(type);

/** Whether a selection needs no fragment, so that it may stand in another operation. */
const isSelfContained = (selection: Selection): boolean => selection.kind !== 'spread' && !containsSpread(selection.set ?? []);
const containsSpread = (set: readonly Selection[]): boolean => set.some((selection) => selection.kind === 'spread' || (selection.set !== null && containsSpread(selection.set)));

function usedFragments({ set, fragments }: Genome): Set<number> {
  const used = new Set<number>();
  const look = (selections: readonly Selection[]): void => {
    for (const selection of selections) {
      if (selection.kind !== 'spread') {
        if (selection.set) look(selection.set);
      } else if (!used.has(selection.fragment)) {
        used.add(selection.fragment);
        look(fragments[selection.fragment]?.set ?? []);
      }
    }
  };
  look(set);
  return used;
}
