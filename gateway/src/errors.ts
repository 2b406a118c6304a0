import type { ApolloServerPlugin } from '@apollo/server';
import type { GraphQLFormattedError } from 'graphql';

/** What a client sees of an error: nothing of how the graph is divided but the service's name. */
export function formatError(formatted: GraphQLFormattedError): GraphQLFormattedError {
  const { serviceName, stacktrace: _, ...extensions } = formatted.extensions ?? {};
  const service = extensions['service'] ?? serviceName;
  if (extensions['code'] === 'INTERNAL_SERVER_ERROR' && !service) {
    return { ...formatted, message: 'The gateway failed to answer.', extensions: { code: 'INTERNAL_SERVER_ERROR' } };
  }
  return { ...formatted, extensions: { ...extensions, ...(service ? { service } : {}) } };
}

/** Errors as a client sees them. Several fetches may lose the same field; that is one error. */
export function dedupeErrors(errors: readonly GraphQLFormattedError[]): GraphQLFormattedError[] {
  const seen = new Set<string>();
  return errors.map(formatError).filter(({ message, path }) => {
    const key = JSON.stringify([message, path]);
    return !seen.has(key) && seen.add(key);
  });
}

/** The same where Apollo's gateway runs the plans. */
export const dedupeErrorsPlugin: ApolloServerPlugin = {
  async requestDidStart() {
    return {
      async willSendResponse({ response }) {
        if (response.body.kind === 'single' && response.body.singleResult.errors)
          response.body.singleResult.errors = dedupeErrors(response.body.singleResult.errors);
      },
    };
  },
};
