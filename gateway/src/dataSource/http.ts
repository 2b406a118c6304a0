import type { GraphQLDataSource } from '@apollo/gateway';
import { type Log, REQUEST_ID, silentLog } from '@dossier/server';
import { spanOf } from '@dossier/tracing';
import { Pool } from 'undici';
import { forClients } from './forClients.js';
import { refused, unreachable } from './noData.js';
import { type Answer, readAnswer } from './readAnswer.js';
import { requestIdOf } from './requestIdOf.js';
import type { Supertypes } from './supertypes.js';
import type { SubgraphError, SubgraphRequest, SubgraphResponse } from './types.js';

const CONNECT_MS = 1_000;
const RESPONSE_MS = 10_000;
const LARGEST_RESPONSE = 32 * 1024 * 1024;
const CONNECTIONS = 64;

/**
 * Calls a subgraph by HTTP over kept-alive connections, within deadlines and a size. Redirects are not followed. A
 * subgraph that gives no answer costs its own fields and nothing else.
 */
export class HttpDataSource implements GraphQLDataSource {
  readonly #service: string;
  readonly #supertypes: Supertypes;
  readonly #pool: Pool;
  readonly #path: string;
  /** Revision of the service's store, as its last answer told; null before the first. */
  revision: string | null = null;

  readonly #log: Log;

  constructor(service: string, url: string, supertypes: Supertypes, log: Log = silentLog) {
    this.#log = log;
    const { origin, pathname, search } = new URL(url);
    this.#service = service;
    this.#supertypes = supertypes;
    this.#path = pathname + search;
    this.#pool = new Pool(origin, {
      connections: CONNECTIONS,
      connect: { timeout: CONNECT_MS },
      headersTimeout: RESPONSE_MS,
      bodyTimeout: RESPONSE_MS,
      maxResponseSize: LARGEST_RESPONSE,
    });
  }

  async process({ request, context }: SubgraphRequest): Promise<SubgraphResponse> {
    const { query, variables } = request;
    try {
      const { data, errors } = await this.#ask(JSON.stringify({ query, variables }), variables?.['representations'] as unknown[] | undefined, requestIdOf(context), spanOf(request)?.headers());
      const told = errors?.map(this.#told);
      if (data === undefined && told) return refused(told, request, this.#supertypes);
      return { data, ...(told && { errors: told }) } as unknown as SubgraphResponse;
    } catch (error) {
      const { message, code } = error as Error & { code?: string };
      this.#log.error({ requestId: requestIdOf(context), subgraph: this.#service, reason: message || code }, 'subgraph gave no answer');
      return unreachable(this.#service, request, this.#supertypes);
    }
  }

  close(): Promise<void> {
    return this.#pool.close();
  }

  async #ask(body: string, representations: unknown[] | undefined, requestId: string | undefined, trace: Record<string, string> | undefined): Promise<Answer> {
    const response = await this.#pool.request({
      path: this.#path,
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json', ...(requestId && { [REQUEST_ID]: requestId }), ...trace },
      body,
      signal: AbortSignal.timeout(RESPONSE_MS),
    });
    const { 'x-dossier-revision': revision } = response.headers;
    if (typeof revision === 'string') this.revision = revision;
    return readAnswer(response.statusCode, await response.body.text(), representations?.length ?? null);
  }

  // A subgraph masks its own; one that does not is masked here.
  readonly #told = (error: SubgraphError): SubgraphError => {
    const code = error.extensions?.['code'];
    return forClients(this.#service, error, code !== undefined && code !== 'INTERNAL_SERVER_ERROR');
  };
}
