import { unwrapResolverError } from '@apollo/server/errors';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';

/**
 * What a client sees of an error. Errors that were made for clients pass; anything else is ours, and says no more than
 * that: no path of a file, no SQL, no stack.
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
