import { type DefinitionNode, Kind, type ObjectTypeDefinitionNode, type TypeNode } from 'graphql';
import { describe, expect, it } from 'vitest';
import { SERVICES } from '../support/services.js';

type Fields = NonNullable<ObjectTypeDefinitionNode['fields']>;

const typesOf = (definitions: readonly DefinitionNode[]): Map<string, Fields> =>
  new Map(
    definitions.flatMap((definition) =>
      definition.kind === Kind.OBJECT_TYPE_DEFINITION || definition.kind === Kind.INTERFACE_TYPE_DEFINITION
        ? [[definition.name.value, definition.fields ?? []] as const]
        : [],
    ),
  );

/** Each service's types and their fields. */
const services = Object.entries(SERVICES).map(([service, { definition }]) => ({
  service,
  types: typesOf(definition.typeDefs.flatMap(({ definitions }) => definitions)),
}));

/** The service that defines most fields of a type. */
function ownerOf(type: string): string | undefined {
  const own = services
    .map(({ service, types }) => ({ service, fields: types.get(type)?.length ?? 0 }))
    .sort((a, b) => b.fields - a.fields);
  return own[0] && own[0].fields > 0 ? own[0].service : undefined;
}

const nameOf = (type: TypeNode): string => (type.kind === Kind.NAMED_TYPE ? type.name.value : nameOf(type.type));
/** Whether the type, or the element type of a list, is nullable. */
const mayBeNull = (type: TypeNode): boolean =>
  type.kind === Kind.NAMED_TYPE
    ? true
    : type.kind === Kind.LIST_TYPE
      ? mayBeNull(type.type)
      : type.type.kind !== Kind.NAMED_TYPE && mayBeNull(type.type);

const fields = services.flatMap(({ service, types }) =>
  [...types].flatMap(([type, list]) =>
    list.map((field) => ({ service, type, field, coordinate: `${service}: ${type}.${field.name.value}` })),
  ),
);

describe('a field that needs another subgraph is nullable', () => {
  it('if it refers to an entity of that subgraph', () => {
    const references = fields.filter(({ service, field }) => {
      const named = nameOf(field.type);
      const isEntity = services.every(
        ({ types }) => !types.has(named) || types.get(named)?.some(({ name }) => name.value === 'id'),
      );
      return (
        isEntity &&
        ownerOf(named) !== undefined &&
        ownerOf(named) !== service &&
        named !== 'Node' &&
        named !== 'Sourced' &&
        named !== 'Citation'
      );
    });
    expect(references.length).toBeGreaterThan(20);
    expect(references.filter(({ field }) => !mayBeNull(field.type)).map(({ coordinate }) => coordinate)).toEqual([]);
  });

  it('if it is added to a type of that subgraph', () => {
    const added = fields.filter(
      ({ service, type, field }) =>
        type !== 'Query' &&
        field.name.value !== 'id' &&
        ownerOf(type) !== service &&
        !field.directives?.some(({ name }) => name.value === 'external') &&
        services.some(
          (other) => other.service !== service && other.types.get(type)?.some(({ name }) => name.value === 'id'),
        ),
    );
    expect(added.length).toBeGreaterThan(5);
    expect(
      added.filter(({ field }) => field.type.kind === Kind.NON_NULL_TYPE).map(({ coordinate }) => coordinate),
    ).toEqual([]);
  });
});
