import { fragmentsOf } from '@dossier/graphql';
import {
  type DocumentNode,
  type FieldNode,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isAbstractType,
  isCompositeType,
  isInterfaceType,
  isListType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  SchemaMetaFieldDef,
  type SelectionSetNode,
  TypeMetaFieldDef,
  TypeNameMetaFieldDef,
} from 'graphql';
import { argumentCost, valueReader } from './argumentCost.js';
import type { CostDirectives } from './costDirectives.js';
import { type Count, evaluate, max, product, sum, type Variables } from './count.js';
import { InvalidPageSizes } from './limits.js';
import { type ListSizes, listSizes, type ReadSize } from './listSizes.js';
import { type PageSizeCheck, pageSizeChecks } from './pageSizes.js';

/** The cost of an operation with these variables, in values of its response. Throws InvalidPageSizes. */
export type ComputeCost = (variables: Variables) => number;

/** A schema with its cost directives. */
export interface CostModel {
  schema: GraphQLSchema;
  costDirectives: CostDirectives;
  /** Factor for the cost of `__schema` and `__type`. */
  introspectionScale: number;
}

/** The cost of a selection on objects of some types; `types` is null if it applies to all. */
interface SelectionCost {
  types: ReadonlySet<string> | null;
  cost: Count;
}

/**
 * Compiles the cost of an operation. Each value of the response costs 1, objects and leaves alike, unless the field or
 * its type has `@cost`; `__typename` without an alias is free. The cost of a list is multiplied by its size, see
 * `listSizes`. Arguments and input fields with `@cost` add it if they are given. An object has one type, so of several
 * type conditions the most expensive counts. Selections that `@skip` and `@include` exclude are counted.
 * Cost specification: https://ibm.github.io/graphql-specs/cost-spec.html
 */
export function compileCost(
  document: DocumentNode,
  operation: OperationDefinitionNode,
  { schema, costDirectives, introspectionScale }: CostModel,
  maxPageSize: number,
): ComputeCost {
  const checks: PageSizeCheck[] = [];
  const fragments = fragmentsOf(document);
  const readValue = valueReader(
    new Map(
      (operation.variableDefinitions ?? []).map(({ variable, defaultValue }) => [variable.name.value, defaultValue]),
    ),
  );
  /** Fragments being expanded: a cycle counts zero, since validation rejects it. */
  const activeFragments = new Set<string>();

  const selectionSetCost = (
    { selections }: SelectionSetNode,
    parent: GraphQLCompositeType,
    sizedFields: ListSizes['sizedFields'],
    path: readonly string[],
  ): Count => {
    const costs = selections.flatMap((selection): SelectionCost[] => {
      if (selection.kind === Kind.FIELD)
        return [{ types: null, cost: fieldCost(selection, parent, sizedFields, path) }];
      const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments.get(selection.name.value);
      if (!fragment) return [];
      const condition = fragment.typeCondition ? schema.getType(fragment.typeCondition.name.value) : parent;
      if (!isCompositeType(condition)) return [];
      const types = condition === parent ? null : new Set(objectTypeNames(condition));
      if (selection.kind === Kind.INLINE_FRAGMENT)
        return [{ types, cost: selectionSetCost(fragment.selectionSet, condition, sizedFields, path) }];
      const name = selection.name.value;
      if (activeFragments.has(name)) return [];
      activeFragments.add(name);
      const cost = selectionSetCost(fragment.selectionSet, condition, sizedFields, path);
      activeFragments.delete(name);
      return [{ types, cost }];
    });
    return mostExpensive(costs, objectTypeNames(parent));
  };

  const fieldCost = (
    field: FieldNode,
    parent: GraphQLCompositeType,
    sizedFields: ListSizes['sizedFields'],
    parentPath: readonly string[],
  ): Count => {
    const definition = fieldDefinition(schema, parent, field.name.value);
    // Clients add `__typename` to every selection set, so only aliased ones count.
    if (!definition) return field.name.value === TypeNameMetaFieldDef.name && field.alias ? 1 : 0;
    const type = getNamedType(definition.type);
    const readSize: ReadSize = (name, read) => {
      const defaultValue = definition.args.find((arg) => arg.name === name)?.defaultValue;
      return readValue((value) => read(value === undefined ? defaultValue : value), argumentValue(field, name));
    };
    const path = [...parentPath, (field.alias ?? field.name).value];
    checks.push(...pageSizeChecks(definition, field, path, readSize, maxPageSize));
    const sizes = listSizes(definition, typeNames(parent), costDirectives.sizes, readSize);
    const selectionCost =
      field.selectionSet && isCompositeType(type)
        ? selectionSetCost(field.selectionSet, type, sizes.sizedFields, path)
        : 0;
    const elementCost = sum([fieldWeight(parent, definition, type), selectionCost]);
    const size = isListType(getNullableType(definition.type)) ? (sizedFields.get(definition.name) ?? sizes.field) : 1;
    const cost = sum([product(size, elementCost), ...argumentCosts(field, parent, definition)]);
    return isIntrospection(definition) ? product(introspectionScale, cost) : cost;
  };

  const argumentCosts = (
    field: FieldNode,
    parent: GraphQLCompositeType,
    definition: GraphQLField<unknown, unknown>,
  ): Count[] =>
    definition.args.map((arg) => {
      const weight = Math.max(...typeNames(parent).map((name) => weightOf(`${name}.${definition.name}(${arg.name}:)`)));
      return argumentCost(arg, weight, weightOf, readValue, argumentValue(field, arg.name));
    });

  const weightOf = (coordinate: string): number => costDirectives.weights.get(coordinate) ?? 0;

  /** For an interface, the maximum of the types that implement it. */
  const fieldWeight = (
    parent: GraphQLCompositeType,
    { name }: GraphQLField<unknown, unknown>,
    type: GraphQLNamedType,
  ): number => {
    const typeWeight = Math.max(
      ...[type.name, ...possibleTypeNames(type)].map((possible) => costDirectives.weights.get(possible) ?? 1),
    );
    const owners = isAbstractType(parent) ? possibleTypeNames(parent) : [parent.name];
    return Math.max(...owners.map((owner) => costDirectives.weights.get(`${owner}.${name}`) ?? typeWeight));
  };

  const possibleTypeNames = (type: GraphQLNamedType): string[] =>
    isAbstractType(type) ? schema.getPossibleTypes(type).map(({ name }) => name) : [];
  const typeNames = (type: GraphQLCompositeType): string[] => [type.name, ...possibleTypeNames(type)];
  const objectTypeNames = (type: GraphQLCompositeType): string[] =>
    isAbstractType(type) ? possibleTypeNames(type) : [type.name];

  const root = schema.getRootType(operation.operation);
  const cost = root ? selectionSetCost(operation.selectionSet, root, new Map(), []) : 0;
  return (variables) => {
    const errors = checks.flatMap((check) => check(variables));
    if (errors.length > 0) throw new InvalidPageSizes(errors);
    return evaluate(cost, variables);
  };
}

/** The maximum cost of an object: that of the possible type with the most expensive selections. */
function mostExpensive(costs: readonly SelectionCost[], possibleTypes: readonly string[]): Count {
  const unconditional = sum(costs.flatMap(({ types, cost }) => (types ? [] : [cost])));
  const conditional = costs.filter(({ types }) => types);
  if (conditional.length === 0) return unconditional;
  // Types with the same selections have the same cost.
  const distinct = new Map<string, Count>();
  for (const name of possibleTypes) {
    const applicable = conditional.filter(({ types }) => types?.has(name));
    const key = applicable.map((selection) => conditional.indexOf(selection)).join();
    if (applicable.length > 0 && !distinct.has(key)) distinct.set(key, sum(applicable.map(({ cost }) => cost)));
  }
  return sum([unconditional, max([...distinct.values()])]);
}

const isIntrospection = (definition: GraphQLField<unknown, unknown>): boolean =>
  definition === SchemaMetaFieldDef || definition === TypeMetaFieldDef;

function fieldDefinition(
  schema: GraphQLSchema,
  parent: GraphQLCompositeType,
  name: string,
): GraphQLField<unknown, unknown> | undefined {
  if (parent === schema.getQueryType()) {
    if (name === SchemaMetaFieldDef.name) return SchemaMetaFieldDef;
    if (name === TypeMetaFieldDef.name) return TypeMetaFieldDef;
  }
  return isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[name] : undefined;
}

const argumentValue = (field: FieldNode, name: string) =>
  field.arguments?.find((arg) => arg.name.value === name)?.value;
