import { type Engine, type Log, type Prepared, type RunningServer, reloadMeter, type ServerOptions, startServer } from '@dossier/server';
import { type DocumentNode, GraphQLError, type GraphQLFormattedError } from 'graphql';
import { formatError } from './errors.js';
import { followStore } from './follow.js';
import type { Subgraph } from './subgraph.js';

export type Listening = Pick<RunningServer, 'url' | 'announceStop' | 'drain' | 'close'>;

export interface SubgraphServerOptions
  extends Pick<ServerOptions, 'port' | 'host' | 'log' | 'meters' | 'probePort' | 'arrivalMs' | 'rateLimit' | 'compress' | 'readiness' | 'secret' | 'limits' | 'variablesBytes' | 'introspection'> {
  /** How often it is looked whether another store was put in place; 0 or nothing, never. */
  reloadMs?: number;
}

/** Serves a subgraph by HTTP at `/graphql`, with its store's revision in every answer. */
export async function serveSubgraph(subgraph: Subgraph, { reloadMs = 0, meters = [], ...options }: SubgraphServerOptions): Promise<Listening> {
  const { log } = options;
  const reloads = reloadMeter();
  const following = followStore(subgraph, { everyMs: reloadMs, reloads, ...(log && { log }) });
  const { url, announceStop, drain, close } = await startServer({
    ...options,
    runs: { engine: engineOf(subgraph, log) },
    formatError,
    service: subgraph.name,
    facts: {
      get revision() {
        return subgraph.revision;
      },
    },
    meters: [...meters, reloads.meter],
    headers: {
      get 'x-dossier-revision'() {
        return subgraph.revision;
      },
    },
    onClose: () => {
      following.stop();
      subgraph.close();
    },
  });
  return { url: `${url}graphql`, announceStop, drain, close };
}

function engineOf(subgraph: Subgraph, log: Log | undefined): Engine {
  return {
    schema: subgraph.schema,
    prepare: (source: string, document: DocumentNode, operationName: string | undefined): Prepared => {
      const { run } = subgraph.executable(source, document, operationName);
      const runnable: Prepared['run'] = async (variables, request) => {
        const { data, errors } = await subgraph.serving.during((context) => run(variables, context));
        // An operation whose variables are wrong is not run.
        const code = data === undefined ? 'BAD_USER_INPUT' : 'INTERNAL_SERVER_ERROR';
        return {
          ...(data !== undefined && { data }),
          ...(errors && { errors: errors.map((error) => told(error, code, (fields) => log?.error({ ...fields, requestId: (request as { requestId?: string }).requestId }, 'field failed'))) }),
        };
      };
      return { run: runnable };
    },
  };
}

/** An error as a client may see it; what is not made for clients is logged. */
function told(error: GraphQLError, code: string, note: (fields: object) => void): GraphQLFormattedError {
  const formatted = error.toJSON();
  if (error.originalError && !(error.originalError instanceof GraphQLError)) note({ path: error.path, err: error.originalError });
  return formatError({ ...formatted, extensions: { code, ...formatted.extensions } }, error);
}
