import { compileDocument } from '@dossier/execution/schema';
import {
  type Engine,
  type Log,
  type RunningServer,
  reloadMeter,
  type ServerOptions,
  startServer,
} from '@dossier/http-server';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { formatError } from './errors.js';
import type { Subgraph } from './subgraph.js';
import { watchStore } from './watchFile.js';

export type Listening = Pick<RunningServer, 'url' | 'announceStop' | 'drain' | 'close'>;

export interface SubgraphServerOptions
  extends Pick<
    ServerOptions,
    | 'port'
    | 'host'
    | 'log'
    | 'meters'
    | 'probePort'
    | 'arrivalMs'
    | 'rateLimit'
    | 'allowedHosts'
    | 'compress'
    | 'readiness'
    | 'secret'
    | 'limits'
    | 'variablesBytes'
    | 'introspection'
    | 'responseBytes'
  > {
  /** Milliseconds that one operation may take; any time unless set. */
  operationMs?: number;
  /** How often it is looked whether another store was put in place; 0 or nothing, never. */
  reloadMs?: number;
}

/** Serves a subgraph by HTTP at `/graphql`, with its store's revision in every answer. */
export async function serveSubgraph(
  subgraph: Subgraph,
  { reloadMs = 0, operationMs = Number.POSITIVE_INFINITY, meters = [], ...options }: SubgraphServerOptions,
): Promise<Listening> {
  const { log } = options;
  const reloads = reloadMeter();
  const following = watchStore(subgraph, { everyMs: reloadMs, reloads, ...(log && { log }) });
  const { url, announceStop, drain, close } = await startServer({
    ...options,
    runs: { engine: engineOf(subgraph, operationMs, log) },
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

function engineOf(subgraph: Subgraph, operationMs: number, log: Log | undefined): Engine {
  return {
    schema: subgraph.schema,
    prepare: ({ document, operation }) => {
      const run = compileDocument(subgraph.schema, document, operation.name?.value);
      return {
        planFor: (variables) => ({
          sources: null,
          execute: async (request, { maxSize }) => {
            const { requestId, startedAt } = request;
            const { serving } = subgraph;
            const deadline = startedAt + operationMs;
            const context = serving.createContext({ deadline, isAborted: () => request.signal.aborted });
            const { data, errors } = await serving.use(
              (own) => run(variables, own, { budget: { left: maxSize }, deadline }),
              context,
            );
            // An operation whose variables are invalid is not run; one that is given up says why.
            const code = data === undefined ? 'BAD_USER_INPUT' : 'INTERNAL_SERVER_ERROR';
            const onHidden = (fields: object): void => log?.error({ ...fields, requestId }, 'field failed');
            return {
              ...(data !== undefined && { data }),
              ...(errors && { errors: errors.map((error) => formatFieldError(error, code, onHidden)) }),
            };
          },
        }),
      };
    },
  };
}

/** An error as a client may see it; `onHidden` is called with what is not made for clients. */
function formatFieldError(
  error: GraphQLError,
  code: string,
  onHidden: (fields: object) => void,
): GraphQLFormattedError {
  const formatted = error.toJSON();
  if (error.originalError && !(error.originalError instanceof GraphQLError))
    onHidden({ path: error.path, err: error.originalError });
  return formatError({ ...formatted, extensions: { code, ...formatted.extensions } }, error);
}
