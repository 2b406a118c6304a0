import { type Engine, type Runnable, startServer } from '@dossier/server';
import type { DocumentNode, GraphQLError, GraphQLFormattedError } from 'graphql';
import { formatError } from './errors.js';
import type { Subgraph } from './subgraph.js';

export interface Listening {
  url: string;
  close: () => Promise<void>;
}

/** Serves a subgraph by HTTP at `/graphql`, with its store's revision in every answer. */
export async function serveSubgraph(subgraph: Subgraph, { port, host }: { port: number; host: string }): Promise<Listening> {
  const { name, revision } = subgraph;
  const { url, close } = await startServer({
    port,
    host,
    runs: { engine: engineOf(subgraph) },
    formatError,
    health: () => ({ service: name, revision }),
    headers: { 'x-dossier-revision': revision },
    onClose: () => subgraph.close(),
  });
  return { url: `${url}graphql`, close };
}

function engineOf(subgraph: Subgraph): Engine {
  return {
    schema: subgraph.schema,
    prepare: (source: string, document: DocumentNode, operationName: string | undefined): Runnable => {
      const { run } = subgraph.executable(source, document, operationName);
      return async (variables) => {
        const { data, errors } = await run(variables, subgraph.createContext());
        // An operation whose variables are wrong is not run.
        const code = data === undefined ? 'BAD_USER_INPUT' : 'INTERNAL_SERVER_ERROR';
        return { ...(data !== undefined && { data }), ...(errors && { errors: errors.map((error) => told(error, code)) }) };
      };
    },
  };
}

function told(error: GraphQLError, code: string): GraphQLFormattedError {
  const formatted = error.toJSON();
  return formatError({ ...formatted, extensions: { code, ...formatted.extensions } }, error);
}
