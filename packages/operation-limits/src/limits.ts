import type { PageError } from './pages.js';

/** How large an operation may be. */
export interface OperationLimits {
  /** Words and signs of the document. */
  tokens: number;
  /** Fields within each other, fragments written out. */
  depth: number;
  /** Aliases in the document. */
  aliases: number;
  /** Fields of the operation itself, fragments written out. */
  rootFields: number;
  /** Directives in the document. */
  directives: number;
  /** Fields, fragments written out. */
  selections: number;
  /** Cost by the sizes of its lists, in values of the response. */
  cost: number;
  /** Entries of a page. */
  page: number;
}

/** What can be exceeded: what is configured, and fixed bounds that protect parsing and validation. */
export type Limit = Exclude<keyof OperationLimits, 'page'> | 'nesting' | 'name' | 'comparisons';

/** What is counted, as a message names it. */
const COUNTED: Record<Limit, string> = {
  tokens: 'tokens',
  depth: 'levels of fields',
  aliases: 'aliases',
  rootFields: 'root fields',
  directives: 'directives',
  selections: 'fields with its fragments written out',
  cost: 'values',
  comparisons: 'pairs of fields or fragments to compare under the same response keys',
  nesting: 'brackets within each other',
  name: 'characters in one name',
};

/** Page sizes that are not accepted, all of an operation. */
export class WrongPages extends Error {
  readonly errors: readonly PageError[];

  constructor(errors: readonly PageError[]) {
    super(errors[0]?.message);
    this.name = 'WrongPages';
    this.errors = errors;
  }
}

/** An operation that is larger than allowed. The message says by what. */
export class LimitExceeded extends Error {
  readonly limit: Limit;

  /** `counted` is null where counting stopped at the limit. */
  constructor(limit: Limit, counted: number | null, allowed: number) {
    const found = counted === null ? `more than ${allowed}` : String(counted);
    super(
      limit === 'cost'
        ? `The response may have as many as ${found} ${COUNTED.cost}; expected at most ${allowed}.`
        : `The document has ${found} ${COUNTED[limit]}; expected at most ${allowed}.`,
    );
    this.name = 'LimitExceeded';
    this.limit = limit;
  }
}
