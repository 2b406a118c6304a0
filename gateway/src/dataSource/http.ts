import type { GraphQLDataSource } from '@apollo/gateway';
import { parse } from 'graphql';
import { Pool } from 'undici';
import type { SubgraphError, SubgraphRequest, SubgraphResponse } from './types.js';
import { unavailable } from './unavailable.js';

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
  readonly #pool: Pool;
  readonly #path: string;

  constructor(service: string, url: string) {
    const { origin, pathname, search } = new URL(url);
    this.#service = service;
    this.#path = pathname + search;
    this.#pool = new Pool(origin, {
      connections: CONNECTIONS,
      connect: { timeout: CONNECT_MS },
      headersTimeout: RESPONSE_MS,
      bodyTimeout: RESPONSE_MS,
      maxResponseSize: LARGEST_RESPONSE,
    });
  }

  async process({ request }: SubgraphRequest): Promise<SubgraphResponse> {
    const { query, variables } = request;
    try {
      const { data, errors } = await this.#ask(JSON.stringify({ query, variables }));
      return { data, ...(errors && { errors: errors.map((error) => this.#named(error)) }) } as unknown as SubgraphResponse;
    } catch (error) {
      process.stderr.write(`${this.#service}: ${(error as Error).message}\n`);
      return unavailable(this.#service, parse(query ?? '', { noLocation: true }), variables);
    }
  }

  close(): Promise<void> {
    return this.#pool.close();
  }

  /** The answer, if it is one: status 200, a JSON object with `data`, or with errors alone. */
  async #ask(body: string): Promise<{ data: unknown; errors?: SubgraphError[] }> {
    const response = await this.#pool.request({
      path: this.#path,
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json' },
      body,
      signal: AbortSignal.timeout(RESPONSE_MS),
    });
    const text = await response.body.text();
    if (response.statusCode !== 200) throw new Error(`answered with status ${response.statusCode}`);
    const answer = JSON.parse(text) as { data?: unknown; errors?: SubgraphError[] } | null;
    if (typeof answer !== 'object' || answer === null || typeof answer.data !== 'object' || (answer.errors !== undefined && !Array.isArray(answer.errors))) {
      throw new Error('answered with something that is no GraphQL response');
    }
    return { data: answer.data, ...(answer.errors && { errors: answer.errors }) };
  }

  #named({ message, path, extensions }: SubgraphError): SubgraphError {
    return { message: String(message), path, extensions: { ...extensions, service: this.#service } };
  }
}
