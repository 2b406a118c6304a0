import type { SubgraphError } from './types.js';

/** An error of a subgraph as a client may see it: its own words where they were made for clients, else that it happened. */
export function forClients(
  service: string,
  { message, path, extensions }: SubgraphError,
  madeForClients: boolean,
): SubgraphError {
  return madeForClients
    ? { message, path, extensions: { code: 'INTERNAL_SERVER_ERROR', ...extensions, service } }
    : {
        message: `The "${service}" subgraph failed to answer this field.`,
        path,
        extensions: { code: 'INTERNAL_SERVER_ERROR', service },
      };
}
