import type { GraphQLDataSource } from '@apollo/gateway';
import { isTracing, setSpan, spanOf } from '@dossier/telemetry';

/** Wraps a data source so that every fetch is a span, the parent of the subgraph's own. Returns the source itself if tracing is off. */
export function traceDataSource<Source extends GraphQLDataSource>(service: string, source: Source): GraphQLDataSource {
  if (!isTracing()) return source;
  return {
    process: async (fetch) => {
      const span = spanOf(fetch.context)?.startChild(`subgraph ${service}`, 'client', {
        'dossier.subgraph': service,
        'graphql.operation.name': fetch.request.operationName ?? '',
      });
      if (!span) return source.process(fetch);
      setSpan(fetch.request, span);
      const response = await source.process(fetch);
      const { errors } = response;
      span.end(errors?.map(({ extensions }) => String(extensions?.['code'] ?? 'error')).join(', '));
      return response;
    },
  };
}
