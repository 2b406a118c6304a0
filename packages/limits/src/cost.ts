import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isCompositeType,
  isInterfaceType,
  isListType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
  type ValueNode,
} from 'graphql';
import { WrongPage } from './limits.js';

export type Variables = Readonly<Record<string, unknown>>;
/** Objects that an operation's answer may hold with these variables. Throws WrongPage where a page of it is of a size that is not served. */
export type CostOf = (variables: Variables) => number;

/** Entries of a page that does not say how many, and of a list that is no page. */
const PAGE = 20;
const LIST = 10;
const PAGE_FIELDS = new Set(['edges', 'nodes']);

/**
 * How the cost of an operation is worked out. An object counts one, a leaf nothing; what stands in a list counts as often
 * as the list may be long. A field that takes `first` and `last` is a page: its entries are as many as it asks for. A list
 * that is asked for by a list of keys is as long as that one. A page holds `largestPage` entries at most. Introspection costs nothing here: its depth is bounded by
 * validation. What is skipped is counted, and so is each branch of an abstract type.
 */
export function costOf(document: DocumentNode, operation: OperationDefinitionNode, schema: GraphQLSchema, largestPage: number): CostOf {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions) if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  const defaults = new Map((operation.variableDefinitions ?? []).map(({ variable, defaultValue }) => [variable.name.value, defaultValue]));
  const open = new Set<string>();

  const ofSet = ({ selections }: SelectionSetNode, parent: GraphQLCompositeType, page: CostOf | null): CostOf[] =>
    selections.flatMap((selection) => {
      if (selection.kind === Kind.FIELD) return ofField(selection, parent, page);
      const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments.get(selection.name.value);
      if (!fragment) return [];
      const named = fragment.typeCondition ? schema.getType(fragment.typeCondition.name.value) : parent;
      if (!isCompositeType(named)) return [];
      if (selection.kind === Kind.INLINE_FRAGMENT) return ofSet(fragment.selectionSet, named, page);
      const name = selection.name.value;
      if (open.has(name)) return [];
      open.add(name);
      const costs = ofSet(fragment.selectionSet, named, page);
      open.delete(name);
      return costs;
    });

  const ofField = (field: FieldNode, parent: GraphQLCompositeType, page: CostOf | null): CostOf[] => {
    const definition = isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[field.name.value] : undefined;
    const type = definition && getNamedType(definition.type);
    if (!definition || !isCompositeType(type)) return [];
    const given: Given = (name, read) => argument(field, name, defaults, read);
    const isPage = takes(definition, 'first') && takes(definition, 'last');
    const ownPage = isPage ? pageOf(given('first', pageSize), given('last', pageSize), largestPage) : null;
    const below = field.selectionSet ? ofSet(field.selectionSet, type, ownPage) : [];
    const times = timesOf(definition, page, given);
    const cost: CostOf = (variables) => times(variables) * below.reduce((sum, cost) => sum + cost(variables), 1);
    if (!ownPage) return [cost];
    return [
      (variables) => {
        // Also where nothing of its entries is asked for.
        ownPage(variables);
        return cost(variables);
      },
    ];
  };

  const root = schema.getRootType(operation.operation);
  const costs = root ? ofSet(operation.selectionSet, root, null) : [];
  return (variables) => costs.reduce((sum, cost) => sum + cost(variables), 0);
}

/** Reads an argument of a field. */
type Given = <Value>(name: string, read: (value: unknown) => Value) => (variables: Variables) => Value;

const once: CostOf = () => 1;
const takes = (definition: GraphQLField<unknown, unknown>, name: string): boolean => definition.args.some((arg) => arg.name === name);

/** How often a field's object stands in its parent. */
function timesOf(definition: GraphQLField<unknown, unknown>, page: CostOf | null, given: Given): CostOf {
  if (!isListType(getNullableType(definition.type))) return once;
  if (page && PAGE_FIELDS.has(definition.name)) return page;
  const keys = definition.args.find((arg) => isListType(getNullableType(arg.type)));
  return keys ? given(keys.name, listLength) : () => LIST;
}

function pageOf(first: (variables: Variables) => number | null, last: (variables: Variables) => number | null, largest: number): CostOf {
  const checked = (argument: string, size: number | null): number | null => {
    if (size !== null && (size < 0 || size > largest)) throw new WrongPage(`Argument "${argument}" is ${size}; expected a whole number from 0 to ${largest}.`);
    return size;
  };
  return (variables) => {
    const sizes = [checked('first', first(variables)), checked('last', last(variables))];
    if (!sizes.includes(null)) throw new WrongPage('Arguments "first" and "last" were both given; expected one of them.');
    return sizes.find((size) => size !== null) || PAGE;
  };
}

// What is no number is refused where it is read.
const pageSize = (value: unknown): number | null => (typeof value === 'number' ? value : null);
const listLength = (value: unknown): number => (Array.isArray(value) ? value.length : 1);

/** What is read from an argument, as it is written or as its variable gives it. */
function argument<Value>(field: FieldNode, name: string, defaults: ReadonlyMap<string, ValueNode | undefined>, read: (value: unknown) => Value): (variables: Variables) => Value {
  const value = field.arguments?.find((arg) => arg.name.value === name)?.value;
  if (value?.kind !== Kind.VARIABLE) {
    const size = read(literal(value));
    return () => size;
  }
  const variable = value.name.value;
  const fallback = literal(defaults.get(variable));
  return (variables) => read(variables[variable] === undefined ? fallback : variables[variable]);
}

function literal(value: ValueNode | undefined): unknown {
  if (value?.kind === Kind.INT) return Number(value.value);
  return value?.kind === Kind.LIST ? value.values : null;
}
