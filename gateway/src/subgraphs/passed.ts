import { forClients } from './forClients.js';
import type { SubgraphError } from './types.js';

/** Codes of errors that subgraphs mean for clients, unless others are set. */
export const DEFAULT_CLIENT_ERROR_CODES = ['UNAUTHENTICATED', 'FORBIDDEN', 'NOT_FOUND', 'BAD_USER_INPUT'];

/** Codes of errors about what was sent, which reach clients in any case. */
const ABOUT_REQUEST = ['GRAPHQL_VALIDATION_FAILED', 'TOO_MANY_ENTITIES', 'RESPONSE_TOO_LARGE'];
/** Characters of a message at most. */
const MAX_MESSAGE = 500;

/** Decides which errors of subgraphs reach clients as they are. */
export interface ClientErrors {
  isForClients: (error: SubgraphError) => boolean;
  /** An error of a subgraph behind HTTP as clients may see it: with its code, message and argument if it is for them, else that it happened. */
  mask: (service: string, error: SubgraphError) => SubgraphError;
}

export function clientErrors(codes: readonly string[] = DEFAULT_CLIENT_ERROR_CODES): ClientErrors {
  const allowed = new Set<unknown>([...codes, ...ABOUT_REQUEST]);
  const isForClients = ({ extensions }: SubgraphError): boolean => allowed.has(extensions?.['code']);
  return {
    isForClients,
    mask: (service, error) => {
      const { code, argument } = error.extensions ?? {};
      const message = error.message.length > MAX_MESSAGE ? `${error.message.slice(0, MAX_MESSAGE)} …` : error.message;
      return forClients(
        service,
        { message, path: error.path ?? undefined, extensions: { code, ...(isName(argument) && { argument }) } },
        isForClients(error),
      );
    },
  };
}

/** What names an argument, or a field of an input within it. */
const isName = (value: unknown): boolean => typeof value === 'string' && /^[\w.]{1,200}$/.test(value);
