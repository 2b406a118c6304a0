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

/** Representations of one request whose errors are told at most. */
const UNREADABLE_TOLD = 100;

interface Resolver {
  resolve: Resolve;
  /** The fields of each key; none where no key is declared. */
  keys: string[][];
}

/**
 * Resolves `_entities` so that one representation never costs the others: one that cannot be read is null at its place,
 * with an error. The same representation twice is resolved once, and more than `most` are refused.
 */
export function resolveEntities(schema: GraphQLSchema, most: number): void {
  const field = schema.getQueryType()?.getFields()['_entities'];
  if (!field) return;
  const resolvers = new Map<string, Resolver>();
  for (const type of Object.values(schema.getTypeMap())) {
    const resolver = isObjectType(type) || isInterfaceType(type) ? resolverOf(schema, type) : null;
    if (resolver) resolvers.set(type.name, resolver);
  }

  // A request may ask for them in several places.
  const asked = new WeakMap<object, { count: number; unreadable: number }>();
  field.resolve = (_root, { representations }: { representations: readonly unknown[] }, context: object, info) => {
    const request = asked.get(context) ?? { count: 0, unreadable: 0 };
    asked.set(context, request);
    request.count += representations.length;
    if (request.count > most)
      throw new GraphQLError(`${request.count} entities were asked for at once; expected at most ${most}.`, {
        extensions: { code: 'TOO_MANY_ENTITIES' },
      });
    const resolved = new Map<Resolver, Map<string, unknown>>();
    return representations.map((given) => {
      const representation = (typeof given === 'object' && given !== null ? given : {}) as Representation;
      const { __typename: type } = representation;
      const resolver = typeof type === 'string' ? resolvers.get(type) : undefined;
      if (!resolver)
        return unreadable(request, () => `expected "__typename" of an entity of this service, not ${shown(type)}`);
      if (!hasKey(representation, resolver.keys))
        return unreadable(
          request,
          () =>
            `expected a key of ${type as string}: ${resolver.keys.map((names) => names.join(' and ')).join(', or ')}`,
        );
      let ofType = resolved.get(resolver);
      if (!ofType) {
        ofType = new Map();
        resolved.set(resolver, ofType);
      }
      const key = keyOf(representation);
      let found = ofType.get(key);
      if (found === undefined) {
        found = settled(resolver, representation, context, info);
        ofType.set(key, found);
      }
      return found;
    });
  };
}

/** How entities of a type are found; null where it is none of this service. */
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
      ? found.then((value) => named(type, value, context, info))
      : named(type, found, context, info);
  };
  const directives: readonly ConstDirectiveNode[] = [type.astNode, ...type.extensionASTNodes].flatMap(
    (node) => node?.directives ?? [],
  );
  return { resolve, keys: directives.filter(({ name }) => name.value === 'key').map(keyFields) };
}

/** What was found, with the name of its type, by which `_Entity` tells it. */
function named(type: EntityType, found: unknown, context: object, info: GraphQLResolveInfo): unknown {
  if (typeof found !== 'object' || found === null || found instanceof Error) return found ?? null;
  const { __typename: there } = found as { __typename?: unknown };
  const name = isInterfaceType(type) ? (type.resolveType?.(found, context, info, type) ?? there) : type.name;
  if (there === name) return found;
  return there === undefined && Object.isExtensible(found)
    ? Object.defineProperty(found, '__typename', { value: name })
    : { ...found, __typename: name };
}

/** The outermost fields of a `@key`. */
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

// Most are a type and an id, told apart from any JSON by the first character.
function keyOf(representation: Representation): string {
  const { id } = representation;
  for (const name in representation) if (name !== '__typename' && name !== 'id') return JSON.stringify(representation);
  return typeof id === 'string' ? `:${id}` : JSON.stringify(representation);
}

/** An error belongs to its own place. */
function settled(
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

/** Of thousands that cannot be read the first are told of, each of which costs more than what it tells of; all are null. */
function unreadable(request: { unreadable: number }, expected: () => string): GraphQLError | null {
  if (++request.unreadable > UNREADABLE_TOLD) return null;
  return new GraphQLError(`A representation cannot be read: ${expected()}.`, {
    extensions: { code: 'BAD_USER_INPUT' },
  });
}

const shown = (type: unknown): string =>
  typeof type === 'string' ? `"${type.slice(0, 100)}"` : type === undefined ? 'none' : 'something else than a text';
