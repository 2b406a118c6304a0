import type { GraphQLFormattedError } from 'graphql';

/** Formats an error for clients: internal errors are masked, and the only detail about subgraphs is the name in `service`. */
export function formatError(formatted: GraphQLFormattedError): GraphQLFormattedError {
  const { serviceName, stacktrace: _, ...extensions } = formatted.extensions ?? {};
  const service = extensions['service'] ?? serviceName;
  if (extensions['code'] === 'INTERNAL_SERVER_ERROR' && !service) {
    return {
      ...formatted,
      message: 'The gateway failed to process the request.',
      extensions: { code: 'INTERNAL_SERVER_ERROR' },
    };
  }
  return { ...formatted, extensions: { ...extensions, ...(service ? { service } : {}) } };
}

/** Formats errors for clients and dedupes them: several failed fetches may report the same field. */
export function dedupeErrors(errors: readonly GraphQLFormattedError[]): GraphQLFormattedError[] {
  const seen = new Set<string>();
  return errors.map(formatError).filter(({ message, path }) => {
    const key = JSON.stringify([message, path]);
    return !seen.has(key) && seen.add(key);
  });
}
