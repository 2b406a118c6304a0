import { compileDocument } from '@dossier/execution/schema';
import {
  type Engine,
  HttpError,
  type Log,
  REVISION_HEADER,
  type RunningServer,
  reloadMeter,
  type ServerOptions,
  startServer,
} from '@dossier/http-server';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { apiSchemaOf } from './apiSchema.js';
import { formatError, storeFailure } from './errors.js';
import { type Subgraph, watchStore } from './subgraph.js';
import { damagedStores, unavailableStores } from './verification.js';

export type RunningSubgraph = Pick<RunningServer, 'url' | 'announceStop' | 'drain' | 'close'>;

export interface SubgraphServerOptions
  extends Pick<
    ServerOptions,
    | 'port'
    | 'host'
    | 'log'
    | 'meters'
    | 'probePort'
    | 'timeouts'
    | 'maxConnectionMs'
    | 'requestLog'
    | 'rateLimit'
    | 'allowedHosts'
    | 'compress'
    | 'notReadyReason'
    | 'secrets'
    | 'limits'
    | 'maxVariablesBytes'
    | 'introspection'
    | 'maxResponseBytes'
  > {
  /** Maximum time of one operation in milliseconds; unlimited by default. */
  operationMs?: number;
  /** How often to check for a replaced store, in milliseconds; 0 (the default) disables. */
  reloadMs?: number;
}

/** Serves a subgraph over HTTP at `/graphql`. Every response has the revision of its store in `x-dossier-revision`. A request with this
 * header is only executed on this revision, so that a gateway does not combine the stores of two replicas: also on one that was
 * replaced, as long as it is open. */
export async function serveSubgraph(
  subgraph: Subgraph,
  { reloadMs = 0, operationMs = Number.POSITIVE_INFINITY, meters = [], ...options }: SubgraphServerOptions,
): Promise<RunningSubgraph> {
  const { log } = options;
  const reloads = reloadMeter();
  const watcher = watchStore(subgraph, { intervalMs: reloadMs, reloads, ...(log && { log }) });
  const { url, announceStop, drain, close } = await startServer({
    ...options,
    execution: { engine: createEngine(subgraph, operationMs, log) },
    propagatedHeaders: [REVISION_HEADER],
    service: subgraph.name,
    info: {
      get revision() {
        return subgraph.revision;
      },
      get store() {
        return subgraph.storeHandle.state;
      },
    },
    notReadyReason: () => options.notReadyReason?.() ?? damagedStores([subgraph]) ?? unavailableStores([subgraph]),
    meters: [...meters, reloads.meter],
    headers: {
      get [REVISION_HEADER]() {
        return subgraph.revision;
      },
    },
    onClose: () => {
      watcher.stop();
      subgraph.close();
    },
  });
  return { url: `${url}graphql`, announceStop, drain, close };
}

function createEngine(subgraph: Subgraph, operationMs: number, log: Log | undefined): Engine {
  return {
    schema: subgraph.schema,
    apiSchema: apiSchemaOf(subgraph.schema),
    prepare: ({ document, operation }) => {
      const run = compileDocument(subgraph.schema, document, operation.name?.value);
      return {
        planFor: (variables) => ({
          sources: null,
          execute: async (request, { maxSize }) => {
            const { requestId, startedAt } = request;
            const expected = request.headers[REVISION_HEADER];
            const storeHandle = expected === undefined ? subgraph.storeHandle : subgraph.storeHandleOf(expected);
            if (!storeHandle) throw new HttpError('REVISION_MISMATCH');
            request.revisions.setOwn(storeHandle.revision);
            const deadline = startedAt + operationMs;
            const shared = storeHandle.createContext({ deadline, isAborted: () => request.signal.aborted });
            const { data, errors } = await storeHandle.use(
              (context) => run(variables, context, { budget: { left: maxSize }, deadline }),
              shared,
            );
            // Without data the variables were invalid; an operation that exceeds a limit has its own code.
            const code = data === undefined ? 'BAD_USER_INPUT' : 'INTERNAL_SERVER_ERROR';
            const onMasked = (fields: object): void => log?.error({ ...fields, requestId }, 'field failed');
            return {
              ...(data !== undefined && { data }),
              ...(errors && { errors: errors.map((error) => formatFieldError(error, code, onMasked)) }),
            };
          },
        }),
      };
    },
  };
}

/** Formats an error for clients; `onMasked` is called with the details of an error that is masked. */
function formatFieldError(
  error: GraphQLError,
  code: string,
  onMasked: (fields: object) => void,
): GraphQLFormattedError {
  const formatted = error.toJSON();
  const { originalError } = error;
  if (originalError && !(originalError instanceof GraphQLError) && storeFailure(originalError) === null)
    onMasked({ path: error.path, err: error.originalError });
  return formatError({ ...formatted, extensions: { code, ...formatted.extensions } }, error);
}
