import type { GraphQLDataSource } from '@apollo/gateway';
import { executableGraph, type GraphOptions, type SubgraphAnswer, type SubgraphRequest } from '@dossier/execution';
import type { Engine, Runnable } from '@dossier/server';
import { cachePolicies } from './cachePolicy.js';
import type { SubgraphRequest as DataSourceRequest } from './dataSource/types.js';
import { toldOnce } from './errors.js';

/** The composed graph, with our own running of plans. */
export function ownEngine(supergraphSdl: string, planning: GraphOptions, dataSourceOf: (service: string, url: string) => GraphQLDataSource): Engine {
  const graph = executableGraph(supergraphSdl, planning);
  const sources = new Map(graph.subgraphs.map(({ name, url }) => [name, dataSourceOf(name, url)]));
  const policyOf = cachePolicies(supergraphSdl, graph.apiSchema);
  return {
    schema: graph.apiSchema,
    coreSdl: supergraphSdl,
    prepare: (source, document, operationName) => {
      const operation = graph.operation(source, operationName);
      const run: Runnable = async (variables, context) => {
        const ask = (service: string, request: SubgraphRequest) => sources.get(service)?.process({ request, context } as DataSourceRequest) as Promise<SubgraphAnswer>;
        const { data, errors } = await operation.run(variables, ask);
        return { ...(data !== undefined && { data }), ...(errors && { errors: toldOnce(errors) }) };
      };
      return { run, sources: operation.services, policy: policyOf(document, operationName) };
    },
  };
}
