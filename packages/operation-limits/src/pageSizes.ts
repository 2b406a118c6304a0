import type { FieldNode, GraphQLField } from 'graphql';
import { type Count, evaluate, type Variables } from './count.js';
import type { ReadSize } from './listSizes.js';

/** A page size outside the limits. */
export interface PageSizeError {
  message: string;
  /** Response keys of the field, without list indexes, since nothing was executed. */
  path: readonly string[];
  node: FieldNode;
  argument: string;
}

/** Returns the invalid page sizes of a field with these variables. */
export type PageSizeCheck = (variables: Variables) => PageSizeError[];

const NOT_GIVEN = Number.NaN;
// Values of other types are rejected by coercion.
const pageSize = (value: unknown): number => (typeof value === 'number' ? value : NOT_GIVEN);

/**
 * The check of a field with `first` and `last`: at most one of them, from 0 to `maxPageSize`. Empty for any other
 * field.
 */
export function pageSizeChecks(
  { name, args }: GraphQLField<unknown, unknown>,
  node: FieldNode,
  path: readonly string[],
  readSize: ReadSize,
  maxPageSize: number,
): PageSizeCheck[] {
  const sizes = ['first', 'last'].flatMap((argument): [string, Count][] =>
    args.some((arg) => arg.name === argument) ? [[argument, readSize(argument, pageSize)]] : [],
  );
  if (sizes.length < 2) return [];
  const error = (argument: string, message: string): PageSizeError => ({ message, path, node, argument });
  return [
    (variables) => {
      const given = sizes
        .map(([argument, size]): [string, number] => [argument, evaluate(size, variables)])
        .filter(([, size]) => !Number.isNaN(size));
      const errors = given.flatMap(([argument, size]) =>
        size < 0 || size > maxPageSize
          ? [
              error(
                argument,
                `Argument "${argument}" of "${name}" is ${size}; expected a whole number from 0 to ${maxPageSize}.`,
              ),
            ]
          : [],
      );
      if (errors.length > 0 || given.length < 2) return errors;
      return [error('last', `Arguments "first" and "last" of "${name}" were both given; expected one of them.`)];
    },
  ];
}
