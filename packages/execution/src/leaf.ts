import { type GraphQLEnumType, type GraphQLLeafType, isEnumType } from 'graphql';

/** Names of an enum's values that stand for themselves: inside and outside they are the same. */
export const plainNames = (type: GraphQLEnumType): ReadonlySet<unknown> => new Set<unknown>(type.getValues().flatMap(({ name, value }) => (name === value ? [name] : [])));

const SCALARS: Record<string, (value: unknown) => boolean> = {
  Int: Number.isInteger,
  Float: Number.isFinite,
  String: (value) => typeof value === 'string',
  Boolean: (value) => typeof value === 'boolean',
  ID: (value) => typeof value === 'string' || Number.isInteger(value),
};

/** A scalar that is JSON says so in its name; any other of the schema's own is no object. */
const isAnything = (name: string): boolean => /json|any/i.test(name);

/** Whether a subgraph's value is one of this type, as far as that can be told without the scalar's own code. An enum value that is not in the composed graph is none. */
export function isValidLeaf(type: GraphQLLeafType): (value: unknown) => boolean {
  if (isEnumType(type)) {
    const values = new Set<unknown>(type.getValues().map(({ name }) => name));
    return (value) => values.has(value);
  }
  return SCALARS[type.name] ?? (isAnything(type.name) ? () => true : (value) => typeof value !== 'object');
}
