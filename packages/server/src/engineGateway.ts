import { inSpan, isTracing } from '@dossier/tracing';
import { GraphQLError, type GraphQLSchema } from 'graphql';
import type { Engine, Gateway, Prepared, Runnable } from './engine.js';
import { tagBy } from './entityTag.js';
import { ClientContext } from './requestContext.js';

type OnReady = (source: string, operationName: string | null, prepared: Prepared, isQuery: boolean) => void;

/**
 * An engine as Apollo Server asks for it. Told of each operation that passed validation and is ready to be run again; and
 * when another engine took its place, so that those are no longer to be run. What was validated before is finished as it was.
 */
export function engineGateway(first: Engine, onReady: OnReady, onReplaced: () => void): Gateway {
  let engine = first;
  const engines = new WeakMap<GraphQLSchema, Engine>([[first.schema, first]]);
  return {
    onSchemaLoadOrUpdate: (callback) => {
      const tell = () => callback({ apiSchema: engine.schema, coreSupergraphSdl: engine.coreSdl ?? '' });
      tell();
      first.onReplaced?.((next) => {
        engines.set(next.schema, next);
        engine = next;
        tell();
        onReplaced();
      });
      return () => {};
    },
    load: async () => ({
      executor: async ({ source, document, operationName, operation, request, context, schema }) => {
        // The one by whose schema it was validated.
        const validated = engines.get(schema) ?? engine;
        const prepared = inSpan(context, 'prepare', () => validated.prepare(source, document, operationName ?? undefined));
        const run = traced(prepared.run);
        if (validated === engine) onReady(source, request.operationName ?? null, { ...prepared, run }, operation.operation === 'query');
        if (context instanceof ClientContext) tagBy(context.response, prepared.policy ?? null);
        const { data, errors } = await run(request.variables ?? {}, context);
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
