import {
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
  isRequiredArgument,
  isUnionType,
  SchemaMetaFieldDef,
} from 'graphql';
import type { SeededRandom } from '../support/seededRandom.js';
import type { Vocabulary } from './vocabulary.js';

type Args = Record<string, unknown>;
type Field = GraphQLField<unknown, unknown>;

/** A field, or an inline fragment, that a path goes through. */
interface Step {
  name: string;
  /** Arguments of each alias under which the field is selected; null for an inline fragment on the type `name`. */
  calls: Args[] | null;
}

/** A path from the query type; at its end, all leaves of an object are selected. */
export type Path = Step[];

export interface Operation {
  query: string;
  variables: Record<string, unknown>;
}

const MUTATIONS = [
  'extend',
  'extend',
  'shorten',
  'cross',
  'cross',
  'repeat',
  'repeat',
  'vary',
  'join',
  'leave',
] as const;
/** The largest page, and how often another size is chosen. */
const MAX_PAGE = 100;
const OTHER_PAGE_PERCENT = 20;
/** Maximum number of aliases of one field. */
const REPEATS = [2, 4, 8, 16, 32, 64, 96];
/** How much more often lists are selected than single objects. */
const LIST_WEIGHT = 4;
const LENGTHS = [1, 2, 5, 20, 100];
const PAGE_ARGS = ['first', 'last', 'after', 'before'];

/** Creates and mutates operations over a schema, each a list of paths. */
export class Breeder {
  readonly #schema: GraphQLSchema;
  readonly #vocabulary: Vocabulary;
  readonly #choice: SeededRandom;

  constructor(schema: GraphQLSchema, vocabulary: Vocabulary, choice: SeededRandom) {
    this.#schema = schema;
    this.#vocabulary = vocabulary;
    this.#choice = choice;
  }

  /** For each field that returns objects, the shortest path to it that needs no id. */
  initial(): Path[] {
    const paths = new Map<GraphQLCompositeType, Path>([[this.#root, []]]);
    const all: Path[] = [];
    // The map grows while it is iterated: a breadth-first search, lists first.
    for (const [type, path] of paths) {
      const fields = this.#fieldsOf(type).filter((field) => isComposite(field) && !field.args.some(isRequiredArgument));
      for (const field of fields.sort((one, other) => Number(isList(other)) - Number(isList(one)))) {
        const extended = [...path, ...this.#stepsOf(field, 0)];
        const target = this.#typesOf(extended).at(-1) as GraphQLCompositeType;
        if (isList(field) || !paths.has(target)) all.push(extended);
        if (!paths.has(target)) paths.set(target, extended);
      }
      if (isAbstractType(type))
        for (const on of this.#schema.getPossibleTypes(type))
          if (!paths.has(on)) paths.set(on, [...path, { name: on.name, calls: null }]);
    }
    return all;
  }

  /** A copy with one random change; `donors` give paths and parts of them. */
  mutate(operation: readonly Path[], donors: readonly Path[]): Path[] {
    const mutated = structuredClone(operation) as Path[];
    const path = this.#choice.of(mutated);
    const step = this.#choice.of(path);
    switch (this.#choice.of(MUTATIONS)) {
      case 'extend': {
        const type = this.#typesOf(path).at(-1);
        if (isCompositeType(type)) path.push(...this.#extension(type));
        break;
      }
      case 'shorten':
        if (path.length > 1) path.pop();
        break;
      case 'cross': {
        // What a donor selects below a type, from anywhere where this path comes to the same type.
        const at = this.#choice.below(path.length + 1);
        const type = this.#typesOf(path)[at];
        const suffixes = donors.flatMap((donor) =>
          this.#typesOf(donor).flatMap((other, index) =>
            other === type && index < donor.length ? [donor.slice(index)] : [],
          ),
        );
        if (suffixes.length > 0) path.splice(at, path.length, ...structuredClone(this.#choice.of(suffixes)));
        break;
      }
      case 'repeat': {
        const field = this.#fieldAt(path, step);
        if (!field || !step.calls) break;
        const [args] = step.calls;
        // The same arguments, other page sizes, or other arguments.
        const isPaged = args?.['first'] !== undefined && this.#choice.chance(50);
        const isVaried = this.#choice.chance(50);
        step.calls = Array.from({ length: this.#choice.of(REPEATS) }, (_, index) =>
          isPaged
            ? { ...args, first: Math.max(1, Number(args['first']) - index) }
            : isVaried
              ? this.#args(field, 30)
              : { ...args },
        );
        break;
      }
      case 'vary': {
        const field = this.#fieldAt(path, step);
        if (field) step.calls = step.calls?.map(() => this.#args(field, 30)) ?? null;
        break;
      }
      case 'join':
        mutated.push(structuredClone(this.#choice.of(donors)));
        break;
      case 'leave':
        if (mutated.length > 1) mutated.splice(mutated.indexOf(path), 1);
        break;
    }
    return mutated;
  }

  /** For each field on its paths, a copy with half as many aliases again, and one with pages half as large again. */
  enlarge(operation: readonly Path[]): Path[][] {
    return operation.flatMap((path, row) =>
      path.flatMap(({ calls }, column) => {
        if (!calls) return [];
        const enlarged = (changed: Args[]): Path[] => {
          const copy = structuredClone(operation) as Path[];
          (copy[row]?.[column] as Step).calls = changed;
          return copy;
        };
        const more = calls
          .slice(0, calls.length >> 1)
          .map((args) => ({ ...args, ...(args['first'] !== undefined && { first: Number(args['first']) + 1 }) }));
        const pages = calls.map((args) => ({
          ...args,
          ...(args['first'] !== undefined && { first: Math.min(MAX_PAGE, Math.ceil(Number(args['first']) * 1.5)) }),
        }));
        return [enlarged([...calls, ...more]), enlarged(pages)];
      }),
    );
  }

  /** Halves a random page or number of aliases, for an operation that the limits do not admit. */
  shrink(operation: readonly Path[]): Path[] {
    const shrunk = structuredClone(operation) as Path[];
    const halves = shrunk.flat().flatMap(({ calls }) => {
      if (!calls) return [];
      const paged = calls.filter(({ first }) => Number(first) > 1);
      const shorten = (): void => void calls.splice(Math.ceil(calls.length / 2));
      const halvePages = (): void => {
        for (const args of paged) args['first'] = Math.floor(Number(args['first']) / 2);
      };
      return [...(calls.length > 1 ? [shorten] : []), ...(paged.length > 0 ? [halvePages] : [])];
    });
    if (halves.length > 0) this.#choice.of(halves)();
    else this.#choice.of(shrunk).pop();
    return shrunk.filter(({ length }) => length > 0);
  }

  /** The operation as text, with its arguments as variables. */
  write(operation: readonly Path[]): Operation {
    const variables: Record<string, unknown> = {};
    const definitions = new Map<string, string>();
    const variableFor = (type: GraphQLInputType, value: unknown): string => {
      const key = `${type} = ${JSON.stringify(value)}`;
      const name = definitions.get(key)?.split(':')[0] ?? `$v${definitions.size}`;
      definitions.set(key, `${name}: ${type}`);
      variables[name.slice(1)] = value;
      return name;
    };
    /** How often each field is selected in a set, so that all but the first have an alias. */
    const writeStep = ([step, ...rest]: Path, type: GraphQLCompositeType, counts: Map<string, number>): string => {
      if (!step) return this.#leavesOf(type).join(' ');
      if (!step.calls)
        return `... on ${step.name} { ${writeStep(rest, this.#schema.getType(step.name) as GraphQLCompositeType, counts)} }`;
      const field = this.#fieldOf(type, step.name);
      const target = getNamedType(field?.type);
      return step.calls
        .map((args) => {
          const given = (field?.args ?? []).flatMap((arg) =>
            Object.hasOwn(args, arg.name) ? [`${arg.name}: ${variableFor(arg.type, args[arg.name])}`] : [],
          );
          const count = counts.get(step.name) ?? 0;
          counts.set(step.name, count + 1);
          const alias = count > 0 ? `${step.name}_${count}: ` : '';
          const set = isCompositeType(target) ? ` { ${writeStep(rest, target, new Map())} }` : '';
          return `${alias}${step.name}${given.length > 0 ? `(${given.join(', ')})` : ''}${set}`;
        })
        .join(' ');
    };
    const counts = new Map<string, number>();
    const body = operation.map((path) => writeStep(path, this.#root, counts)).join(' ');
    const head = definitions.size > 0 ? `query (${[...definitions.values()].join(', ')}) ` : '';
    return { query: `${head}{ ${body} }`, variables };
  }

  get #root(): GraphQLCompositeType {
    return this.#schema.getQueryType() as GraphQLCompositeType;
  }

  #fieldsOf(type: GraphQLCompositeType): Field[] {
    if (isUnionType(type)) return [];
    return [...Object.values(type.getFields()), ...(type === this.#root ? [SchemaMetaFieldDef as Field] : [])];
  }

  #fieldOf(type: GraphQLCompositeType, name: string): Field | undefined {
    return this.#fieldsOf(type).find((field) => field.name === name);
  }

  #leavesOf(type: GraphQLCompositeType): string[] {
    return [
      '__typename',
      ...this.#fieldsOf(type).flatMap((field) => (isComposite(field) || field.args.length > 0 ? [] : [field.name])),
    ];
  }

  /** The type where a path begins, and the one after each of its steps. */
  #typesOf(path: Path): (GraphQLNamedType | undefined)[] {
    const types: (GraphQLNamedType | undefined)[] = [this.#root];
    for (const { name, calls } of path)
      types.push(
        calls
          ? getNamedType(this.#fieldOf(types.at(-1) as GraphQLCompositeType, name)?.type)
          : this.#schema.getType(name),
      );
    return types;
  }

  #fieldAt(path: Path, step: Step): Field | undefined {
    return this.#fieldOf(this.#typesOf(path)[path.indexOf(step)] as GraphQLCompositeType, step.name);
  }

  /** A random extension of a path that ends at a type: a field of it, or a fragment on a related type. */
  #extension(type: GraphQLCompositeType): Path {
    const related = isAbstractType(type)
      ? this.#schema.getPossibleTypes(type)
      : isObjectType(type)
        ? type.getInterfaces()
        : [];
    const fields = this.#fieldsOf(type).flatMap((field) =>
      Array<Field>(isComposite(field) && isList(field) ? LIST_WEIGHT : 1).fill(field),
    );
    if (fields.length === 0 || (related.length > 0 && this.#choice.chance(15)))
      return [{ name: this.#choice.of<GraphQLCompositeType>(related).name, calls: null }];
    return this.#stepsOf(this.#choice.of(fields), 15);
  }

  /** The step to a field; of a connection, most often with the one to its nodes. */
  #stepsOf(field: Field, percent: number): Path {
    const step: Step = { name: field.name, calls: [this.#args(field, percent)] };
    const target = getNamedType(field.type);
    return isObjectType(target) && target.getFields()['nodes'] && this.#choice.chance(80)
      ? [step, { name: 'nodes', calls: [{}] }]
      : [step];
  }

  /** Arguments for a field: those that are required, a page, and of the others so many percent. */
  #args({ args, type }: Field, percent: number): Args {
    const given = args.filter(
      (arg) =>
        isRequiredArgument(arg) ||
        arg.name === 'first' ||
        (!PAGE_ARGS.includes(arg.name) && this.#choice.chance(percent)),
    );
    return Object.fromEntries(given.map((arg) => [arg.name, this.#value(arg.name, arg.type, getNamedType(type))]));
  }

  #value(name: string, type: GraphQLInputType, of?: GraphQLNamedType): unknown {
    const nullable = getNullableType(type);
    if (isListType(nullable))
      return [...new Set(Array.from({ length: this.#choice.of(LENGTHS) }, () => this.#value(name, nullable.ofType)))];
    if (isEnumType(nullable)) return this.#choice.of(nullable.getValues()).name;
    if (isInputObjectType(nullable)) {
      const fields = Object.values(nullable.getFields());
      return Object.fromEntries(
        this.#choice
          .some(fields, 20)
          .concat(fields.filter((field) => isNonNullType(field.type)))
          .map((field) => [field.name, this.#value(field.name, field.type)]),
      );
    }
    switch (getNamedType(type).name) {
      case 'Int':
        return this.#choice.chance(OTHER_PAGE_PERCENT) ? 1 + this.#choice.below(MAX_PAGE) : MAX_PAGE;
      case 'Boolean':
        return this.#choice.chance(50);
      case 'ID':
        return this.#choice.of(this.#idsFor(name, of));
      case 'Date':
        return `${1900 + this.#choice.below(130)}-01-01`;
      default:
        return name === 'search' ? this.#search() : this.#choice.of(this.#vocabulary.texts);
    }
  }

  /** Ids of the type that an argument is named after, else of the type that its field returns, else of actors. */
  #idsFor(name: string, of: GraphQLNamedType | undefined): readonly string[] {
    const named = this.#schema.getType(`${name.charAt(0).toUpperCase()}${name.slice(1)}`);
    for (const type of [named, of, this.#schema.getType('Actor')]) {
      const ids = (isAbstractType(type) ? this.#schema.getPossibleTypes(type) : [type]).flatMap(
        (possible) => this.#vocabulary.ids.get(possible?.name ?? '') ?? [],
      );
      if (ids.length > 0) return ids;
    }
    return ['unknown'];
  }

  /** A search for one frequent word, for several, or for as many as are allowed. */
  #search(): string {
    const words = this.#vocabulary.words.slice(0, this.#choice.of([1, 3, 30, 1000]));
    return Array.from({ length: this.#choice.of([1, 1, 2, 4, 200]) }, () => this.#choice.of(words))
      .join(' ')
      .slice(0, 500);
  }
}

const isComposite = ({ type }: Field): boolean => isCompositeType(getNamedType(type));
/** Whether a field has several objects: a list of them, or a page. */
const isList = ({ type, args }: Field): boolean =>
  isListType(getNullableType(type)) || args.some(({ name }) => name === 'first');
