import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
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
import type { Annotations } from './annotations.js';
import { argumentCost, givenBy } from './argumentCost.js';
import { type Count, countWith, largest, product, sum, type Variables } from './count.js';
import { WrongPages } from './limits.js';
import { type GivenSize, type ListSizes, listSizes } from './listSizes.js';
import { type PageCheck, pageChecks } from './pages.js';

/** What an operation costs with these variables: values of its response. Throws WrongPages if page sizes are not accepted. */
export type CostOf = (variables: Variables) => number;

/** A schema, and what it says that things cost. */
export interface Priced {
  schema: GraphQLSchema;
  annotations: Annotations;
  /** Factor by which the cost of `__schema` and `__type` is multiplied. */
  introspectionScale: number;
}

/** Where a selection counts: on objects of these types, or on any. */
interface Selected {
  types: ReadonlySet<string> | null;
  cost: Count;
}

/**
 * Compiles the cost of an operation. Each value of the response counts one, objects and leaves alike, unless `@cost` says
 * otherwise of the field or else of its type; `__typename` without an alias counts nothing. What stands in a list counts as often as the list may be long, see
 * `listSizes`. Arguments and input fields that have a `@cost` add it where they are given. Of the branches of an abstract
 * type the most expensive counts, since an object is of one type. What `@skip` and `@include` leave out is counted.
 */
export function costOf(
  document: DocumentNode,
  operation: OperationDefinitionNode,
  priced: Priced,
  largestPage: number,
): CostOf {
  const { schema, annotations } = priced;
  const checks: PageCheck[] = [];
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions)
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  const given = givenBy(
    new Map(
      (operation.variableDefinitions ?? []).map(({ variable, defaultValue }) => [variable.name.value, defaultValue]),
    ),
  );
  const open = new Set<string>();

  const ofSet = (
    { selections }: SelectionSetNode,
    parent: GraphQLCompositeType,
    sized: ListSizes['sized'],
    path: readonly string[],
  ): Count => {
    const selected = selections.flatMap((selection): Selected[] => {
      if (selection.kind === Kind.FIELD) return [{ types: null, cost: ofField(selection, parent, sized, path) }];
      const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments.get(selection.name.value);
      if (!fragment) return [];
      const condition = fragment.typeCondition ? schema.getType(fragment.typeCondition.name.value) : parent;
      if (!isCompositeType(condition)) return [];
      const types = condition === parent ? null : new Set(objectNames(condition));
      if (selection.kind === Kind.INLINE_FRAGMENT)
        return [{ types, cost: ofSet(fragment.selectionSet, condition, sized, path) }];
      const name = selection.name.value;
      if (open.has(name)) return [];
      open.add(name);
      const cost = ofSet(fragment.selectionSet, condition, sized, path);
      open.delete(name);
      return [{ types, cost }];
    });
    return mostExpensive(selected, objectNames(parent));
  };

  const ofField = (
    field: FieldNode,
    parent: GraphQLCompositeType,
    sized: ListSizes['sized'],
    outer: readonly string[],
  ): Count => {
    const definition = definitionOf(schema, parent, field.name.value);
    // Clients add it to every selection set; under its own name an object has it once.
    if (!definition) return field.name.value === TypeNameMetaFieldDef.name && field.alias ? 1 : 0;
    const type = getNamedType(definition.type);
    const sizeGiven: GivenSize = (name, read) => {
      const usual = definition.args.find((arg) => arg.name === name)?.defaultValue;
      return given((value) => read(value === undefined ? usual : value), writtenOf(field, name));
    };
    const path = [...outer, (field.alias ?? field.name).value];
    checks.push(...pageChecks(definition, field, path, sizeGiven, largestPage));
    const sizes = listSizes(definition, namesOf(parent), annotations.sizes, sizeGiven);
    const below = field.selectionSet && isCompositeType(type) ? ofSet(field.selectionSet, type, sizes.sized, path) : 0;
    const each = sum([weightOf(parent, definition, type), below]);
    const times = isListType(getNullableType(definition.type)) ? (sized.get(definition.name) ?? sizes.own) : 1;
    const cost = sum([product(times, each), ...argumentsOf(field, parent, definition)]);
    return isIntrospection(definition) ? product(priced.introspectionScale, cost) : cost;
  };

  const argumentsOf = (
    field: FieldNode,
    parent: GraphQLCompositeType,
    definition: GraphQLField<unknown, unknown>,
  ): Count[] =>
    definition.args.map((arg) => {
      const weight = Math.max(...namesOf(parent).map((name) => weighed(`${name}.${definition.name}(${arg.name}:)`)));
      return argumentCost(arg, weight, weighed, given, writtenOf(field, arg.name));
    });

  const weighed = (coordinate: string): number => annotations.weights.get(coordinate) ?? 0;

  /** Of an interface, the most expensive of those that implement it. */
  const weightOf = (
    parent: GraphQLCompositeType,
    { name }: GraphQLField<unknown, unknown>,
    type: GraphQLNamedType,
  ): number => {
    const ofType = Math.max(
      ...[type.name, ...possibleNames(type)].map((possible) => annotations.weights.get(possible) ?? 1),
    );
    const owners = isAbstractType(parent) ? possibleNames(parent) : [parent.name];
    return Math.max(...owners.map((owner) => annotations.weights.get(`${owner}.${name}`) ?? ofType));
  };

  const possibleNames = (type: GraphQLNamedType): string[] =>
    isAbstractType(type) ? schema.getPossibleTypes(type).map(({ name }) => name) : [];
  const namesOf = (type: GraphQLCompositeType): string[] => [type.name, ...possibleNames(type)];
  const objectNames = (type: GraphQLCompositeType): string[] =>
    isAbstractType(type) ? possibleNames(type) : [type.name];

  const root = schema.getRootType(operation.operation);
  const cost = root ? ofSet(operation.selectionSet, root, new Map(), []) : 0;
  return (variables) => {
    const wrong = checks.flatMap((check) => check(variables));
    if (wrong.length > 0) throw new WrongPages(wrong);
    return countWith(cost, variables);
  };
}

/** What an object may cost at most: of its possible types, the one for which the most is selected. */
function mostExpensive(selected: readonly Selected[], possible: readonly string[]): Count {
  const everywhere = sum(selected.flatMap(({ types, cost }) => (types ? [] : [cost])));
  const branches = selected.filter(({ types }) => types);
  if (branches.length === 0) return everywhere;
  // Types for which the same is selected cost the same.
  const distinct = new Map<string, Count>();
  for (const name of possible) {
    const applying = branches.filter(({ types }) => types?.has(name));
    const key = applying.map((branch) => branches.indexOf(branch)).join();
    if (applying.length > 0 && !distinct.has(key)) distinct.set(key, sum(applying.map(({ cost }) => cost)));
  }
  return sum([everywhere, largest([...distinct.values()])]);
}

const isIntrospection = (definition: GraphQLField<unknown, unknown>): boolean =>
  definition === SchemaMetaFieldDef || definition === TypeMetaFieldDef;

function definitionOf(
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

const writtenOf = (field: FieldNode, name: string) => field.arguments?.find((arg) => arg.name.value === name)?.value;
