import { type GraphQLEnumType, type GraphQLLeafType, isEnumType } from 'graphql';

/** Names of the enum values whose internal value is their name. */
export const selfNamedValues = (type: GraphQLEnumType): ReadonlySet<unknown> =>
  new Set<unknown>(type.getValues().flatMap(({ name, value }) => (name === value ? [name] : [])));

/** A number in a subgraph's response that a JavaScript number cannot represent exactly, in its original notation. */
export class InexactNumber {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** Predicates for values of custom scalars, by the name of the scalar. */
export type ScalarValidators = ReadonlyMap<string, (value: unknown) => boolean>;

/** GraphQL specification, 3.5 Scalars: https://spec.graphql.org/October2021/#sec-Scalars */
const BUILT_IN: ScalarValidators = new Map<string, (value: unknown) => boolean>([
  ['Int', Number.isInteger],
  ['Float', Number.isFinite],
  ['String', (value) => typeof value === 'string'],
  ['Boolean', (value) => typeof value === 'boolean'],
  ['ID', (value) => typeof value === 'string' || Number.isInteger(value)],
]);

const INTEGER = /^-?\d+$/;

/**
 * Completes a subgraph's value of a leaf type; undefined if the value is not valid. An integer `ID` becomes a string. A
 * custom scalar may be any JSON value, unless it has a validator. An InexactNumber is only valid as `ID` or `Float`. An
 * enum value must be defined in the composed schema.
 * GraphQL specification, 6.4.3 Value Completion: https://spec.graphql.org/October2021/#sec-Value-Completion
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
      value instanceof InexactNumber
        ? finiteOrUndefined(Number(value.text))
        : Number.isFinite(value)
          ? value
          : undefined;
  if (isValid) return (value) => (isValid(value) ? value : undefined);
  return (value) => (typeof value === 'object' && hasInexact(value) ? undefined : value);
}

/** A predicate for values that completion would not change. */
export function leafValidator(type: GraphQLLeafType, validators?: ScalarValidators): (value: unknown) => boolean {
  if (isEnumType(type)) {
    const values = new Set<unknown>(type.getValues().map(({ name }) => name));
    return (value) => values.has(value);
  }
  return BUILT_IN.get(type.name) ?? validators?.get(type.name) ?? (() => true);
}

const finiteOrUndefined = (value: number): number | undefined => (Number.isFinite(value) ? value : undefined);

function hasInexact(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return value instanceof InexactNumber || Object.values(value).some(hasInexact);
}
