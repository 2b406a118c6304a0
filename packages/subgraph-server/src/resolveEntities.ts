import { getOwn } from '@dossier/graphql';
import {
  type ConstDirectiveNode,
  GraphQLError,
  type GraphQLInterfaceType,
  type GraphQLObjectType,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  isInterfaceType,
  isObjectType,
  Kind,
} from 'graphql';

type Resolve = (representation: object, context: object, info: GraphQLResolveInfo) => unknown;
type EntityType = GraphQLObjectType | GraphQLInterfaceType;
type Representation = Record<string, unknown>;

/** Maximum number of invalid representations per request that are reported. */
const MAX_REPORTED = 100;

interface Resolver {
  resolve: Resolve;
  /** The top-level fields of each `@key`; empty if the type declares none. */
  keys: string[][];
}

/**
 * Replaces the resolver of `_entities`: an invalid representation is null with an error and does not affect the others, equal
 * representations are resolved once, and a request with more than `maxEntities` of them fails with TOO_MANY_ENTITIES.
 * Federation subgraph specification: https://www.apollographql.com/docs/graphos/schema-design/federated-schemas/reference/subgraph-spec
 */
export function resolveEntities(schema: GraphQLSchema, maxEntities: number): void {
  const field = schema.getQueryType()?.getFields()['_entities'];
  if (!field) return;
  const resolvers = new Map<string, Resolver>();
  for (const type of Object.values(schema.getTypeMap())) {
    const resolver = isObjectType(type) || isInterfaceType(type) ? resolverOf(schema, type) : null;
    if (resolver) resolvers.set(type.name, resolver);
  }

  // A request may select `_entities` several times.
  const counters = new WeakMap<object, { count: number; invalid: number }>();
  field.resolve = (_root, { representations }: { representations: readonly unknown[] }, context: object, info) => {
    const request = counters.get(context) ?? { count: 0, invalid: 0 };
    counters.set(context, request);
    request.count += representations.length;
    if (request.count > maxEntities)
      throw new GraphQLError(`The request has ${request.count} representations; expected at most ${maxEntities}.`, {
        extensions: { code: 'TOO_MANY_ENTITIES' },
      });
    const resolved = new Map<Resolver, Map<string, unknown>>();
    return representations.map((given) => {
      const representation = (typeof given === 'object' && given !== null ? given : {}) as Representation;
      const { __typename: type } = representation;
      const resolver = typeof type === 'string' ? resolvers.get(type) : undefined;
      if (!resolver)
        return invalidRepresentation(
          request,
          () => `expected "__typename" of an entity of this service, not ${describeTypename(type)}`,
        );
      if (!hasKey(representation, resolver.keys))
        return invalidRepresentation(
          request,
          () =>
            `expected a key of ${type as string}: ${resolver.keys.map((names) => names.join(' and ')).join(', or ')}`,
        );
      let resultsByKey = resolved.get(resolver);
      if (!resultsByKey) {
        resultsByKey = new Map();
        resolved.set(resolver, resultsByKey);
      }
      const key = representationKey(representation);
      let found = resultsByKey.get(key);
      if (found === undefined) {
        found = resolveOrError(resolver, representation, context, info);
        resultsByKey.set(key, found);
      }
      return found;
    });
  };
}

/** The resolver of a type; null if it is not an entity of this subgraph. */
function resolverOf(schema: GraphQLSchema, type: EntityType): Resolver | null {
  const { resolveReference } =
    (type.extensions['apollo'] as { subgraph?: { resolveReference?: Resolve } } | undefined)?.subgraph ?? {};
  const union = schema.getType('_Entity');
  const isEntity = isObjectType(type) && union !== undefined && schema.isSubType(union as never, type);
  if (!resolveReference && !isEntity) return null;
  const find: Resolve = resolveReference ?? ((representation) => representation);
  const resolve: Resolve = (representation, context, info) => {
    const found = find(representation, context, info);
    return found instanceof Promise
      ? found.then((value) => withTypename(type, value, context, info))
      : withTypename(type, found, context, info);
  };
  const directives: readonly ConstDirectiveNode[] = [type.astNode, ...type.extensionASTNodes].flatMap(
    (node) => node?.directives ?? [],
  );
  return { resolve, keys: directives.filter(({ name }) => name.value === 'key').map(keyFields) };
}

/** Adds the `__typename` by which `_Entity` resolves its concrete type. */
function withTypename(type: EntityType, found: unknown, context: object, info: GraphQLResolveInfo): unknown {
  if (typeof found !== 'object' || found === null || found instanceof Error) return found ?? null;
  const { __typename: current } = found as { __typename?: unknown };
  const name = isInterfaceType(type) ? (type.resolveType?.(found, context, info, type) ?? current) : type.name;
  if (current === name) return found;
  return current === undefined && Object.isExtensible(found)
    ? Object.defineProperty(found, '__typename', { value: name })
    : { ...found, __typename: name };
}

/** The top-level fields of a `@key`. */
function keyFields({ arguments: args = [] }: ConstDirectiveNode): string[] {
  const value = args.find(({ name }) => name.value === 'fields')?.value;
  let text = value?.kind === Kind.STRING ? value.value : '';
  for (let outer = ''; outer !== text; ) {
    outer = text;
    text = text.replace(/\{[^{}]*\}/g, ' ');
  }
  return text.split(/[\s,]+/).filter(Boolean);
}

const hasKey = (representation: Representation, keys: string[][]): boolean =>
  keys.length === 0 || keys.some((names) => names.every((name) => getOwn(representation, name) !== undefined));

// Most representations have only an id. The colon distinguishes that form from JSON.
function representationKey(representation: Representation): string {
  const { id } = representation;
  for (const name in representation) if (name !== '__typename' && name !== 'id') return JSON.stringify(representation);
  return typeof id === 'string' ? `:${id}` : JSON.stringify(representation);
}

/** Returns an error instead of throwing it, so that it is reported at the path of its representation only. */
function resolveOrError(
  { resolve }: Resolver,
  representation: Representation,
  context: object,
  info: GraphQLResolveInfo,
): unknown {
  try {
    return resolve(representation, context, info);
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

/** The error of an invalid representation; null, without an error, after the first MAX_REPORTED of a request. */
function invalidRepresentation(request: { invalid: number }, expected: () => string): GraphQLError | null {
  if (++request.invalid > MAX_REPORTED) return null;
  return new GraphQLError(`Invalid representation: ${expected()}.`, {
    extensions: { code: 'BAD_USER_INPUT' },
  });
}

const describeTypename = (type: unknown): string =>
  typeof type === 'string' ? `"${type.slice(0, 100)}"` : type === undefined ? 'none' : 'a value that is not a string';
