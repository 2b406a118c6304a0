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
import { compileCost } from './cost.js';
import type { CostDirectives, ListSize } from './costDirectives.js';

/** Options for the largest introspection query of graphql-js. */
const FULL_QUERY = {
  descriptions: true,
  specifiedByUrl: true,
  directiveIsRepeatable: true,
  schemaDescription: true,
  inputValueDeprecation: true,
  experimentalDirectiveDeprecation: true,
  oneOf: true,
};
/** Maximum share of the cost limit for the full introspection query, so that it is accepted for any schema. */
const MAX_SHARE = 0.6;

/** Average sizes of the introspection lists of a schema, by coordinate. */
export function introspectionSizes(schema: GraphQLSchema): Map<string, ListSize> {
  const types = Object.values(schema.getTypeMap());
  const fields = types.flatMap((type): GraphQLField<unknown, unknown>[] =>
    isObjectType(type) || isInterfaceType(type) ? Object.values(type.getFields()) : [],
  );
  const inputFields = types.flatMap((type) => (isInputObjectType(type) ? Object.values(type.getFields()) : []));
  const enumValues = types.flatMap((type) => (isEnumType(type) ? type.getValues() : []));
  const directives = schema.getDirectives();
  const average = (count: number, owners: number): number => Math.ceil(count / Math.max(1, owners));
  const sizes: Record<string, number> = {
    '__Schema.types': types.length,
    '__Schema.directives': directives.length,
    '__Type.fields': average(fields.length, types.length),
    '__Type.inputFields': average(inputFields.length, types.length),
    // Types that are not enums have null here, which counts as a value, too.
    '__Type.enumValues': average(enumValues.length + types.filter((type) => !isEnumType(type)).length, types.length),
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

/** The factor for the cost of introspection with which its full query costs at most MAX_SHARE of `limit`. At most 1. */
export function introspectionScale(schema: GraphQLSchema, costDirectives: CostDirectives, limit: number): number {
  const document = parse(getIntrospectionQuery(FULL_QUERY), { noLocation: true });
  const [operation] = document.definitions;
  if (operation?.kind !== 'OperationDefinition') return 1;
  const cost = compileCost(
    document,
    operation,
    { schema, costDirectives, introspectionScale: 1 },
    Number.POSITIVE_INFINITY,
  )({});
  return Math.min(1, (limit * MAX_SHARE) / cost);
}
