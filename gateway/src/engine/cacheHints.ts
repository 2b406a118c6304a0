import { linkNames } from '@dossier/graphql';
import type { CachePolicy } from '@dossier/http-server';
import {
  type ConstDirectiveNode,
  type GraphQLCompositeType,
  type GraphQLNamedType,
  type GraphQLSchema,
  isAbstractType,
  isCompositeType,
  isTypeDefinitionNode,
  Kind,
  OperationTypeNode,
  parse,
} from 'graphql';

/** The arguments of one `@cacheControl` directive; null if not given. */
interface Hint {
  maxAge: number | null;
  isPrivate: boolean | null;
}

/** Hints by schema coordinate: `Type`, `Type.field`. */
type Hints = ReadonlyMap<string, Hint>;

/** The cache policy of a field; UNLIMITED if it depends only on the parent's policy. */
export type PolicyOfField = (parent: GraphQLCompositeType, field: string, type: GraphQLNamedType) => CachePolicy;

/**
 * Reads the `@cacheControl` hints of a supergraph; null if it has none. A field's hint overrides that of its type. A field of a
 * composite type without any hint is not cacheable; a leaf field without one inherits from its parent. For abstract types the
 * strictest policy of the possible types applies. Policies are computed once per field.
 */
export function cacheHints(supergraphSdl: string, schema: GraphQLSchema): PolicyOfField | null {
  const hints = readHints(supergraphSdl);
  if (hints.size === 0) return null;
  const roots = new Set<GraphQLNamedType | undefined>(
    [OperationTypeNode.QUERY, OperationTypeNode.MUTATION].flatMap((operation) => schema.getRootType(operation) ?? []),
  );
  const possibleNames = (type: GraphQLNamedType): string[] =>
    isAbstractType(type) ? schema.getPossibleTypes(type).map(({ name }) => name) : [type.name];

  /** The first hint with a maxAge and the first with a scope, in the order of the coordinates. */
  const policyAt = (coordinates: readonly string[], defaultMaxAge: number): CachePolicy => {
    const candidates = coordinates.map((coordinate) => hints.get(coordinate));
    return {
      maxAge: firstOf(candidates.map((hint) => hint?.maxAge)) ?? defaultMaxAge,
      isPrivate: firstOf(candidates.map((hint) => hint?.isPrivate)) ?? false,
    };
  };

  const computePolicy: PolicyOfField = (parent, field, type) =>
    // At run time, a field of an interface is the field of one of its implementations.
    possibleNames(parent)
      .flatMap((owner) => {
        const ofField = [`${owner}.${field}`, `${parent.name}.${field}`];
        if (isCompositeType(type))
          return possibleNames(type).map((possible) => policyAt([...ofField, possible, type.name], 0));
        return roots.has(parent) ? policyAt([...ofField, parent.name], 0) : policyAt(ofField, Number.POSITIVE_INFINITY);
      })
      .reduce(stricter, UNLIMITED);

  const cache = new Map<string, CachePolicy>();
  return (parent, field, type) => {
    const coordinate = `${parent.name}.${field}`;
    const policy = cache.get(coordinate) ?? computePolicy(parent, field, type);
    cache.set(coordinate, policy);
    return policy;
  };
}

export const UNLIMITED: CachePolicy = { maxAge: Number.POSITIVE_INFINITY, isPrivate: false };

export const stricter = (one: CachePolicy, other: CachePolicy): CachePolicy => ({
  maxAge: Math.min(one.maxAge, other.maxAge),
  isPrivate: one.isPrivate || other.isPrivate,
});

const firstOf = <Value>(values: readonly (Value | null | undefined)[]): Value | undefined =>
  values.find((value): value is Value => value !== null && value !== undefined);

/** URLs of the cacheControl specification; there is no single official one. */
const SPECIFICATION = /\/(cacheControl)\/v\d/;

function readHints(supergraphSdl: string): Hints {
  const { definitions } = parse(supergraphSdl, { noLocation: true });
  const { cacheControl: names } = linkNames(definitions, SPECIFICATION, ['cacheControl']);
  const hints = new Map<string, Hint>();
  const add = (coordinate: string, directives: readonly ConstDirectiveNode[] = []): void => {
    const given = directives.find(({ name }) => names.has(name.value))?.arguments;
    if (!given) return;
    const read = (name: string) => given.find((arg) => arg.name.value === name)?.value;
    const [maxAge, scope] = [read('maxAge'), read('scope')];
    hints.set(coordinate, {
      maxAge: maxAge?.kind === Kind.INT ? Number(maxAge.value) : null,
      isPrivate: scope?.kind === Kind.ENUM ? scope.value === 'PRIVATE' : null,
    });
  };
  for (const definition of definitions) {
    if (!isTypeDefinitionNode(definition)) continue;
    add(definition.name.value, definition.directives);
    if (definition.kind === Kind.OBJECT_TYPE_DEFINITION || definition.kind === Kind.INTERFACE_TYPE_DEFINITION) {
      for (const field of definition.fields ?? [])
        add(`${definition.name.value}.${field.name.value}`, field.directives);
    }
  }
  return hints;
}
