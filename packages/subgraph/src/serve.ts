import { type Engine, type Log, type Runnable, type ServerOptions, startServer } from '@dossier/server';
import { type DocumentNode, GraphQLError, type GraphQLFormattedError } from 'graphql';
import { formatError } from './errors.js';
import type { Subgraph } from './subgraph.js';

export interface Listening {
  url: string;
  close: () => Promise<void>;
}

export type SubgraphServerOptions = Pick<ServerOptions, 'port' | 'host' | 'log' | 'meters' | 'probePort' | 'arrivalMs' | 'rateLimit' | 'compress' | 'readiness'>;

/** Serves a subgraph by HTTP at `/graphql`, with its store's revision in every answer. */
export async function serveSubgraph(subgraph: Subgraph, options: SubgraphServerOptions): Promise<Listening> {
  const { name, revision } = subgraph;
  const { url, close } = await startServer({
    ...options,
    runs: { engine: engineOf(subgraph, options.log) },
    formatError,
    service: name,
    facts: { revision },
    headers: { 'x-dossier-revision': revision },
    onClose: () => subgraph.close(),
  });
  return { url: `${url}graphql`, close };
}

function engineOf(subgraph: Subgraph, log: Log | undefined): Engine {
  return {
    schema: subgraph.schema,
    prepare: (source: string, document: DocumentNode, operationName: string | undefined): Runnable => {
      const { run } = subgraph.executable(source, document, operationName);
      return async (variables, request) => {
        const { data, errors } = await run(variables, subgraph.createContext());
        // An operation whose variables are wrong is not run.
        const code = data === undefined ? 'BAD_USER_INPUT' : 'INTERNAL_SERVER_ERROR';
        return {
          ...(data !== undefined && { data }),
          ...(errors && { errors: errors.map((error) => told(error, code, (fields) => log?.error({ ...fields, requestId: (request as { requestId?: string }).requestId }, 'field failed'))) }),
        };
      };
    },
  };
}

/** An error as a client may see it; what is not made for clients is logged. */
function told(error: GraphQLError, code: string, note: (fields: object) => void): GraphQLFormattedError {
  const formatted = error.toJSON();
  if (error.originalError && !(error.originalError instanceof GraphQLError)) note({ path: error.path, err: error.originalError });
  return formatError({ ...formatted, extensions: { code, ...formatted.extensions } }, error);
}
