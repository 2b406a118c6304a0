import { type GraphQLEnumType, type GraphQLLeafType, isEnumType } from 'graphql';

/** Names of an enum's values that stand for themselves: inside and outside they are the same. */
export const plainNames = (type: GraphQLEnumType): ReadonlySet<unknown> =>
  new Set<unknown>(type.getValues().flatMap(({ name, value }) => (name === value ? [name] : [])));

/** A number of a subgraph's response that JavaScript would alter, as it was written. */
export class InexactNumber {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** Whether a value is one of a scalar, by the scalar's name. */
export type ScalarValidators = ReadonlyMap<string, (value: unknown) => boolean>;

/** The built-in scalars (GraphQL, 3.5). */
const BUILT_IN: ScalarValidators = new Map<string, (value: unknown) => boolean>([
  ['Int', Number.isInteger],
  ['Float', Number.isFinite],
  ['String', (value) => typeof value === 'string'],
  ['Boolean', (value) => typeof value === 'boolean'],
  ['ID', (value) => typeof value === 'string' || Number.isInteger(value)],
]);

const INTEGER = /^-?\d+$/;

/**
 * Completes a subgraph's value of a leaf type; undefined if it is not one. A custom scalar may be any JSON, unless there is a
 * validator of its name. An `ID` is a string, however a subgraph wrote it. A number that JavaScript would alter is an `ID`,
 * as it was written, or a `Float`, or nothing. An enum value that is not in the composed graph is not one.
 */
export function leafCompleter(type: GraphQLLeafType, validators?: ScalarValidators): (value: unknown) => unknown {
  if (isEnumType(type)) {
    const values = new Set<unknown>(type.getValues().map(({ name }) => name));
    return (value) => (values.has(value) ? value : undefined);
  }
  const { name } = type;
  if (name === 'ID') {
    return (value) => {
      if (typeof value === 'string') return value;
      if (value instanceof InexactNumber) return INTEGER.test(value.text) ? value.text : undefined;
      return Number.isInteger(value) ? String(value) : undefined;
    };
  }
  const isValid = BUILT_IN.get(name) ?? validators?.get(name);
  if (name === 'Float')
    return (value) =>
      value instanceof InexactNumber ? finite(Number(value.text)) : Number.isFinite(value) ? value : undefined;
  if (isValid) return (value) => (isValid(value) ? value : undefined);
  return (value) => (typeof value === 'object' && hasInexact(value) ? undefined : value);
}

/** Whether a value needs no completing: it is as the response has it. */
export function isCompleteLeaf(type: GraphQLLeafType, validators?: ScalarValidators): (value: unknown) => boolean {
  if (isEnumType(type)) {
    const values = new Set<unknown>(type.getValues().map(({ name }) => name));
    return (value) => values.has(value);
  }
  return BUILT_IN.get(type.name) ?? validators?.get(type.name) ?? (() => true);
}

const finite = (value: number): number | undefined => (Number.isFinite(value) ? value : undefined);

function hasInexact(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return value instanceof InexactNumber || Object.values(value).some(hasInexact);
}
