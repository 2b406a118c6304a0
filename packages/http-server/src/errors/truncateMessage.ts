import type { GraphQLFormattedError } from 'graphql';
import type { ServerCode } from './catalogue.js';

/** Characters of a message at most: it may repeat what the client sent. */
const MAX_MESSAGE = 500;
/** Errors about what the client sent, of one response: after so many, more of them help nobody. */
const MAX_CLIENT_ERRORS = 20;

export const truncateMessage = <Formatted extends GraphQLFormattedError>(error: Formatted): Formatted =>
  error.message.length > MAX_MESSAGE ? { ...error, message: `${error.message.slice(0, MAX_MESSAGE)} …` } : error;

/** Codes of errors about what the client sent: the same fault of an argument comes back with every object that has the field. */
const OF_CLIENTS = new Set<unknown>([
  'BAD_USER_INPUT',
  'GRAPHQL_VALIDATION_FAILED',
  'TOO_MANY_ENTITIES',
] satisfies ServerCode[]);

/** All errors of a response except those about what the client sent: of these, the first. */
export function capErrors<Formatted extends GraphQLFormattedError>(errors: readonly Formatted[]): readonly Formatted[] {
  if (errors.length <= MAX_CLIENT_ERRORS) return errors;
  let count = 0;
  return errors.filter(({ extensions }) => !OF_CLIENTS.has(extensions?.['code']) || ++count <= MAX_CLIENT_ERRORS);
}
