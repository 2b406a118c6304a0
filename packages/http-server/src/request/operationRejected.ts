import type { GraphQLFormattedError } from 'graphql';
import type { ServerCode } from '../errors/catalogue.js';

/** Why an operation is rejected, as the response says it. */
export class OperationRejected extends Error {
  readonly errors: readonly GraphQLFormattedError[];
  readonly code: ServerCode;

  constructor(code: ServerCode, errors: readonly GraphQLFormattedError[]) {
    super(errors[0]?.message);
    this.name = 'OperationRejected';
    this.code = code;
    this.errors = errors;
  }
}
