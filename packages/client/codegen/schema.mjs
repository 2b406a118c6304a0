import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Supergraph } from '@apollo/federation-internals';
import { isEnumType, isInterfaceType, isObjectType, lexicographicSortSchema } from 'graphql';

const supergraph = join(import.meta.dirname, '../../../gateway/supergraph.graphql');

/** The API schema, sorted, so that the generated code does not depend on the order of the subgraphs. */
export const apiSchema = () =>
  lexicographicSortSchema(Supergraph.build(readFileSync(supergraph, 'utf8')).apiSchema().toGraphQLJSSchema());

const ownTypes = (schema) => Object.values(schema.getTypeMap()).filter((type) => !type.name.startsWith('__'));

/** The possible types of each interface, for caches that match fragments on interfaces. */
export const possibleTypes = (schema) =>
  Object.fromEntries(
    ownTypes(schema)
      .filter(isInterfaceType)
      .map((type) => [type.name, schema.getPossibleTypes(type).map(({ name }) => name)]),
  );

const PAGE_ARGUMENTS = ['first', 'after', 'last', 'before'];

/** The connection fields of each type, with the arguments that identify a list (all except the pagination arguments). */
export function connectionFields(schema) {
  const found = {};
  for (const type of ownTypes(schema).filter(isObjectType)) {
    const connections = Object.values(type.getFields()).filter((field) => /^\w+Connection!?$/.test(String(field.type)));
    if (connections.length === 0) continue;
    found[type.name] = Object.fromEntries(
      connections.map(({ name, args }) => [
        name,
        args.map((argument) => argument.name).filter((argument) => !PAGE_ARGUMENTS.includes(argument)),
      ]),
    );
  }
  return found;
}

/** Object types without an id, which a cache stores inside their parent object. */
export const valueTypes = (schema) =>
  ownTypes(schema)
    .filter(
      (type) =>
        isObjectType(type) &&
        type !== schema.getQueryType() &&
        !type.getFields().id &&
        !/(Connection|Edge|PageInfo)$/.test(type.name),
    )
    .map(({ name }) => name);

/** The values of each enum. */
export const enumValues = (schema) =>
  ownTypes(schema)
    .filter(isEnumType)
    .map((type) => [type.name, type.getValues().map(({ name }) => name)]);
