import { GraphQLError, type GraphQLFieldResolver } from 'graphql';
import { SeededRandom } from '../../support/seededRandom.js';
import type { Field, GraphModel } from './model.js';

/** Objects of each type. */
export const COUNT = 3;

/** An object: its type and which of that type it is. A number that no object has stands for one that does not exist. */
export interface Thing {
  __typename: string;
  at: number;
  /** What a subgraph knows of it by a representation, or because it provides it. */
  reference?: Record<string, unknown>;
  /** Its type, where a subgraph only knows an interface of it. */
  concrete?: string;
}

const indexOf = (text: unknown): number => {
  const at = /(\d+)$/.exec(String(text))?.[1];
  return at === undefined ? COUNT : Number(at);
};

/** The values of the key fields. */
export const KEY_RESOLVERS: Record<string, (parent: unknown) => unknown> = {
  id: (parent) => {
    const { __typename, concrete = __typename, at } = parent as Thing;
    return `${concrete}:${at}`;
  },
  region: (parent) => `r${(parent as Thing).at}`,
  code: (parent) => `c${(parent as Thing).at}`,
  ref: (parent) => ({ code: `n${(parent as Thing).at}` }),
};

/** The object that a representation of a type stands for. Null if it does not exist. */
export function findThing(type: string, representation: Record<string, unknown>): Thing | null {
  const ref = representation['ref'] as { code?: unknown } | undefined;
  const id = representation['id'];
  if (id !== undefined && !String(id).startsWith(`${type}:`)) return null;
  const at = indexOf(id ?? representation['code'] ?? ref?.code);
  return at < COUNT ? { __typename: type, at, reference: representation } : null;
}

/** The object of one of the types with this id. */
export const findOneOf = (types: string[], id: unknown): Thing | null =>
  types.map((type) => findThing(type, { id })).find((thing) => thing !== null) ?? null;

/**
 * The data of a generated graph. The value of a field depends only on its position, so that every subgraph that resolves it
 * returns the same.
 */
export class GraphData {
  readonly #model: GraphModel;
  readonly #counters = new Map<string, number>();

  constructor(model: GraphModel) {
    this.#model = model;
  }

  /** Resets the changes of mutations. */
  reset(): void {
    this.#counters.clear();
  }

  /** The value of a field of an object. Throws the error of a field that fails. */
  value(type: string, at: number, field: Field, args: Record<string, unknown>): unknown {
    if (field.requires) {
      const value = this.value(type, at, this.#requiredBy(type, field.requires.name), field.requires.args);
      return requiringValue(field, value, args);
    }
    if (field.name === 'count' && type !== 'Query') return this.#counters.get(`${type}${at}`) ?? 0;
    const draw = this.#drawn(type, at, field.name, args);
    if (field.fails && draw.chance(30)) throw new GraphQLError('no');
    if (!field.type.endsWith('!') && draw.chance(15)) return null;
    const inner = field.type.replace(/[[\]!]/g, '');
    const isElementNonNull = /!\]/.test(field.type);
    const one = (): unknown => {
      if (field.targets.length > 0)
        return { __typename: draw.of(field.targets), at: draw.below(COUNT) } satisfies Thing;
      if (inner === 'Int') return draw.below(1000);
      if (inner === 'Boolean') return draw.chance(50);
      return `${type}${at}.${field.name}${JSON.stringify(args)}`;
    };
    if (!field.type.startsWith('[')) return one();
    return Array.from({ length: draw.below(4) }, () => (!isElementNonNull && draw.chance(15) ? null : one()));
  }

  /** Resolves a field of an object from the data alone. */
  resolverOf(field: Field): GraphQLFieldResolver<unknown, unknown> {
    return (parent, args) => {
      const { __typename, concrete = __typename, at } = parent as Thing;
      return this.value(concrete, at, field, args);
    };
  }

  /** The value of a field of Query. */
  rootValue(field: Field, args: Record<string, unknown>): unknown {
    return field.args ? findThing(field.targets[0] as string, { id: args['id'] }) : this.value('Query', 0, field, args);
  }

  /** The value of a field of Query as a subgraph returns it that provides a field of another subgraph with it. */
  providedValue(field: Field, args: Record<string, unknown>): unknown {
    const things = this.rootValue(field, args);
    const provided = field.provides?.field;
    if (!provided || !Array.isArray(things)) return things;
    return (things as (Thing | null)[]).map(
      (thing) =>
        thing && {
          ...thing,
          reference: { [provided.name]: this.value(thing.__typename, thing.at, provided, {}) ?? null },
        },
    );
  }

  /** The mutation. */
  bump(id: unknown): Thing | null {
    const thing = findThing(this.#model.bumped.name, { id });
    if (!thing) return null;
    const counter = `${thing.__typename}${thing.at}`;
    this.#counters.set(counter, (this.#counters.get(counter) ?? 0) + 1);
    return thing;
  }

  #requiredBy(type: string, name: string): Field {
    const { entities, items } = this.#model;
    const field =
      entities.find((entity) => entity.name === type)?.fields.find((candidate) => candidate.name === name) ??
      items?.size;
    if (!field) throw new Error(`${type} has no field "${name}".`);
    return field;
  }

  #drawn(...position: unknown[]): SeededRandom {
    let hash = this.#model.seed;
    for (const character of JSON.stringify(position)) hash = (Math.imul(hash, 31) + character.charCodeAt(0)) >>> 0;
    return new SeededRandom(hash);
  }
}

/** The value of a field with `@requires`: it shows the required value and the argument. */
export const requiringValue = (field: Field, required: unknown, args: Record<string, unknown>): string =>
  `${field.name}(${JSON.stringify(required ?? null)},${JSON.stringify(args['of'] ?? null)})`;
