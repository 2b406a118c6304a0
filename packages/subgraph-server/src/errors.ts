import { unwrapResolverError } from '@apollo/server/errors';
import { StoreReadError } from '@dossier/store';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';

/** The message for clients of a field that could not be read from a damaged store. */
export const STORE_DAMAGED_MESSAGE = "The service's store is damaged, so this field could not be read.";

/** Whether a field failed because the store is damaged or cannot be read. It is logged once per store, not per field. */
export const isStoreDamage = (error: unknown): boolean => error instanceof StoreReadError;

/**
 * Formats an error for clients. GraphQL errors keep their message and code. Any other error is masked, so that clients never
 * see a file path, SQL or a stack trace.
 */
export function formatError(formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError {
  const original = unwrapResolverError(error);
  const { stacktrace: _, ...extensions } = formatted.extensions ?? {};
  if (original instanceof GraphQLError || extensions['code'] !== 'INTERNAL_SERVER_ERROR')
    return { ...formatted, extensions };
  if (isStoreDamage(original))
    return { ...formatted, message: STORE_DAMAGED_MESSAGE, extensions: { code: 'STORE_DAMAGED' } };
  return {
    ...formatted,
    message: 'The service failed to answer this field.',
    extensions: { code: 'INTERNAL_SERVER_ERROR' },
  };
}
