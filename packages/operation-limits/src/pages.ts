import type { FieldNode, GraphQLField } from 'graphql';
import { type Count, countWith, type Variables } from './count.js';
import type { GivenSize } from './listSizes.js';

/** A page size that is not accepted. */
export interface PageError {
  message: string;
  /** Response keys that lead to the field; without indexes, since nothing was executed. */
  path: readonly string[];
  node: FieldNode;
  argument: string;
}

/** The page sizes of a field that are not accepted with these variables. */
export type PageCheck = (variables: Variables) => PageError[];

const NONE = Number.NaN;
// What is not a number is rejected where it is coerced.
const pageSize = (value: unknown): number => (typeof value === 'number' ? value : NONE);

/** The check of a field that takes `first` and `last`, of which one may be given, at most `largest`; none of any other field. */
export function pageChecks(
  { name, args }: GraphQLField<unknown, unknown>,
  node: FieldNode,
  path: readonly string[],
  given: GivenSize,
  largest: number,
): PageCheck[] {
  const sizes = ['first', 'last'].flatMap((argument): [string, Count][] =>
    args.some((arg) => arg.name === argument) ? [[argument, given(argument, pageSize)]] : [],
  );
  if (sizes.length < 2) return [];
  const error = (argument: string, message: string): PageError => ({ message, path, node, argument });
  return [
    (variables) => {
      const asked = sizes
        .map(([argument, size]): [string, number] => [argument, countWith(size, variables)])
        .filter(([, size]) => !Number.isNaN(size));
      const wrong = asked.flatMap(([argument, size]) =>
        size < 0 || size > largest
          ? [
              error(
                argument,
                `Argument "${argument}" of "${name}" is ${size}; expected a whole number from 0 to ${largest}.`,
              ),
            ]
          : [],
      );
      if (wrong.length > 0 || asked.length < 2) return wrong;
      return [error('last', `Arguments "first" and "last" of "${name}" were both given; expected one of them.`)];
    },
  ];
}
