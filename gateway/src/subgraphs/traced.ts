import type { GraphQLDataSource } from '@apollo/gateway';
import { enter, isTracing, spanOf } from '@dossier/telemetry';

/** The same with a span for each fetch, in which the request to the subgraph is; the source itself where the process does not trace. */
export function traced<Source extends GraphQLDataSource>(service: string, source: Source): GraphQLDataSource {
  if (!isTracing()) return source;
  return {
    process: async (fetch) => {
      const span = spanOf(fetch.context)?.child(`subgraph ${service}`, 'client', {
        'dossier.subgraph': service,
        'graphql.operation.name': fetch.request.operationName ?? '',
      });
      if (!span) return source.process(fetch);
      enter(fetch.request, span);
      const answer = await source.process(fetch);
      const { errors } = answer;
      span.end(errors?.map(({ extensions }) => String(extensions?.['code'] ?? 'error')).join(', '));
      return answer;
    },
  };
}
