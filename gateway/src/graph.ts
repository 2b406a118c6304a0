import { readFileSync } from 'node:fs';
import { ApolloGateway, type GraphQLDataSource } from '@apollo/gateway';
import { ConfigError } from '@dossier/subgraph';
import { withErrorPaths } from './dataSource/errorPaths.js';
import { type Supertypes, supertypesOf } from './dataSource/supertypes.js';

/** Ways around the planner's own limits; a gateway does not start with one of them open. */
const ESCAPE_HATCHES = ['APOLLO_DISABLE_SECURITY_RECURSIVE_SELECTIONS_CHECK', 'APOLLO_DISABLE_SECURITY_NON_LOCAL_SELECTIONS_CHECK'];

/**
 * Plans weighed for one operation. An actor is one of five types in four subgraphs, so an operation over actors has
 * thousands of plans of the same cost; weighing them all took seconds, and the first hundred hold the same fetches.
 */
const PLANS_WEIGHED = 100;

/**
 * The composed graph: planned by Apollo's planner, with our data sources under it. The supergraph is a file, so that a
 * gateway starts whether or not its subgraphs are up.
 */
export function createGraph(supergraphFile: string, dataSourceOf: (service: string, url: string, supertypes: Supertypes) => GraphQLDataSource): ApolloGateway {
  const open = ESCAPE_HATCHES.filter((name) => process.env[name]);
  if (open.length > 0) throw new ConfigError(open.map((name) => `${name}: expected not to be set; it switches off a limit that protects the planner.`));
  // Read by the gateway when it is made: without it, it reports on its deployment every hour.
  process.env['APOLLO_TELEMETRY_DISABLED'] = '1';
  const supergraphSdl = readSupergraph(supergraphFile);
  const supertypes = supertypesOf(supergraphSdl);
  const placed = withErrorPaths();
  return new ApolloGateway({ supergraphSdl, queryPlannerConfig: { debug: { maxEvaluatedPlans: PLANS_WEIGHED } }, buildService: ({ name, url }) => placed(dataSourceOf(name, url ?? '', supertypes)) });
}

function readSupergraph(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    throw new ConfigError([`SUPERGRAPH="${file}": expected a file that can be read, as "npm run compose" writes it.`]);
  }
}
