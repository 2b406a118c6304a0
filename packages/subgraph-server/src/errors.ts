import { unwrapResolverError } from '@apollo/server/errors';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';

/**
 * Formats an error for clients. GraphQL errors keep their message and code. Any other error is masked, so that clients never
 * see a file path, SQL or a stack trace.
 */
export function formatError(formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError {
  const original = unwrapResolverError(error);
  const { stacktrace: _, ...extensions } = formatted.extensions ?? {};
  if (original instanceof GraphQLError || extensions['code'] !== 'INTERNAL_SERVER_ERROR')
    return { ...formatted, extensions };
  return {
    ...formatted,
    message: 'The service failed to answer this field.',
    extensions: { code: 'INTERNAL_SERVER_ERROR' },
  };
}
