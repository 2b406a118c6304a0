import {
  type GraphQLField,
  type GraphQLSchema,
  getIntrospectionQuery,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  parse,
} from 'graphql';
import type { Annotations, ListSize } from './annotations.js';
import { costOf } from './cost.js';

/** The largest introspection query that graphql-js can write. */
const FULL = {
  descriptions: true,
  specifiedByUrl: true,
  directiveIsRepeatable: true,
  schemaDescription: true,
  inputValueDeprecation: true,
  oneOf: true,
};
/** Part of the cost limit that the full introspection of any schema may take, so that it is always accepted. */
const PART = 0.5;

/** How long the lists of introspection are in this schema, on average, by coordinate. */
export function introspectionSizes(schema: GraphQLSchema): Map<string, ListSize> {
  const types = Object.values(schema.getTypeMap());
  const fields = types.flatMap((type): GraphQLField<unknown, unknown>[] =>
    isObjectType(type) || isInterfaceType(type) ? Object.values(type.getFields()) : [],
  );
  const inputFields = types.flatMap((type) => (isInputObjectType(type) ? Object.values(type.getFields()) : []));
  const enumValues = types.flatMap((type) => (isEnumType(type) ? type.getValues() : []));
  const directives = schema.getDirectives();
  const average = (count: number, of: number): number => Math.ceil(count / Math.max(1, of));
  const sizes: Record<string, number> = {
    '__Schema.types': types.length,
    '__Schema.directives': directives.length,
    '__Type.fields': average(fields.length, types.length),
    '__Type.inputFields': average(inputFields.length, types.length),
    '__Type.enumValues': average(enumValues.length, types.length),
    '__Type.interfaces': 1,
    '__Type.possibleTypes': 1,
    '__Field.args': average(fields.flatMap(({ args }) => args).length, fields.length),
    '__Directive.args': average(directives.flatMap(({ args }) => args).length, directives.length),
    '__Directive.locations': 5,
  };
  return new Map(
    Object.entries(sizes).map(([coordinate, assumedSize]) => [
      coordinate,
      { assumedSize, slicingArguments: [], sizedFields: [] },
    ]),
  );
}

/** The factor by which introspection is charged so that its full query costs at most a part of `limit`. */
export function introspectionScale(schema: GraphQLSchema, annotations: Annotations, limit: number): number {
  const document = parse(getIntrospectionQuery(FULL), { noLocation: true });
  const [operation] = document.definitions;
  if (operation?.kind !== 'OperationDefinition') return 1;
  const full = costOf(
    document,
    operation,
    { schema, annotations, introspectionScale: 1 },
    Number.POSITIVE_INFINITY,
  )({});
  return Math.min(1, (limit * PART) / full);
}
