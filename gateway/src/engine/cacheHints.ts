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

/** What `@cacheControl` says at one place. */
interface Hint {
  maxAge: number | null;
  isPrivate: boolean | null;
}

/** By coordinate: `Type`, `Type.field`. */
type Hints = ReadonlyMap<string, Hint>;

/** How long an answer may be kept that holds a field; for ever where that depends on its object alone. */
export type PolicyOfField = (parent: GraphQLCompositeType, field: string, type: GraphQLNamedType) => CachePolicy;

/**
 * What a composed graph says of each field by its hints; null where it has none. A field's hint goes before that of its
 * type; an object without either is not for keeping, and a leaf is as good as the object that it is of. Where a type is
 * abstract, the shortest of what may stand there counts. Each field is looked at once.
 */
export function cacheHints(supergraphSdl: string, schema: GraphQLSchema): PolicyOfField | null {
  const hints = readHints(supergraphSdl);
  if (hints.size === 0) return null;
  const roots = new Set<GraphQLNamedType | undefined>(
    [OperationTypeNode.QUERY, OperationTypeNode.MUTATION].flatMap((operation) => schema.getRootType(operation) ?? []),
  );
  const possibleNames = (type: GraphQLNamedType): string[] =>
    isAbstractType(type) ? schema.getPossibleTypes(type).map(({ name }) => name) : [type.name];

  /** The first place that says something, for each of the two things that it may say. */
  const told = (coordinates: readonly string[], otherwise: number): CachePolicy => {
    const places = coordinates.map((coordinate) => hints.get(coordinate));
    return {
      maxAge: firstOf(places.map((hint) => hint?.maxAge)) ?? otherwise,
      isPrivate: firstOf(places.map((hint) => hint?.isPrivate)) ?? false,
    };
  };

  const lookAt: PolicyOfField = (parent, field, type) =>
    // What stands at an interface is the field of one of those that implement it.
    possibleNames(parent)
      .flatMap((owner) => {
        const own = [`${owner}.${field}`, `${parent.name}.${field}`];
        if (isCompositeType(type)) return possibleNames(type).map((possible) => told([...own, possible, type.name], 0));
        return roots.has(parent) ? told([...own, parent.name], 0) : told(own, Number.POSITIVE_INFINITY);
      })
      .reduce(stricter, FOR_EVER);

  const known = new Map<string, CachePolicy>();
  return (parent, field, type) => {
    const coordinate = `${parent.name}.${field}`;
    const policy = known.get(coordinate) ?? lookAt(parent, field, type);
    known.set(coordinate, policy);
    return policy;
  };
}

export const FOR_EVER: CachePolicy = { maxAge: Number.POSITIVE_INFINITY, isPrivate: false };

export const stricter = (one: CachePolicy, other: CachePolicy): CachePolicy => ({
  maxAge: Math.min(one.maxAge, other.maxAge),
  isPrivate: one.isPrivate || other.isPrivate,
});

const firstOf = <Value>(values: readonly (Value | null | undefined)[]): Value | undefined =>
  values.find((value): value is Value => value !== null && value !== undefined);

/** Of whatever specification: it has no home that all agree on. */
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
