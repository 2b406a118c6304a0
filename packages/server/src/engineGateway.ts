import { inSpan, isTracing } from '@dossier/tracing';
import { GraphQLError } from 'graphql';
import type { Engine, Gateway, Runnable } from './engine.js';

/** An engine as Apollo Server asks for it. Told of each operation that passed validation and is ready to be run again. */
export function engineGateway(engine: Engine, onReady: (source: string, operationName: string | null, runnable: Runnable, isQuery: boolean) => void): Gateway {
  return {
    onSchemaLoadOrUpdate: (callback) => {
      callback({ apiSchema: engine.schema, coreSupergraphSdl: engine.coreSdl ?? '' });
      return () => {};
    },
    load: async () => ({
      executor: async ({ source, document, operationName, operation, request, context }) => {
        const runnable = traced(inSpan(context, 'prepare', () => engine.prepare(source, document, operationName ?? undefined)));
        onReady(source, request.operationName ?? null, runnable, operation.operation === 'query');
        const { data, errors } = await runnable(request.variables ?? {}, context);
        return {
          ...(data !== undefined && { data }),
          ...(errors && { errors: errors.map(({ message, path, extensions }) => new GraphQLError(message, { path: path ?? null, extensions: extensions ?? null })) }),
        };
      },
    }),
    stop: async () => {},
  };
}

/** The same in a span of its own, where the process traces. */
const traced = (runnable: Runnable): Runnable => (isTracing() ? (variables, request) => inSpan(request, 'execute', () => runnable(variables, request)) : runnable);
