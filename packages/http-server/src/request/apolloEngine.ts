import { ApolloServer, type ApolloServerOptions, type ApolloServerPlugin, type BaseContext } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
} from '@apollo/server/plugin/disabled';
import { inheritSpan } from '@dossier/telemetry';
import type { GraphQLFormattedError, GraphQLSchema } from 'graphql';
import type { Log } from '../logging/log.js';
import type { Engine, EngineResult } from './engine.js';
import type { RequestContext } from './requestContext.js';
import type { Revisions } from './revisions.js';

/** The context passed to Apollo Server, which clones it and would lose private members. */
class ApolloContext implements RequestContext {
  readonly requestId: string;
  readonly startedAt: number;
  readonly budget: { left: number };
  readonly revisions: Revisions;
  readonly headers: Readonly<Record<string, string>>;
  readonly request: RequestContext;

  constructor(request: RequestContext) {
    this.requestId = request.requestId;
    this.startedAt = request.startedAt;
    this.budget = request.budget;
    this.revisions = request.revisions;
    this.headers = request.headers;
    this.request = request;
  }

  get signal(): AbortSignal {
    return this.request.signal;
  }
}

/** A gateway for Apollo Server. */
export type Gateway = NonNullable<ApolloServerOptions<BaseContext>['gateway']>;

export interface ApolloOptions {
  gateway: Gateway;
  formatError: (formatted: GraphQLFormattedError, error: unknown) => GraphQLFormattedError;
  plugins?: ApolloServerPlugin[];
  log: Log;
  introspection: boolean;
}

/**
 * Apollo Server as an engine: it executes operations that have been parsed, measured and validated, with its plugins. It does
 * not handle HTTP, so that no request is parsed in two ways.
 */
export async function apolloEngine({
  gateway,
  formatError,
  plugins = [],
  log,
  introspection,
}: ApolloOptions): Promise<{ engine: Engine; stop: () => Promise<void> }> {
  let current: Engine | null = null;
  let onNext: (next: Engine) => void = () => {};
  const server: ApolloServer<BaseContext> = new ApolloServer<BaseContext>({
    gateway,
    formatError,
    introspection,
    hideSchemaDetailsFromClientErrors: !introspection,
    stopOnTerminationSignals: false,
    csrfPrevention: false,
    persistedQueries: false,
    includeStacktraceInErrorResponses: false,
    logger: log,
    plugins: [
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginInlineTraceDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      {
        serverWillStart: async () => ({
          schemaDidLoadOrUpdate: ({ apiSchema, coreSupergraphSdl = '' }) => {
            const next = engineOf(apiSchema, coreSupergraphSdl);
            if (current) onNext(next);
            current = next;
          },
        }),
      },
      ...plugins,
    ],
  });

  function engineOf(schema: GraphQLSchema, coreSdl: string): Engine {
    return {
      schema,
      coreSdl,
      prepare: ({ source, operation }) => ({
        planFor: (variables) => ({
          sources: null,
          execute: (context) => execute(source, operation.name?.value, variables, context),
        }),
      }),
    };
  }

  async function execute(
    query: string,
    operationName: string | undefined,
    variables: Readonly<Record<string, unknown>>,
    context: RequestContext,
  ): Promise<EngineResult> {
    const { body } = await server.executeOperation(
      { query, variables: { ...variables }, ...(operationName && { operationName }) },
      { contextValue: inheritSpan(context, new ApolloContext(context)) },
    );
    if (body.kind !== 'single') throw new Error('Apollo Server returned an incremental response.');
    const { data, errors } = body.singleResult;
    return { ...(data !== undefined && { data }), ...(errors && { errors }) };
  }

  await server.start();
  if (!current) throw new Error('The gateway has no schema.');
  const engine: Engine = {
    ...(current as Engine),
    onReplaced: (callback) => {
      onNext = callback;
    },
  };
  return { engine, stop: () => server.stop() };
}
