import { readFileSync } from 'node:fs';
import { ApolloGateway, type GraphQLDataSource } from '@apollo/gateway';

/**
 * The composed graph: planned by Apollo's planner, with our data sources under it. The supergraph is a file, so that a
 * gateway starts whether or not its subgraphs are up.
 */
export function createGraph(supergraphFile: string, dataSourceOf: (service: string, url: string) => GraphQLDataSource): ApolloGateway {
  // Read by the gateway when it is made: without it, it reports on its deployment every hour.
  process.env['APOLLO_TELEMETRY_DISABLED'] = '1';
  return new ApolloGateway({
    supergraphSdl: readFileSync(supergraphFile, 'utf8'),
    buildService: ({ name, url }) => dataSourceOf(name, url ?? ''),
  });
}
