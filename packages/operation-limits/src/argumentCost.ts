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

/** Applies `read` to the value of an argument, a literal or a variable; to undefined if it is not given. */
export type ReadValue = (read: (value: unknown) => number, node: ValueNode | undefined) => Count;

/** The `@cost` of an argument or input field, by coordinate; 0 if it has none. */
type WeightOf = (coordinate: string) => number;

/** The cost of an argument: its `weight` and those of its input fields, as far as they are given. */
export function argumentCost(
  { type, defaultValue }: GraphQLArgument,
  weight: number,
  weightOf: WeightOf,
  readValue: ReadValue,
  node: ValueNode | undefined,
): Count {
  const weigh = weigher(type, weight, weightOf, new Map());
  return weigh === noWeight ? 0 : readValue((value) => weigh(value === undefined ? defaultValue : value), node);
}

type Weigh = (value: unknown) => number;
const noWeight: Weigh = () => 0;

function weigher(type: GraphQLInputType, weight: number, weightOf: WeightOf, cache: Map<string, Weigh>): Weigh {
  const nested = nestedWeigher(type, weightOf, cache);
  if (weight === 0 && nested === noWeight) return noWeight;
  return (value) => (value === undefined || value === null ? 0 : weight + nested(value));
}

/** Reads only input fields that have a weight. */
function nestedWeigher(type: GraphQLInputType, weightOf: WeightOf, cache: Map<string, Weigh>): Weigh {
  const nullable = getNullableType(type);
  if (isListType(nullable)) {
    const weigh = weigher(nullable.ofType, 0, weightOf, cache);
    return weigh === noWeight
      ? noWeight
      : (value) => (Array.isArray(value) ? value : [value]).reduce<number>((total, entry) => total + weigh(entry), 0);
  }
  if (!isInputObjectType(nullable) || !hasWeights(nullable, weightOf)) return noWeight;
  const cached = cache.get(nullable.name);
  if (cached) return cached;
  const fields: { name: string; defaultValue: unknown; weigh: Weigh }[] = [];
  const weighFields: Weigh = (value) =>
    fields.reduce((total, { name, defaultValue, weigh }) => {
      const inner = typeof value === 'object' ? getOwn(value as Record<string, unknown>, name) : undefined;
      return total + weigh(inner === undefined ? defaultValue : inner);
    }, 0);
  // Before its fields are compiled: an input type can contain itself.
  cache.set(nullable.name, weighFields);
  for (const { name, type: fieldType, defaultValue } of Object.values(nullable.getFields())) {
    const weigh = weigher(fieldType, weightOf(`${nullable.name}.${name}`), weightOf, cache);
    if (weigh !== noWeight) fields.push({ name, defaultValue, weigh });
  }
  return weighFields;
}

function hasWeights(type: GraphQLInputType, weightOf: WeightOf, seen: Set<string> = new Set()): boolean {
  const named = getNamedType(type);
  if (!isInputObjectType(named) || seen.has(named.name)) return false;
  seen.add(named.name);
  return Object.values(named.getFields()).some(
    (field) => weightOf(`${named.name}.${field.name}`) > 0 || hasWeights(field.type, weightOf, seen),
  );
}

/** Reads the values of one operation; `defaults` are the defaults of its variables. */
export function valueReader(defaults: ReadonlyMap<string, ValueNode | undefined>): ReadValue {
  return (read, node) => {
    if (!node) return read(undefined);
    if (node.kind === Kind.VARIABLE) {
      const name = node.name.value;
      const fallback = literalValue(defaults.get(name), {});
      return (variables) => {
        const value = getOwn(variables, name);
        return read(value === undefined ? fallback : value);
      };
    }
    const names = variablesIn(node);
    if (names.length === 0) return read(literalValue(node, {}));
    const fallbacks = Object.fromEntries(names.map((name) => [name, literalValue(defaults.get(name), {})]));
    return (variables) => read(literalValue(node, { ...fallbacks, ...definedVariables(variables, names) }));
  };
}

const literalValue = (value: ValueNode | undefined, variables: Variables): unknown =>
  value ? valueFromASTUntyped(value, variables) : undefined;

const definedVariables = (variables: Variables, names: readonly string[]): Variables =>
  Object.fromEntries(
    names.flatMap((name) => (getOwn(variables, name) === undefined ? [] : [[name, getOwn(variables, name)]])),
  );

function variablesIn(value: ValueNode): string[] {
  const names: string[] = [];
  visit(value, { Variable: ({ name }) => void names.push(name.value) });
  return names;
}
