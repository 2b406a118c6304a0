import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { GraphQLDataSource } from '@apollo/gateway';
import { durationMeter, type Engine, type Meter, type ServerOptions } from '@dossier/server';
import { ConfigError, fileKey } from '@dossier/subgraph';
import { withErrorPaths } from './dataSource/errorPaths.js';
import { type GraphTypes, graphTypes } from './dataSource/graphTypes.js';
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

export type DataSourceOf = (service: string, url: string, types: GraphTypes) => GraphQLDataSource;

/** The composed graph as it is run now. */
export interface Graph {
  runs: ServerOptions['runs'];
  meters: Meter[];
  /** Where the supergraph is, and which file there was read; see `fileKey`. */
  file: string;
  fileKey: string;
  /** 16 hex digits over the supergraph that is run. */
  readonly digest: string;
  /** Runs the supergraph that is in place now. Throws where it is broken, and then nothing changes. */
  reload: () => void;
}

/**
 * The composed graph: planned by Apollo's planner, with our data sources under it. The supergraph is a file, so that a
 * gateway starts whether or not its subgraphs are up. `dataSourceOf` is asked again for each supergraph that is taken up.
 */
export async function createGraph(file: string, execution: Execution, dataSourceOf: DataSourceOf): Promise<Graph> {
  const open = ESCAPE_HATCHES.filter((name) => process.env[name]);
  if (open.length > 0) throw new ConfigError(open.map((name) => `${name}: expected not to be set; it switches off a limit that protects the planner.`));
  const key = fileKey(file);
  const sdl = readSupergraph(file);
  // One object, whose contents are replaced: the data sources hold on to it.
  const types = readable(file, () => graphTypes(sdl));
  const sourceOf = (name: string, url: string) => traced(name, dataSourceOf(name, url, types));
  const { runs, meters, run } = execution === 'own' ? readable(file, () => ownRuns(sdl, sourceOf)) : await stockRuns(sdl, sourceOf);
  let digest = digestOf(sdl);
  return {
    runs,
    meters,
    file,
    fileKey: key,
    get digest() {
      return digest;
    },
    reload: () => {
      const next = readSupergraph(file);
      const nextDigest = digestOf(next);
      if (nextDigest === digest) return;
      const nextTypes = graphTypes(next);
      run(next);
      Object.assign(types, nextTypes);
      digest = nextDigest;
    },
  };
}

/** What runs a supergraph, and what makes it run another. */
interface Runs {
  runs: ServerOptions['runs'];
  meters: Meter[];
  run: (sdl: string) => void;
}

type SourceOf = (name: string, url: string) => GraphQLDataSource;

function ownRuns(sdl: string, sourceOf: SourceOf): Runs {
  const planning = durationMeter('dossier_graphql_planning_duration_seconds', 'Time to plan an operation that was not asked for before, in seconds; with EXECUTION=own.');
  const engineOf = (supergraphSdl: string): Engine => ownEngine(supergraphSdl, { plansWeighed: PLANS_WEIGHED, onPlanned: (milliseconds) => planning.observe(milliseconds / 1000) }, sourceOf);
  let take: (next: Engine) => void = () => {};
  const onReplaced = (taking: typeof take) => {
    take = taking;
  };
  return { runs: { engine: { ...engineOf(sdl), onReplaced } }, meters: [planning], run: (next) => take(engineOf(next)) };
}

async function stockRuns(sdl: string, sourceOf: SourceOf): Promise<Runs> {
  // Read by the gateway when it is made: without it, it reports on its deployment every hour.
  process.env['APOLLO_TELEMETRY_DISABLED'] = '1';
  // Large, and only needed here.
  const { ApolloGateway } = await import('@apollo/gateway');
  const placed = withErrorPaths();
  const queryPlannerConfig = { debug: { maxEvaluatedPlans: PLANS_WEIGHED } };
  let run: Runs['run'] = () => {};
  const gateway = new ApolloGateway({
    supergraphSdl: async ({ update }) => {
      run = update;
      return { supergraphSdl: sdl };
    },
    queryPlannerConfig,
    buildService: ({ name, url }) => placed(sourceOf(name, url ?? '')),
  });
  return { runs: { gateway }, meters: [], run: (next) => run(next) };
}

const digestOf = (sdl: string): string => createHash('sha256').update(sdl).digest('hex').slice(0, 16);

function readSupergraph(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    throw new ConfigError([`SUPERGRAPH="${file}": expected a file that can be read, as "npm run compose" writes it.`]);
  }
}

/** What is read from the supergraph that a gateway starts with, which may be no supergraph at all. */
function readable<T>(file: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof ConfigError) throw error;
    throw new ConfigError([`SUPERGRAPH="${file}": expected a composed graph, as "npm run compose" writes it. ${(error as Error).message}`]);
  }
}
