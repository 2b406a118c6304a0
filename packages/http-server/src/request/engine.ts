import type { DocumentNode, GraphQLFormattedError, GraphQLSchema, OperationDefinitionNode } from 'graphql';
import type { RequestContext } from './requestContext.js';

/** Variables as the client sent them, without a prototype. */
export type Variables = Readonly<Record<string, unknown>>;

export interface EngineResult {
  /** Absent if the operation was not executed, e.g. because of invalid variables. */
  data?: Record<string, unknown> | null;
  /** Formatted for clients. */
  errors?: readonly GraphQLFormattedError[];
}

/** How long a response may be cached, and by whom. */
export interface CachePolicy {
  /** Seconds; 0 if it must not be cached. */
  maxAge: number;
  /** Whether only the client that sent the request may cache it. */
  isPrivate: boolean;
}

/** An operation of a document that is valid for the engine's schema. */
export interface ParsedOperation {
  /** Text of the whole document. */
  source: string;
  document: DocumentNode;
  operation: OperationDefinitionNode;
}

interface ExecuteOptions {
  /** Maximum size of the response in characters, before it is serialized. */
  maxSize: number;
}

/** An operation that is planned for the variables of one request. */
export interface PlannedOperation {
  /** Names of the sources of the response: empty if it never changes; null if they are not known, so that it is not cached. */
  sources: readonly string[] | null;
  /** May reject with an HttpError, which concerns the whole request. */
  execute: (context: RequestContext, options: ExecuteOptions) => EngineResult | Promise<EngineResult>;
}

/** An operation that can be executed with any variables. */
export interface Executable {
  /** Null or absent if there are no cache hints. */
  policy?: CachePolicy | null;
  /** Plans the operation for these variables. May throw or reject with an HttpError. */
  planFor: (variables: Variables) => PlannedOperation | Promise<PlannedOperation>;
}

/** Executes operations for a server. */
export interface Engine {
  schema: GraphQLSchema;
  /** The schema that is published to clients, without definitions that only a gateway uses; `schema` by default. */
  apiSchema?: GraphQLSchema;
  /** SDL of the supergraph, if there is one. It has the `@cost` and `@listSize` directives. */
  coreSdl?: string;
  /** Registers a callback for each engine that replaces this one while the server runs. */
  onReplaced?: (callback: (next: Engine) => void) => void;
  prepare: (operation: ParsedOperation) => Executable;
}
