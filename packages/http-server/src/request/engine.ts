import type { DocumentNode, GraphQLFormattedError, GraphQLSchema, OperationDefinitionNode } from 'graphql';
import type { RequestContext } from './requestContext.js';

/** Variables as the client sent them: own properties only, whatever their names. */
export type Variables = Readonly<Record<string, unknown>>;

export interface EngineAnswer {
  /** Missing if the operation was not executed, since its variables were invalid for example. */
  data?: Record<string, unknown> | null;
  /** As clients may see them. */
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
  /** Characters of the response at most, before it is serialized. */
  maxSize: number;
}

/** An operation with the variables of one request, ready to be executed. */
export interface PlannedRun {
  /** Names of what the response is made from: none if it never changes, null if that is not known, so that it is not cached. */
  sources: readonly string[] | null;
  /** Executes it. It may reject with a HttpError that concerns the whole request. */
  execute: (context: RequestContext, options: ExecuteOptions) => EngineAnswer | Promise<EngineAnswer>;
}

/** An operation that can be executed with any variables. */
export interface Executable {
  /** Null or absent if nothing is known. */
  policy?: CachePolicy | null;
  /** Plans it for these variables; a promise if that takes time. It may reject with a HttpError. */
  planFor: (variables: Variables) => PlannedRun | Promise<PlannedRun>;
}

/** What executes operations under the server. */
export interface Engine {
  schema: GraphQLSchema;
  /** The supergraph that the schema was made from, if any: it says what fields cost. */
  coreSdl?: string;
  /** Registers a callback for each engine that takes the place of this one while the server runs. */
  onReplaced?: (take: (next: Engine) => void) => void;
  prepare: (operation: ParsedOperation) => Executable;
}
