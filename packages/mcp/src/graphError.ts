/** An error of the graph or of a request to it, with its code. The message is for clients. */
export interface CodedError {
  code: string;
  message: string;
}

/** Thrown if the graph returns no data: arguments are not valid, the operation was not executed, or all of it failed. */
export class GraphError extends Error {
  readonly errors: readonly CodedError[];

  constructor(errors: readonly CodedError[]) {
    super(errors.map(({ code, message }) => `${code}: ${message}`).join('\n'));
    this.name = 'GraphError';
    this.errors = errors;
  }
}
