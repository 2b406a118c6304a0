import { GraphQLError } from 'graphql';

/**
 * A BAD_USER_INPUT error that names the argument. The message says what was wrong and what was expected.
 * Not for an id that does not exist: that resolves to null, or matches nothing.
 */
export function badUserInput(argument: string, message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: 'BAD_USER_INPUT', argument } });
}
