import type { SubgraphError } from './types.js';

/** Default of CLIENT_ERROR_CODES: codes of subgraph errors that are meant for clients. */
export const DEFAULT_CLIENT_ERROR_CODES = ['UNAUTHENTICATED', 'FORBIDDEN', 'NOT_FOUND', 'BAD_USER_INPUT'];

/** Codes of our own services that clients always see: errors about the request itself, and a store that the service has logged. */
const SERVICE_ERROR_CODES = [
  'GRAPHQL_VALIDATION_FAILED',
  'TOO_MANY_ENTITIES',
  'OPERATION_TIMEOUT',
  'RESPONSE_TOO_LARGE',
  'STORE_DAMAGED',
  'STORE_UNAVAILABLE',
];
/** Maximum length of a message in UTF-16 units; longer ones are truncated. */
const MAX_MESSAGE = 500;

/** A subgraph's error as clients see it: with its own message and extensions if it is meant for clients, otherwise with a general message. */
export function maskError(
  service: string,
  { message, path, extensions }: SubgraphError,
  isForClients: boolean,
): SubgraphError {
  return isForClients
    ? { message, path, extensions: { code: 'INTERNAL_SERVER_ERROR', ...extensions, service } }
    : {
        message: `The "${service}" subgraph failed to resolve this field.`,
        path,
        extensions: { code: 'INTERNAL_SERVER_ERROR', service },
      };
}

/** Masks the errors of subgraphs over HTTP by their code. */
export interface ErrorMasker {
  isForClients: (error: SubgraphError) => boolean;
  /** The error as clients see it. Of its extensions, only `code` and `argument` remain. */
  mask: (service: string, error: SubgraphError) => SubgraphError;
}

export function errorMasker(codes: readonly string[] = DEFAULT_CLIENT_ERROR_CODES): ErrorMasker {
  const clientCodes = new Set<unknown>([...codes, ...SERVICE_ERROR_CODES]);
  const isForClients = ({ extensions }: SubgraphError): boolean => clientCodes.has(extensions?.['code']);
  return {
    isForClients,
    mask: (service, error) => {
      const { code, argument } = error.extensions ?? {};
      return maskError(
        service,
        {
          message: truncateMessage(error.message),
          path: error.path ?? undefined,
          extensions: { code, ...(isName(argument) && { argument }) },
        },
        isForClients(error),
      );
    },
  };
}

const truncateMessage = (message: string): string =>
  message.length > MAX_MESSAGE ? `${message.slice(0, MAX_MESSAGE)} …` : message;

/** Whether a value can be the name of an argument or the path of an input field. */
const isName = (value: unknown): boolean => typeof value === 'string' && /^[\w.]{1,200}$/.test(value);
