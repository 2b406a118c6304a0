import type { PageSizeError } from './pageSizes.js';

/** The maximum size of an operation. */
export interface OperationLimits {
  /** Lexical tokens of the document. */
  tokens: number;
  /** Nested levels of fields, with fragments expanded. */
  depth: number;
  /** Aliases in the document. */
  aliases: number;
  /** Fields of the root selection set, with fragments expanded. */
  rootFields: number;
  /** Directives in the document. */
  directives: number;
  /** Fields, with fragments expanded. */
  selections: number;
  /** Estimated number of values in the response. */
  cost: number;
  /** Page size: `first` or `last`. */
  page: number;
}

/** The limits that LimitExceeded reports: the configured ones, and fixed ones that protect parsing and validation. */
export type Limit = Exclude<keyof OperationLimits, 'page'> | 'nesting' | 'name' | 'comparisons';

/** What each limit counts, for messages. */
const COUNTED: Record<Limit, string> = {
  tokens: 'tokens',
  depth: 'levels of fields',
  aliases: 'aliases',
  rootFields: 'root fields',
  directives: 'directives',
  selections: 'fields with fragments expanded',
  cost: 'values',
  comparisons: 'pairs of fields or fragments that must be compared, since their response keys are equal',
  nesting: 'nested brackets',
  name: 'characters in one name',
};

/** Page sizes outside the limits: all those of the operation. */
export class InvalidPageSizes extends Error {
  readonly errors: readonly PageSizeError[];

  constructor(errors: readonly PageSizeError[]) {
    super(errors[0]?.message);
    this.name = 'InvalidPageSizes';
    this.errors = errors;
  }
}

/** An operation exceeds a limit. The message names the limit, the count and the maximum. */
export class LimitExceeded extends Error {
  readonly limit: Limit;
  readonly count: number | null;

  /** `count` is null if counting stopped at the maximum. */
  constructor(limit: Limit, count: number | null, maximum: number) {
    const actual = count === null ? `more than ${maximum}` : String(count);
    super(
      limit === 'cost'
        ? `The response may have as many as ${actual} ${COUNTED.cost}; expected at most ${maximum}.`
        : `The document has ${actual} ${COUNTED[limit]}; expected at most ${maximum}.`,
    );
    this.name = 'LimitExceeded';
    this.limit = limit;
    this.count = count;
  }
}
