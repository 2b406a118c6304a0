import type { TestSubgraph } from '../../support/federation.js';
import { findOneOf, findThing, type GraphData, KEY_RESOLVERS, requiringValue, type Thing } from './data.js';
import { type Entity, entitiesIn, type Field, type GraphModel, type Items, KEYS } from './model.js';

// biome-ignore lint/suspicious/noExplicitAny: resolvers differ in every parent, argument and result
type Resolvers = Record<string, any>;

/** A part of a subgraph: definitions of types, and the resolvers of each. */
interface Part {
  sdl: string;
  resolvers: Resolvers;
}

/** The SDL and resolvers of one subgraph. */
export function subgraphOf(model: GraphModel, data: GraphData, name: string): TestSubgraph {
  const here = entitiesIn(model, name);
  const parts: Part[] = [
    ...here.map((entity) => entityPart(model, data, entity, name)),
    ...sharedTypes(model, here, name),
    ...(model.items?.home === name ? [itemHomePart(model.items, data)] : []),
    ...(model.items?.extender === name ? [itemExtenderPart(model.items, data)] : []),
    queryPart(model, data, name),
    ...(model.bumping === name ? [mutationPart(model, data)] : []),
  ];
  return {
    sdl: parts.map(({ sdl }) => sdl).join('\n'),
    resolvers: Object.assign({}, ...parts.map(({ resolvers }) => resolvers)) as Resolvers,
  };
}

function entityPart({ queries }: GraphModel, data: GraphData, entity: Entity, subgraph: string): Part {
  const kinds = entity.keys.get(subgraph) ?? [];
  const own = entity.fields.filter(({ owners }) => owners.includes(subgraph));
  const provided = queries.flatMap(({ owners, targets, provides }) =>
    provides && owners.includes(subgraph) && targets[0] === entity.name ? [provides.field] : [],
  );
  const required = own.flatMap(({ requires }) =>
    entity.fields.filter((field) => field.name === requires?.name && !field.owners.includes(subgraph)),
  );
  const declarations = [
    ...kinds.flatMap((kind) => KEYS[kind].declarations),
    ...own.map(declaration),
    ...[...new Set([...required, ...provided])].map((field) => `${field.name}${field.args}: ${field.type} @external`),
  ];
  const keys = kinds.map((kind) => `@key(fields: "${KEYS[kind].fields}")`).join(' ');
  const sdl = `type ${entity.name}${entity.hasLabel ? ' implements Labelled' : ''} ${keys} { ${declarations.join(' ')} }`;
  const keyFields = Object.keys(KEY_RESOLVERS).filter((field) => new RegExp(`\\b${field}\\b`).test(sdl));
  return {
    sdl,
    resolvers: {
      [entity.name]: {
        __resolveReference: (representation: Record<string, unknown>) => findThing(entity.name, representation),
        ...Object.fromEntries(keyFields.map((field) => [field, KEY_RESOLVERS[field]])),
        ...Object.fromEntries(own.map((field) => [field.name, ownResolver(data, field)])),
        ...Object.fromEntries(provided.map((field) => [field.name, data.resolverOf(field)])),
      },
    },
  };
}

function declaration({ name, args, type, requires, owners, isProvided }: Field): string {
  const required = requires ? ` @requires(fields: ${JSON.stringify(requires.set)})` : '';
  return `${name}${args}: ${type}${required}${owners.length > 1 || isProvided ? ' @shareable' : ''}`;
}

/** A field with `@requires` shows what the gateway sent. */
const ownResolver = (data: GraphData, field: Field) =>
  field.requires
    ? ({ reference }: Thing, args: Record<string, unknown>) =>
        requiringValue(field, sentValue(reference, field.requires?.name), args)
    : data.resolverOf(field);

const sentValue = (reference: Thing['reference'], name = ''): unknown =>
  reference && name in reference ? reference[name] : 'NOT GIVEN';

/** The interface, value type and union of the entities, as this subgraph defines them. */
function sharedTypes({ labelOwner, unionHome }: GraphModel, here: Entity[], subgraph: string): Part[] {
  const definitions: string[] = [];
  if (here.some(({ hasLabel }) => hasLabel))
    definitions.push(`interface Labelled { id: ID! ${subgraph === labelOwner ? 'label: String' : ''} }`);
  if (here.some(({ keys }) => keys.get(subgraph)?.includes('nested')))
    definitions.push('type Ref @shareable { code: ID! }');
  if (subgraph === unionHome && here.length > 0)
    definitions.push(`union Either = ${here.map(({ name }) => name).join(' | ')}`);
  return definitions.map((sdl) => ({ sdl, resolvers: {} }));
}

function itemHomePart({ types, size }: Items, data: GraphData): Part {
  const definitions = types.map((type) => `type ${type} implements Item @key(fields: "id") { id: ID! size: Int }`);
  return {
    sdl: ['interface Item @key(fields: "id") { id: ID! size: Int }', ...definitions].join('\n'),
    resolvers: {
      ...Object.fromEntries(
        types.map((type) => [
          type,
          {
            __resolveReference: (representation: Record<string, unknown>) => findThing(type, representation),
            id: KEY_RESOLVERS['id'],
            size: data.resolverOf(size),
          },
        ]),
      ),
      Item: { __resolveReference: ({ id }: { id: string }) => findOneOf(types, id) },
    },
  };
}

function itemExtenderPart({ types, extra, extraOfSize }: Items, data: GraphData): Part {
  const declarations = [extra, ...(extraOfSize ? [extraOfSize] : [])].map(declaration);
  return {
    sdl: `type Item @key(fields: "id") @interfaceObject { id: ID! ${declarations.join(' ')} ${extraOfSize ? 'size: Int @external' : ''} }`,
    resolvers: {
      Item: {
        __resolveReference: (representation: { id: string }) => {
          const item = findOneOf(types, representation.id);
          return item && { id: representation.id, at: item.at, concrete: item.__typename, reference: representation };
        },
        id: KEY_RESOLVERS['id'],
        extra: data.resolverOf(extra),
        ...(extraOfSize && { extraOfSize: ownResolver(data, extraOfSize) }),
      },
    },
  };
}

/** The fields of Query, and one that only this subgraph has, so that Query is never empty. */
function queryPart({ queries }: GraphModel, data: GraphData, subgraph: string): Part {
  const own = queries.filter(({ owners }) => owners.includes(subgraph));
  const declarations = own.map(
    ({ name, args, type, provides }) =>
      `${name}${args}: ${type}${provides ? ` @provides(fields: ${JSON.stringify(provides.set)})` : ''}`,
  );
  return {
    sdl: `type Query { ${[...declarations, `_${subgraph}: Int`].join(' ')} }`,
    resolvers: {
      Query: Object.fromEntries(
        own.map((field) => [
          field.name,
          (_: unknown, args: Record<string, unknown>) => data.providedValue(field, args),
        ]),
      ),
    },
  };
}

const mutationPart = ({ bumped }: GraphModel, data: GraphData): Part => ({
  sdl: `type Mutation { bump(id: ID!): ${bumped.name} }`,
  resolvers: { Mutation: { bump: (_: unknown, { id }: { id: unknown }) => data.bump(id) } },
});
