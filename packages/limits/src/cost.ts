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
  type SelectionSetNode,
} from 'graphql';
import type { Annotations } from './annotations.js';
import { argumentCost, givenBy } from './argumentCost.js';
import { type Count, countWith, product, sum, type Variables } from './count.js';
import { type GivenSize, type ListSizes, listSizes } from './listSizes.js';
import { type PageCheck, pageChecks } from './pages.js';

/** What an operation costs with these variables, in objects of an answer. Throws WrongPage where a page of it is of a size that is not served. */
export type CostOf = (variables: Variables) => number;

/** A schema, and what it says that things cost. */
export interface Priced {
  schema: GraphQLSchema;
  annotations: Annotations;
}

/**
 * How the cost of an operation is worked out. An object counts one, a leaf nothing, unless `@cost` says otherwise of the
 * field or else of its type; what stands in a list counts as often as the list may be long, see `listSizes`; arguments and
 * fields of inputs that have a `@cost` add it where they are given. Introspection costs nothing here: its depth is bounded
 * by validation. What is skipped is counted, and so is each branch of an abstract type.
 */
export function costOf(document: DocumentNode, operation: OperationDefinitionNode, { schema, annotations }: Priced, largestPage: number): CostOf {
  const checks: PageCheck[] = [];
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions) if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  const given = givenBy(new Map((operation.variableDefinitions ?? []).map(({ variable, defaultValue }) => [variable.name.value, defaultValue])));
  const open = new Set<string>();

  const ofSet = ({ selections }: SelectionSetNode, parent: GraphQLCompositeType, sized: ListSizes['sized']): Count[] =>
    selections.flatMap((selection) => {
      if (selection.kind === Kind.FIELD) return ofField(selection, parent, sized);
      const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments.get(selection.name.value);
      if (!fragment) return [];
      const named = fragment.typeCondition ? schema.getType(fragment.typeCondition.name.value) : parent;
      if (!isCompositeType(named)) return [];
      if (selection.kind === Kind.INLINE_FRAGMENT) return ofSet(fragment.selectionSet, named, sized);
      const name = selection.name.value;
      if (open.has(name)) return [];
      open.add(name);
      const costs = ofSet(fragment.selectionSet, named, sized);
      open.delete(name);
      return costs;
    });

  const ofField = (field: FieldNode, parent: GraphQLCompositeType, sized: ListSizes['sized']): Count[] => {
    const definition = isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[field.name.value] : undefined;
    if (!definition) return [];
    const type = getNamedType(definition.type);
    const sizeGiven: GivenSize = (name, read) => {
      const usual = definition.args.find((arg) => arg.name === name)?.defaultValue;
      return given((value) => read(value === undefined ? usual : value), writtenOf(field, name));
    };
    checks.push(...pageChecks(definition, sizeGiven, largestPage));
    const sizes = listSizes(definition, namesOf(parent), annotations.sizes, sizeGiven);
    const below = field.selectionSet && isCompositeType(type) ? ofSet(field.selectionSet, type, sizes.sized) : [];
    const each = sum([weightOf(parent, definition, type), ...below]);
    const times = isListType(getNullableType(definition.type)) ? (sized.get(definition.name) ?? sizes.own) : 1;
    return [product(times, each), ...argumentsOf(field, parent, definition)];
  };

  const argumentsOf = (field: FieldNode, parent: GraphQLCompositeType, definition: GraphQLField<unknown, unknown>): Count[] =>
    definition.args.map((arg) => {
      const weight = Math.max(...namesOf(parent).map((name) => weighed(`${name}.${definition.name}(${arg.name}:)`)));
      return argumentCost(arg, weight, weighed, given, writtenOf(field, arg.name));
    });

  const weighed = (coordinate: string): number => annotations.weights.get(coordinate) ?? 0;

  /** Of an interface, the dearest of those that implement it. */
  const weightOf = (parent: GraphQLCompositeType, { name }: GraphQLField<unknown, unknown>, type: GraphQLNamedType): number => {
    const usual = isCompositeType(type) ? 1 : 0;
    const ofType = Math.max(...[type.name, ...possibleNames(type)].map((possible) => annotations.weights.get(possible) ?? usual));
    const owners = isAbstractType(parent) ? possibleNames(parent) : [parent.name];
    return Math.max(...owners.map((owner) => annotations.weights.get(`${owner}.${name}`) ?? ofType));
  };

  const possibleNames = (type: GraphQLNamedType): string[] => (isAbstractType(type) ? schema.getPossibleTypes(type).map(({ name }) => name) : []);
  const namesOf = (type: GraphQLCompositeType): string[] => [type.name, ...possibleNames(type)];

  const root = schema.getRootType(operation.operation);
  const cost = root ? sum(ofSet(operation.selectionSet, root, new Map())) : 0;
  return (variables) => {
    for (const check of checks) check(variables);
    return countWith(cost, variables);
  };
}

const writtenOf = (field: FieldNode, name: string) => field.arguments?.find((arg) => arg.name.value === name)?.value;
