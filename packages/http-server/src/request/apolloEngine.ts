import { ApolloServer, type ApolloServerOptions, type ApolloServerPlugin, type BaseContext } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
} from '@apollo/server/plugin/disabled';
import { inherit } from '@dossier/telemetry';
import type { GraphQLFormattedError, GraphQLSchema } from 'graphql';
import type { Log } from '../logging/log.js';
import type { Engine, EngineAnswer } from './engine.js';
import type { RequestContext } from './requestContext.js';

/** The context of a request as Apollo Server may have it, which copies the properties of what it is given, but not its private members. */
class ApolloContext implements RequestContext {
  readonly requestId: string;
  readonly startedAt: number;
  readonly budget: { left: number };
  readonly headers: Readonly<Record<string, string>>;
  readonly request: RequestContext;

  constructor(request: RequestContext) {
    this.requestId = request.requestId;
    this.startedAt = request.startedAt;
    this.budget = request.budget;
    this.headers = request.headers;
    this.request = request;
  }

  get signal(): AbortSignal {
    return this.request.signal;
  }
}

/** What Apollo Server executes operations with. */
export type Gateway = NonNullable<ApolloServerOptions<BaseContext>['gateway']>;

export interface ApolloOptions {
  gateway: Gateway;
  formatError: (formatted: GraphQLFormattedError, error: unknown) => GraphQLFormattedError;
  plugins?: ApolloServerPlugin[];
  log: Log;
  introspection: boolean;
}

/**
 * Apollo Server as an engine: it executes operations, with its plugins, that were found, measured and validated before.
 * HTTP is not its concern, so that it never reads a request in another way.
 */
export async function apolloEngine({
  gateway,
  formatError,
  plugins = [],
  log,
  introspection,
}: ApolloOptions): Promise<{ engine: Engine; stop: () => Promise<void> }> {
  let current: Engine | null = null;
  let take: (next: Engine) => void = () => {};
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
            if (current) take(next);
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
  ): Promise<EngineAnswer> {
    const { body } = await server.executeOperation(
      { query, variables: { ...variables }, ...(operationName && { operationName }) },
      { contextValue: inherit(context, new ApolloContext(context)) },
    );
    if (body.kind !== 'single') throw new Error('Apollo Server gave a response in parts.');
    const { data, errors } = body.singleResult;
    return { ...(data !== undefined && { data }), ...(errors && { errors }) };
  }

  await server.start();
  if (!current) throw new Error('The gateway has no schema.');
  const engine: Engine = {
    ...(current as Engine),
    onReplaced: (onNext) => {
      take = onNext;
    },
  };
  return { engine, stop: () => server.stop() };
}
