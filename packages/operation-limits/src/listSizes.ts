import {
  type GraphQLArgument,
  type GraphQLField,
  GraphQLID,
  getNamedType,
  getNullableType,
  isListType,
  isNonNullType,
} from 'graphql';
import type { ListSize } from './costDirectives.js';
import { type Count, max, orDefault } from './count.js';

/** Size of a page without `first` or `last`. */
const DEFAULT_PAGE_SIZE = 20;
/** Size of a list that is not a page. */
const DEFAULT_LIST_SIZE = 10;
const PAGE_FIELDS = ['edges', 'nodes'];

/** Reads a number from the value of a field's argument. */
export type ReadSize = (argument: string, read: (value: unknown) => number) => Count;

/** Estimated sizes of the lists at a field. */
export interface ListSizes {
  /** The field itself, if it is a list. */
  field: Count;
  /** Lists of its object, by field name. */
  sizedFields: ReadonlyMap<string, Count>;
}

/**
 * The list sizes of a field. `typeNames` are its parent type, then the types that implement it.
 *
 * With `@listSize`: the maximum of the slicing arguments, otherwise the assumed size. A list of objects by id
 * (`nodes(ids: [ID!]!)`) is as long as the list of ids, and at most the assumed size. An interface without `@listSize`
 * has the maximum of its types. Without the directive: a field with `first` and `last` is a page of that size, and a
 * list with a list argument, such as ids, is as long as that argument.
 */
export function listSizes(
  definition: GraphQLField<unknown, unknown>,
  [parentName = '', ...implementing]: readonly string[],
  sizes: ReadonlyMap<string, ListSize>,
  readSize: ReadSize,
): ListSizes {
  const directiveOf = (type: string): ListSize | undefined => sizes.get(`${type}.${definition.name}`);
  const directives =
    directiveOf(parentName) || implementing.length === 0 ? [directiveOf(parentName)] : implementing.map(directiveOf);
  const [first, ...others] = [...new Set(directives)].map((directive) =>
    directive ? sizesByDirective(definition, directive, readSize) : sizesByArguments(definition, readSize),
  );
  return others.reduce<ListSizes>(maxSizes, first as ListSizes);
}

function sizesByDirective(
  definition: GraphQLField<unknown, unknown>,
  { assumedSize, slicingArguments, sizedFields }: ListSize,
  readSize: ReadSize,
): ListSizes {
  // Composition accepts only integers as slicing arguments.
  const ids = definition.args.find(isListOfIds);
  if (ids && assumedSize !== null && slicingArguments.length === 0 && sizedFields.length === 0)
    return {
      field: readSize(ids.name, (value) => Math.min(listLength(value), assumedSize)),
      sizedFields: new Map(),
    };
  const requested = max(slicingArguments.map((name) => readSize(name, pageSize)));
  const defaultSize = slicingArguments.length > 0 ? DEFAULT_PAGE_SIZE : DEFAULT_LIST_SIZE;
  const size = orDefault(requested, assumedSize ?? defaultSize);
  return sizedFields.length > 0
    ? { field: DEFAULT_LIST_SIZE, sizedFields: new Map(sizedFields.map((name) => [name, size])) }
    : { field: size, sizedFields: new Map() };
}

/** Whether an argument is a required list of ids; a list that may be left out is a filter. */
const isListOfIds = ({ type }: GraphQLArgument): boolean =>
  isNonNullType(type) && isListType(type.ofType) && getNamedType(type) === GraphQLID;

function sizesByArguments(definition: GraphQLField<unknown, unknown>, readSize: ReadSize): ListSizes {
  const { args } = definition;
  const isPage = ['first', 'last'].every((name) => args.some((arg) => arg.name === name));
  if (isPage)
    return sizesByDirective(
      definition,
      { assumedSize: DEFAULT_PAGE_SIZE, slicingArguments: ['first', 'last'], sizedFields: PAGE_FIELDS },
      readSize,
    );
  const keys = args.find((arg) => isListType(getNullableType(arg.type)));
  return { field: keys ? readSize(keys.name, listLength) : DEFAULT_LIST_SIZE, sizedFields: new Map() };
}

const maxSizes = (one: ListSizes, other: ListSizes): ListSizes => ({
  field: max([one.field, other.field]),
  sizedFields: new Map(
    [...new Set([...one.sizedFields.keys(), ...other.sizedFields.keys()])].map((name) => [
      name,
      max([one.sizedFields.get(name) ?? 0, other.sizedFields.get(name) ?? 0]),
    ]),
  ),
});

// Zero means not given. Other types are rejected by coercion, negative sizes by pageSizeChecks.
const pageSize = (value: unknown): number => (typeof value === 'number' && value > 0 ? value : 0);
const listLength = (value: unknown): number => (Array.isArray(value) ? value.length : 1);
