import type { ApolloServerOptions, BaseContext } from '@apollo/server';
import type { DocumentNode, GraphQLFormattedError, GraphQLSchema } from 'graphql';

export interface EngineAnswer {
  /** Missing where the operation was not run: its variables were wrong. */
  data?: Record<string, unknown> | null;
  /** As clients may see them. */
  errors?: readonly GraphQLFormattedError[];
}

/** An operation that is valid and planned, to be run with variables. `request` is an object of the request's own. */
export type Runnable = (variables: Readonly<Record<string, unknown>>, request: object) => EngineAnswer | Promise<EngineAnswer>;

/** How long an answer may be kept, and by whom. */
export interface CachePolicy {
  /** Seconds; 0 where it must not be kept. */
  maxAge: number;
  /** Whether it is for nobody but who asked. */
  isPrivate: boolean;
}

/** An operation that is ready, and what is known of its answers. */
export interface Prepared {
  run: Runnable;
  /** Names of what it is answered from; none where that never changes. */
  sources?: readonly string[];
  /** Null or absent where nothing is said of it. */
  policy?: CachePolicy | null;
}

/** What runs operations under the server. */
export interface Engine {
  schema: GraphQLSchema;
  /** The schema as it is composed, where it is. */
  coreSdl?: string;
  /** Where another may take its place while it runs: calls back with each that does. */
  onReplaced?: (take: (next: Engine) => void) => void;
  prepare: (source: string, document: DocumentNode, operationName: string | undefined) => Prepared;
}

/** What Apollo Server runs operations on where it does not do so itself. */
export type Gateway = NonNullable<ApolloServerOptions<BaseContext>['gateway']>;
