import { GraphQLError } from 'graphql';

/**
 * The client's fault: says what was wrong and what was expected, and names the argument.
 * Never for an id of something that does not exist: that is `null`, or matches nothing.
 */
export function badUserInput(argument: string, message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: 'BAD_USER_INPUT', argument } });
}
