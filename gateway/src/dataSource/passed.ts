import { forClients } from './forClients.js';
import type { SubgraphError } from './types.js';

/** Codes of errors that are about what the client sent, and whose words are therefore for it. */
const ABOUT_CLIENT = new Set<unknown>(['BAD_USER_INPUT', 'GRAPHQL_VALIDATION_FAILED', 'TOO_MANY_ENTITIES', 'RESPONSE_TOO_LARGE']);

/** Whether an error's words may be shown as they are. */
export const isForClients = ({ extensions }: SubgraphError): boolean => ABOUT_CLIENT.has(extensions?.['code']);

/** An error of a subgraph behind HTTP, whose extensions may hold anything: of those, the code and the argument are told. */
export function passed(service: string, error: SubgraphError): SubgraphError {
  const { message, path } = error;
  const { code, argument } = error.extensions ?? {};
  return forClients(service, { message, path, extensions: { code, ...(typeof argument === 'string' && { argument }) } }, isForClients(error));
}
