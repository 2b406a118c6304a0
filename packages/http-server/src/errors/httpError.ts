import type { GraphQLFormattedError } from 'graphql';
import { catalogue, type ServerCode } from './catalogue.js';

/** An error that concerns the whole request. Its code determines the status of the response. */
export class HttpError extends Error {
  readonly code: ServerCode;
  readonly statusCode: number;

  constructor(code: ServerCode, message: string = catalogue[code].sentence, options?: ErrorOptions) {
    super(message, options);
    this.name = 'HttpError';
    this.code = code;
    this.statusCode = catalogue[code].status ?? 400;
  }
}

/**
 * The errors of an operation that is not executed; the response has no data.
 * GraphQL specification, 7.1.1 "Request errors": https://spec.graphql.org/October2021/#sec-Errors.Request-errors
 */
export class GraphQLRequestError extends Error {
  readonly code: ServerCode;
  readonly errors: readonly GraphQLFormattedError[];

  constructor(code: ServerCode, errors: readonly GraphQLFormattedError[]) {
    super(errors[0]?.message);
    this.name = 'GraphQLRequestError';
    this.code = code;
    this.errors = errors;
  }
}
