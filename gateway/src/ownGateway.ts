import type { GraphQLDataSource } from '@apollo/gateway';
import { executableGraph, type SubgraphAnswer, type SubgraphRequest } from '@dossier/execution';
import { GraphQLError } from 'graphql';
import type { SubgraphRequest as DataSourceRequest } from './dataSource/types.js';
import type { Gateway } from './gateway.js';

const OPERATIONS_KEPT = 1000;

/** The composed graph, with our own running of plans. */
export function ownGateway(supergraphSdl: string, plansWeighed: number, dataSourceOf: (service: string, url: string) => GraphQLDataSource): Gateway {
  const graph = executableGraph(supergraphSdl, { plansWeighed, operationsKept: OPERATIONS_KEPT });
  const sources = new Map(graph.subgraphs.map(({ name, url }) => [name, dataSourceOf(name, url)]));
  return {
    onSchemaLoadOrUpdate: (callback) => {
      callback({ apiSchema: graph.apiSchema, coreSupergraphSdl: supergraphSdl });
      return () => {};
    },
    load: async () => ({
      executor: async ({ source, document, operationName, request, context }) => {
        const operation = graph.operation(source, document, operationName ?? undefined);
        const ask = (service: string, request: SubgraphRequest) => sources.get(service)?.process({ request, context } as DataSourceRequest) as Promise<SubgraphAnswer>;
        const { data, errors } = await operation(request.variables ?? {}, ask);
        return { ...(data !== undefined && { data }), ...(errors && { errors: errors.map((error) => new GraphQLError(error.message, { path: error.path, extensions: error.extensions })) }) };
      },
    }),
    stop: async () => {},
  };
}
