import type { GraphQLDataSource } from '@apollo/gateway';
import { type Log, type RequestContext, silentLog } from '@dossier/http-server';
import { type StoreHandle, type Subgraph, storeFailure } from '@dossier/subgraph-server';
import { GraphQLError } from 'graphql';
import { failureMessage } from './failure.js';
import type { GraphTypes } from './graphTypes.js';
import { maskError } from './maskError.js';
import { failureResponse, rejectedResponse } from './nullResponse.js';
import type { SubgraphError, SubgraphRequest, SubgraphResponse } from './types.js';

/** The context that the fetches of a request share, and the store that it reads. */
interface SharedContext {
  storeHandle: StoreHandle;
  context: object;
}

/**
 * Executes fetches on a subgraph's schema in this process. The planner generates the documents, so they are compiled once and
 * only the values in them are validated: those come from clients, and the gateway does not validate all custom scalars.
 */
export class EmbeddedDataSource implements GraphQLDataSource {
  readonly #subgraph: Subgraph;
  readonly #types: Pick<GraphTypes, 'supertypes'>;
  // One context per client request, so that its fetches share loaders.
  readonly #contexts = new WeakMap<object, SharedContext>();
  readonly #log: Log;
  readonly #requestMs: number;

  /** `requestMs`: maximum time of a client request in milliseconds. */
  constructor(
    subgraph: Subgraph,
    types: Pick<GraphTypes, 'supertypes'>,
    log: Log = silentLog,
    requestMs = Number.POSITIVE_INFINITY,
  ) {
    this.#requestMs = requestMs;
    this.#log = log;
    this.#subgraph = subgraph;
    this.#types = types;
  }

  async process({ request, context: requestContext }: SubgraphRequest): Promise<SubgraphResponse> {
    const { startedAt = performance.now(), budget, requestId, revisions } = requestContext as Partial<RequestContext>;
    const deadline = startedAt + this.#requestMs;
    const limits = { ...(budget && { budget }), deadline };
    const { valueErrors, run } = this.#subgraph.executable(request.query ?? '');
    if (valueErrors.length > 0)
      return rejectedResponse(valueErrors.map(this.#asValidationError), request, this.#types.supertypes);
    const { storeHandle, context: shared } = this.#sharedContext(requestContext, deadline);
    if (revisions?.pin(this.#subgraph.name, storeHandle.revision) === false)
      return failureResponse(this.#subgraph.name, 'SUBGRAPH_REVISION_MISMATCH', request, this.#types.supertypes);
    const { data, errors } = await storeHandle.use((context) => run(request.variables ?? {}, context, limits), shared);
    const formatted = errors?.map((error) => this.#formatError(error, requestId));
    if (data === undefined && formatted) return rejectedResponse(formatted, request, this.#types.supertypes);
    return { data, ...(formatted && { errors: formatted }) } as unknown as SubgraphResponse;
  }

  #sharedContext(request: Partial<RequestContext>, deadline: number): SharedContext {
    let shared = this.#contexts.get(request);
    // A store that was replaced long ago is closed, even between two fetches of a request.
    if (!shared || shared.storeHandle.isClosed) {
      const { storeHandle } = this.#subgraph;
      const context = storeHandle.createContext({ deadline, isAborted: () => request.signal?.aborted ?? false });
      shared = { storeHandle, context };
      this.#contexts.set(request, shared);
    }
    return shared;
  }

  // With the code of any other invalid value in a document.
  readonly #asValidationError = ({ message, extensions }: GraphQLError): SubgraphError =>
    maskError(this.#subgraph.name, { message, extensions: { ...extensions, code: 'GRAPHQL_VALIDATION_FAILED' } }, true);

  readonly #formatError = (error: GraphQLError, requestId: string | undefined): SubgraphError => {
    const service = this.#subgraph.name;
    const { originalError } = error;
    const isForClients = !originalError || originalError instanceof GraphQLError;
    const failure = storeFailure(originalError);
    if (error.extensions['code'] === 'OPERATION_TIMEOUT' || failure?.code === 'OPERATION_TIMEOUT')
      return {
        message: failureMessage('GATEWAY_TIMEOUT', service),
        path: error.path,
        extensions: { code: 'GATEWAY_TIMEOUT', service },
      };
    // The store's failure has been logged once.
    if (failure) {
      const { message, code } = failure;
      return maskError(service, { message, path: error.path, extensions: { code } }, true);
    }
    if (!isForClients)
      this.#log.error({ requestId, subgraph: service, path: error.path, err: originalError }, 'field failed');
    return maskError(service, error, isForClients);
  };
}
