import {
  buildClientSchema,
  type GraphQLSchema,
  type IntrospectionDirective,
  type IntrospectionSchema,
  type IntrospectionType,
  introspectionFromSchema,
  isSpecifiedDirective,
} from 'graphql';

/** Fields and types that every subgraph has for its gateway: https://specs.apollo.dev/federation */
const SUBGRAPH_FIELDS = new Set(['_service', '_entities']);
const SUBGRAPH_TYPES = new Set(['_Any', '_Service', '_Entity']);
/** Names of types that a linked specification defines, e.g. `link__Purpose`; not those of introspection. */
const NAMESPACED = /^(?!__).+__/;
/** A directive without such a location is only for gateways, composition or servers. */
const EXECUTABLE_LOCATIONS = new Set([
  'QUERY',
  'MUTATION',
  'SUBSCRIPTION',
  'FIELD',
  'FRAGMENT_DEFINITION',
  'FRAGMENT_SPREAD',
  'INLINE_FRAGMENT',
  'VARIABLE_DEFINITION',
]);

/** The schema of a subgraph for clients: without the fields, types and directives of federation. It cannot be executed. */
export function apiSchemaOf(schema: GraphQLSchema): GraphQLSchema {
  const { __schema } = introspectionFromSchema(schema);
  const filtered: IntrospectionSchema = {
    ...__schema,
    types: __schema.types
      .filter(isApiType)
      .map((type) =>
        type.kind === 'OBJECT' && type.name === __schema.queryType.name
          ? { ...type, fields: type.fields.filter(({ name }) => !SUBGRAPH_FIELDS.has(name)) }
          : type,
      ),
    directives: __schema.directives.filter((directive) => isApiDirective(schema, directive)),
  };
  return buildClientSchema({ __schema: filtered });
}

const isApiType = ({ name }: IntrospectionType): boolean => !SUBGRAPH_TYPES.has(name) && !NAMESPACED.test(name);

function isApiDirective(schema: GraphQLSchema, { name, locations }: IntrospectionDirective): boolean {
  const definition = schema.getDirective(name);
  return (
    (definition != null && isSpecifiedDirective(definition)) ||
    locations.some((location) => EXECUTABLE_LOCATIONS.has(location))
  );
}
