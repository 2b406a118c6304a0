import type { GraphQLDataSource } from '@apollo/gateway';
import { type Log, type RequestContext, silentLog } from '@dossier/http-server';
import type { StoreHandle, Subgraph } from '@dossier/subgraph-server';
import { GraphQLError } from 'graphql';
import { sentenceOf } from './failure.js';
import { forClients } from './forClients.js';
import type { GraphTypes } from './graphTypes.js';
import { refused } from './noData.js';
import { requestIdOf } from './requestIdOf.js';
import type { SubgraphError, SubgraphRequest, SubgraphResponse } from './types.js';

interface Held {
  serving: StoreHandle;
  context: object;
}

/**
 * Calls a subgraph's schema in memory. The gateway wrote the document, so that it is parsed once and not validated,
 * except for the values in it: those are the client's, and the gateway does not know what a scalar accepts.
 */
export class EmbeddedDataSource implements GraphQLDataSource {
  readonly #subgraph: Subgraph;
  readonly #types: Pick<GraphTypes, 'supertypes'>;
  // One context for all fetches of a request: what one of them read, the next need not.
  readonly #contexts = new WeakMap<object, Held>();

  readonly #log: Log;
  readonly #requestMs: number;

  /** `requestMs`: milliseconds that a request may take as a whole. */
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

  async process({ request, context }: SubgraphRequest): Promise<SubgraphResponse> {
    const { startedAt = performance.now(), budget } = context as Partial<RequestContext>;
    const deadline = startedAt + this.#requestMs;
    const limits = { ...(budget && { budget }), deadline };
    const { wrongValues, run } = this.#subgraph.executable(request.query ?? '');
    if (wrongValues.length > 0) return refused(wrongValues.map(this.#asWrongValue), request, this.#types.supertypes);
    const { serving, context: carried } = this.#heldBy(context, deadline);
    const { data, errors } = await serving.use((own) => run(request.variables ?? {}, own, limits), carried);
    const told = errors?.map((error) => this.#told(error, requestIdOf(context)));
    if (data === undefined && told) return refused(told, request, this.#types.supertypes);
    return { data, ...(told && { errors: told }) } as unknown as SubgraphResponse;
  }

  #heldBy(request: Partial<RequestContext>, deadline: number): Held {
    let held = this.#contexts.get(request);
    // Where the store was replaced and closed between two fetches of a request, the second reads the new one.
    if (!held || held.serving.isClosed) {
      const { serving } = this.#subgraph;
      held = {
        serving,
        context: serving.createContext({ deadline, isAborted: () => request.signal?.aborted ?? false }),
      };
      this.#contexts.set(request, held);
    }
    return held;
  }

  // As a server says it of any other value in a document.
  readonly #asWrongValue = ({ message, extensions }: GraphQLError): SubgraphError =>
    forClients(
      this.#subgraph.name,
      { message, extensions: { ...extensions, code: 'GRAPHQL_VALIDATION_FAILED' } },
      true,
    );

  readonly #told = (error: GraphQLError, requestId: string | undefined): SubgraphError => {
    const service = this.#subgraph.name;
    const { originalError } = error;
    const madeForClients = !originalError || originalError instanceof GraphQLError;
    if (error.extensions['code'] === 'OPERATION_TIMEOUT')
      return {
        message: sentenceOf('GATEWAY_TIMEOUT', service),
        path: error.path,
        extensions: { code: 'GATEWAY_TIMEOUT', service },
      };
    if (!madeForClients)
      this.#log.error({ requestId, subgraph: service, path: error.path, err: originalError }, 'field failed');
    return forClients(service, error, madeForClients);
  };
}
