import { type GraphQLField, getNullableType, isListType } from 'graphql';
import type { ListSize } from './annotations.js';
import { type Count, largest, orElse } from './count.js';

/** Entries of a page that does not say how many, and of a list that is no page. */
const PAGE = 20;
const LIST = 10;
const PAGE_FIELDS = ['edges', 'nodes'];

/** A number read from an argument of the field that is asked for. */
export type GivenSize = (argument: string, read: (value: unknown) => number) => Count;

/** How long the lists at a field may be. */
export interface ListSizes {
  /** The field itself, where it is a list. */
  own: Count;
  /** Lists of what stands there, by name. */
  sized: ReadonlyMap<string, Count>;
}

/**
 * Sizes by `@listSize`: what the slicing arguments ask for, the most where there are several, else the size assumed. Of an
 * interface, its own, or else the longest of those that implement it. Without one: a field that takes `first` and `last` is
 * a page, its entries as many as it asks for; a list that is asked for by a list of keys is as long as that one.
 */
export function listSizes(
  definition: GraphQLField<unknown, unknown>,
  [own = '', ...implementing]: readonly string[],
  sizes: ReadonlyMap<string, ListSize>,
  given: GivenSize,
): ListSizes {
  const of = (type: string): ListSize | undefined => sizes.get(`${type}.${definition.name}`);
  const annotations = of(own) || implementing.length === 0 ? [of(own)] : implementing.map(of);
  const [first, ...others] = [...new Set(annotations)].map((annotation) =>
    annotation ? annotated(annotation, given) : unannotated(definition, given),
  );
  return others.reduce<ListSizes>(longer, first as ListSizes);
}

function annotated({ assumedSize, slicingArguments, sizedFields }: ListSize, given: GivenSize): ListSizes {
  const asked = largest(slicingArguments.map((name) => given(name, pageSize)));
  const size = orElse(asked, assumedSize ?? (slicingArguments.length > 0 ? PAGE : LIST));
  return sizedFields.length > 0
    ? { own: LIST, sized: new Map(sizedFields.map((name) => [name, size])) }
    : { own: size, sized: new Map() };
}

function unannotated({ args }: GraphQLField<unknown, unknown>, given: GivenSize): ListSizes {
  const isPage = ['first', 'last'].every((name) => args.some((arg) => arg.name === name));
  if (isPage)
    return annotated({ assumedSize: PAGE, slicingArguments: ['first', 'last'], sizedFields: PAGE_FIELDS }, given);
  const keys = args.find((arg) => isListType(getNullableType(arg.type)));
  return { own: keys ? given(keys.name, listLength) : LIST, sized: new Map() };
}

const longer = (one: ListSizes, other: ListSizes): ListSizes => ({
  own: largest([one.own, other.own]),
  sized: new Map(
    [...new Set([...one.sized.keys(), ...other.sized.keys()])].map((name) => [
      name,
      largest([one.sized.get(name) ?? 0, other.sized.get(name) ?? 0]),
    ]),
  ),
});

// Null and what is no number are no size; a negative one is refused where it is read.
const pageSize = (value: unknown): number => (typeof value === 'number' && value > 0 ? value : 0);
const listLength = (value: unknown): number => (Array.isArray(value) ? value.length : 1);
