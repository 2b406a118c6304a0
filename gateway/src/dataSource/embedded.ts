import type { GraphQLDataSource } from '@apollo/gateway';
import type { Subgraph } from '@dossier/subgraph';
import { type DocumentNode, execute, GraphQLError, parse } from 'graphql';
import { LRUCache } from 'lru-cache';
import type { SubgraphError, SubgraphRequest, SubgraphResponse } from './types.js';

const DOCUMENTS_KEPT = 1000;

/** Calls a subgraph's schema in memory. What the gateway wrote itself is parsed once and not validated again. */
export class EmbeddedDataSource implements GraphQLDataSource {
  readonly #subgraph: Subgraph;
  readonly #documents = new LRUCache<string, DocumentNode>({ max: DOCUMENTS_KEPT });
  // One context for all fetches of a request: what one of them read, the next need not.
  readonly #contexts = new WeakMap<object, object>();

  constructor(subgraph: Subgraph) {
    this.#subgraph = subgraph;
  }

  async process({ request, context }: SubgraphRequest): Promise<SubgraphResponse> {
    const { data, errors } = await execute({
      schema: this.#subgraph.schema,
      document: this.#documentOf(request.query ?? ''),
      variableValues: request.variables,
      contextValue: this.#contextOf(context),
    });
    return { data, ...(errors && { errors: errors.map((error) => this.#forClients(error)) }) } as unknown as SubgraphResponse;
  }

  #documentOf(query: string): DocumentNode {
    let document = this.#documents.get(query);
    if (!document) {
      document = parse(query, { noLocation: true });
      this.#documents.set(query, document);
    }
    return document;
  }

  #contextOf(request: object): object {
    let context = this.#contexts.get(request);
    if (!context) {
      context = this.#subgraph.createContext();
      this.#contexts.set(request, context);
    }
    return context;
  }

  /** Errors made for clients pass; of anything else no more is said than that it happened. */
  #forClients(error: GraphQLError): SubgraphError {
    const service = this.#subgraph.name;
    const madeForClients = !error.originalError || error.originalError instanceof GraphQLError;
    if (!madeForClients) process.stderr.write(`${service}: ${error.originalError?.stack ?? error.message}\n`);
    return {
      message: madeForClients ? error.message : `The "${service}" subgraph failed to answer this field.`,
      path: error.path,
      extensions: { code: 'INTERNAL_SERVER_ERROR', ...(madeForClients && error.extensions), service },
    };
  }
}
