import { getOwn } from '@dossier/graphql';
import {
  type GraphQLArgument,
  type GraphQLInputType,
  getNamedType,
  getNullableType,
  isInputObjectType,
  isListType,
  Kind,
  type ValueNode,
  valueFromASTUntyped,
  visit,
} from 'graphql';
import type { Count, Variables } from './count.js';

/** How a value is given: as it is written, or as its variable gives it. */
export type Given = (read: (value: unknown) => number, written: ValueNode | undefined) => Count;

/** Weights of an argument, or of a field of an input, by its coordinate; 0 where it has none. */
type WeightOf = (coordinate: string) => number;

/** What it costs that an argument is given. `weight` is its own; fields of inputs within it add theirs. */
export function argumentCost(
  { type, defaultValue }: GraphQLArgument,
  weight: number,
  weightOf: WeightOf,
  given: Given,
  written: ValueNode | undefined,
): Count {
  const weigh = weigher(type, weight, weightOf, new Map());
  return weigh === nothing ? 0 : given((value) => weigh(value === undefined ? defaultValue : value), written);
}

type Weigh = (value: unknown) => number;
const nothing: Weigh = () => 0;

function weigher(type: GraphQLInputType, weight: number, weightOf: WeightOf, made: Map<string, Weigh>): Weigh {
  const within = weigherWithin(type, weightOf, made);
  if (weight === 0 && within === nothing) return nothing;
  return (value) => (value === undefined || value === null ? 0 : weight + within(value));
}

/** Looks at those fields of inputs only that have a weight; most have none. */
function weigherWithin(type: GraphQLInputType, weightOf: WeightOf, made: Map<string, Weigh>): Weigh {
  const nullable = getNullableType(type);
  if (isListType(nullable)) {
    const weigh = weigher(nullable.ofType, 0, weightOf, made);
    return weigh === nothing
      ? nothing
      : (value) => (Array.isArray(value) ? value : [value]).reduce<number>((total, entry) => total + weigh(entry), 0);
  }
  if (!isInputObjectType(nullable) || !isWeighed(nullable, weightOf)) return nothing;
  const known = made.get(nullable.name);
  if (known) return known;
  const fields: { name: string; defaultValue: unknown; weigh: Weigh }[] = [];
  const weighFields: Weigh = (value) =>
    fields.reduce((total, { name, defaultValue, weigh }) => {
      const inner = typeof value === 'object' ? getOwn(value as Record<string, unknown>, name) : undefined;
      return total + weigh(inner === undefined ? defaultValue : inner);
    }, 0);
  // First: an input may hold another of its type.
  made.set(nullable.name, weighFields);
  for (const { name, type: ofField, defaultValue } of Object.values(nullable.getFields())) {
    const weigh = weigher(ofField, weightOf(`${nullable.name}.${name}`), weightOf, made);
    if (weigh !== nothing) fields.push({ name, defaultValue, weigh });
  }
  return weighFields;
}

function isWeighed(type: GraphQLInputType, weightOf: WeightOf, seen: Set<string> = new Set()): boolean {
  const named = getNamedType(type);
  if (!isInputObjectType(named) || seen.has(named.name)) return false;
  seen.add(named.name);
  return Object.values(named.getFields()).some(
    (field) => weightOf(`${named.name}.${field.name}`) > 0 || isWeighed(field.type, weightOf, seen),
  );
}

/** Reads values of one operation, whose variables have these defaults. */
export function givenBy(defaults: ReadonlyMap<string, ValueNode | undefined>): Given {
  return (read, written) => {
    if (!written) return read(undefined);
    if (written.kind === Kind.VARIABLE) {
      const name = written.name.value;
      const fallback = literal(defaults.get(name), {});
      return (variables) => {
        const value = getOwn(variables, name);
        return read(value === undefined ? fallback : value);
      };
    }
    const names = variablesIn(written);
    if (names.length === 0) return read(literal(written, {}));
    const fallbacks = Object.fromEntries(names.map((name) => [name, literal(defaults.get(name), {})]));
    return (variables) => read(literal(written, { ...fallbacks, ...definedOf(variables, names) }));
  };
}

const literal = (value: ValueNode | undefined, variables: Variables): unknown =>
  value ? valueFromASTUntyped(value, variables) : undefined;

const definedOf = (variables: Variables, names: readonly string[]): Variables =>
  Object.fromEntries(
    names.flatMap((name) => (getOwn(variables, name) === undefined ? [] : [[name, getOwn(variables, name)]])),
  );

function variablesIn(value: ValueNode): string[] {
  const names: string[] = [];
  visit(value, { Variable: ({ name }) => void names.push(name.value) });
  return names;
}
