import { readFileSync } from 'node:fs';
import type { GraphQLDataSource } from '@apollo/gateway';
import type { ServerOptions } from '@dossier/server';
import { ConfigError } from '@dossier/subgraph';
import { withErrorPaths } from './dataSource/errorPaths.js';
import { type Supertypes, supertypesOf } from './dataSource/supertypes.js';
import { traced } from './dataSource/traced.js';
import { ownEngine } from './ownEngine.js';

/** Ways around the planner's own limits; a gateway does not start with one of them open. */
const ESCAPE_HATCHES = ['APOLLO_DISABLE_SECURITY_RECURSIVE_SELECTIONS_CHECK', 'APOLLO_DISABLE_SECURITY_NON_LOCAL_SELECTIONS_CHECK'];

/**
 * Plans weighed for one operation. An actor is one of five types in four subgraphs, so an operation over actors has
 * thousands of plans of the same cost; weighing them all took seconds, and the first hundred hold the same fetches.
 */
const PLANS_WEIGHED = 100;

export type Execution = 'own' | 'stock';

export type DataSourceOf = (service: string, url: string, supertypes: Supertypes) => GraphQLDataSource;

/**
 * The composed graph: planned by Apollo's planner, with our data sources under it. The supergraph is a file, so that a
 * gateway starts whether or not its subgraphs are up.
 */
export async function createGraph(supergraphFile: string, execution: Execution, dataSourceOf: DataSourceOf): Promise<ServerOptions['runs']> {
  const open = ESCAPE_HATCHES.filter((name) => process.env[name]);
  if (open.length > 0) throw new ConfigError(open.map((name) => `${name}: expected not to be set; it switches off a limit that protects the planner.`));
  const supergraphSdl = readSupergraph(supergraphFile);
  const supertypes = supertypesOf(supergraphSdl);
  if (execution === 'own') return { engine: ownEngine(supergraphSdl, PLANS_WEIGHED, (name, url) => traced(name, dataSourceOf(name, url, supertypes))) };
  // Read by the gateway when it is made: without it, it reports on its deployment every hour.
  process.env['APOLLO_TELEMETRY_DISABLED'] = '1';
  // Large, and only needed here.
  const { ApolloGateway } = await import('@apollo/gateway');
  const placed = withErrorPaths();
  const queryPlannerConfig = { debug: { maxEvaluatedPlans: PLANS_WEIGHED } };
  return { gateway: new ApolloGateway({ supergraphSdl, queryPlannerConfig, buildService: ({ name, url }) => placed(traced(name, dataSourceOf(name, url ?? '', supertypes))) }) };
}

function readSupergraph(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    throw new ConfigError([`SUPERGRAPH="${file}": expected a file that can be read, as "npm run compose" writes it.`]);
  }
}
