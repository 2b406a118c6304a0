import type { GraphQLField } from 'graphql';
import { type Count, countWith, type Variables } from './count.js';
import { WrongPage } from './limits.js';
import type { GivenSize } from './listSizes.js';

/** Looks whether the pages that are asked for with these variables are of a size that is served. Throws WrongPage where one is not. */
export type PageCheck = (variables: Variables) => void;

const NONE = Number.NaN;
// What is no number is refused where it is read.
const pageSize = (value: unknown): number => (typeof value === 'number' ? value : NONE);

/** The check of a field that takes `first` and `last`, of which one may be given, at most `largest`; none of any other field. */
export function pageChecks({ args }: GraphQLField<unknown, unknown>, given: GivenSize, largest: number): PageCheck[] {
  const sizes = ['first', 'last'].flatMap((name): [string, Count][] => (args.some((arg) => arg.name === name) ? [[name, given(name, pageSize)]] : []));
  if (sizes.length < 2) return [];
  return [
    (variables) => {
      const asked = sizes.map(([name, size]): [string, number] => [name, countWith(size, variables)]).filter(([, size]) => !Number.isNaN(size));
      for (const [name, size] of asked) {
        if (size < 0 || size > largest) throw new WrongPage(`Argument "${name}" is ${size}; expected a whole number from 0 to ${largest}.`);
      }
      if (asked.length > 1) throw new WrongPage('Arguments "first" and "last" were both given; expected one of them.');
    },
  ];
}
