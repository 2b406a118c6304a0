import { unwrapResolverError } from '@apollo/server/errors';
import { StoreReadError, StoreTimeoutError, StoreUnavailableError } from '@dossier/store';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';

/** What clients see of a failure of a store. */
export interface StoreFailure {
  message: string;
  code: 'STORE_DAMAGED' | 'STORE_UNAVAILABLE' | 'OPERATION_TIMEOUT';
}

/** Why a field could not be read, if its store is the reason; null for any other error. Logged once per store, not per field. */
export function storeFailure(error: unknown): StoreFailure | null {
  if (error instanceof StoreReadError)
    return { message: "The service's store is damaged, so this field could not be read.", code: 'STORE_DAMAGED' };
  if (error instanceof StoreUnavailableError)
    return {
      message: "The service's store is not available, so this field could not be read.",
      code: 'STORE_UNAVAILABLE',
    };
  if (error instanceof StoreTimeoutError) return { message: TOO_LONG, code: 'OPERATION_TIMEOUT' };
  return null;
}

/** The message of OPERATION_TIMEOUT. */
export const TOO_LONG = 'The operation took too long; select fewer fields or request smaller pages.';

/**
 * Formats an error for clients. GraphQL errors keep their message and code. Any other error is masked, so that clients never
 * see a file path, SQL or a stack trace.
 */
export function formatError(formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError {
  const original = unwrapResolverError(error);
  const { stacktrace: _, ...extensions } = formatted.extensions ?? {};
  if (original instanceof GraphQLError || extensions['code'] !== 'INTERNAL_SERVER_ERROR')
    return { ...formatted, extensions };
  const failure = storeFailure(original);
  if (failure) return { ...formatted, message: failure.message, extensions: { code: failure.code } };
  return {
    ...formatted,
    message: 'The service failed to resolve this field.',
    extensions: { code: 'INTERNAL_SERVER_ERROR' },
  };
}
