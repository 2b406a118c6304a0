import { readFileSync } from 'node:fs';
import type { GraphQLDataSource } from '@apollo/gateway';
import { durationMeter, type Meter, type ServerOptions } from '@dossier/server';
import { ConfigError } from '@dossier/subgraph';
import { withErrorPaths } from './dataSource/errorPaths.js';
import { type Supertypes, supertypesOf } from './dataSource/supertypes.js';
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
export async function createGraph(supergraphFile: string, execution: Execution, dataSourceOf: DataSourceOf): Promise<{ runs: ServerOptions['runs']; meters: Meter[] }> {
  const planning = durationMeter('dossier_graphql_planning_duration_seconds', 'Time to plan an operation that was not asked for before, in seconds; with EXECUTION=own.');
  const open = ESCAPE_HATCHES.filter((name) => process.env[name]);
  if (open.length > 0) throw new ConfigError(open.map((name) => `${name}: expected not to be set; it switches off a limit that protects the planner.`));
  const supergraphSdl = readSupergraph(supergraphFile);
  const supertypes = supertypesOf(supergraphSdl);
  if (execution === 'own') {
    const engine = ownEngine(supergraphSdl, { plansWeighed: PLANS_WEIGHED, onPlanned: (milliseconds) => planning.observe(milliseconds / 1000) }, (name, url) => dataSourceOf(name, url, supertypes));
    return { runs: { engine }, meters: [planning] };
  }
  // Read by the gateway when it is made: without it, it reports on its deployment every hour.
  process.env['APOLLO_TELEMETRY_DISABLED'] = '1';
  // Large, and only needed here.
  const { ApolloGateway } = await import('@apollo/gateway');
  const placed = withErrorPaths();
  const queryPlannerConfig = { debug: { maxEvaluatedPlans: PLANS_WEIGHED } };
  const gateway = new ApolloGateway({ supergraphSdl, queryPlannerConfig, buildService: ({ name, url }) => placed(dataSourceOf(name, url ?? '', supertypes)) });
  return { runs: { gateway }, meters: [] };
}

function readSupergraph(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    throw new ConfigError([`SUPERGRAPH="${file}": expected a file that can be read, as "npm run compose" writes it.`]);
  }
}
