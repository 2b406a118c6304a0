import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { GraphQLDataSource } from '@apollo/gateway';
import { ConfigError } from '@dossier/config';
import { type PlannerOptions, supergraphSupport } from '@dossier/execution';
import { durationMeter, type Engine, type Log, type Meter, type ServerOptions } from '@dossier/http-server';
import { fileKey } from '@dossier/subgraph-server';
import { parse } from 'graphql';
import { dedupeErrorsPlugin, formatError } from '../errors.js';
import { withErrorPaths } from '../subgraphs/errorPaths.js';
import { type GraphTypes, graphTypes } from '../subgraphs/graphTypes.js';
import { traced } from '../subgraphs/traced.js';
import { checkScalarsPlugin } from './checkScalars.js';
import { ownEngine } from './ownEngine.js';
import { scalarValidators } from './scalarValidators.js';

/** Ways around the planner's own limits; a gateway does not start with one of them open. */
const ESCAPE_HATCHES = [
  'APOLLO_DISABLE_SECURITY_RECURSIVE_SELECTIONS_CHECK',
  'APOLLO_DISABLE_SECURITY_NON_LOCAL_SELECTIONS_CHECK',
];

/**
 * Plans compared for one operation. An actor is one of five types in four subgraphs, so that an operation over actors may
 * have thousands of plans of the same cost; the first hundred hold the same fetches.
 */
const MAX_EVALUATED_PLANS = 100;
/** Operations that were not sent before and wait to be planned. */
const MAX_WAITING = 200;

/** What planning one operation may take. */
export interface PlanningLimits {
  maxPlanMs: number;
  /** Ways to reach one field that are followed at most. */
  maxPaths: number;
}

const DEFAULT_PLANNING: PlanningLimits = { maxPlanMs: 5_000, maxPaths: 100 };

export type Execution = 'own' | 'stock';

export interface GraphOptions {
  /** Whose running of plans; `own` unless said. */
  execution?: Execution | undefined;
  /** What planning one operation may take. */
  planning?: PlanningLimits | undefined;
  /** Names of scalars whose values are validated; see DEFAULT_VALIDATED_SCALARS. */
  validatedScalars?: readonly string[] | undefined;
  /** Where it logs to; without it, nowhere. */
  log?: Log | undefined;
}

export type DataSourceOf = (service: string, url: string, types: GraphTypes) => GraphQLDataSource;

/** The composed graph as it is run now. */
export interface Graph {
  runs: ServerOptions['runs'];
  meters: Meter[];
  /** Names of the subgraphs of the supergraph that it started with. */
  subgraphs: readonly string[];
  /** Names of its custom scalars. */
  scalars: readonly string[];
  /** Where the supergraph is, and which file there was read; see `fileKey`. */
  file: string;
  fileKey: string;
  /** 16 hex digits over the supergraph that is run. */
  readonly digest: string;
  /** Runs the supergraph that is in place now. Throws where it is broken, and then nothing changes. */
  reload: () => Promise<void>;
  /** Ends what it runs on. */
  close: () => Promise<void>;
}

/**
 * The composed graph: planned by Apollo's planner, with our data sources under it. The supergraph is a file, so that a
 * gateway starts whether or not its subgraphs are up. `dataSourceOf` is asked again for each supergraph that is taken up.
 */
export async function createGraph(
  file: string,
  dataSourceOf: DataSourceOf,
  { execution = 'own', planning = DEFAULT_PLANNING, validatedScalars, log }: GraphOptions,
): Promise<Graph> {
  const validators = scalarValidators(validatedScalars);
  const open = ESCAPE_HATCHES.filter((name) => process.env[name]);
  if (open.length > 0)
    throw new ConfigError(
      open.map((name) => `${name}: expected not to be set; it switches off a limit that protects the planner.`),
    );
  const key = fileKey(file);
  const sdl = readSupergraph(file);
  const check = (supergraphSdl: string) => checkSupport(file, supergraphSdl, execution, log);
  await readable(file, () => check(sdl));
  // One object, whose contents are replaced: the data sources hold on to it.
  const types = await readable(file, () => graphTypes(sdl, validators));
  const sourceOf = (name: string, url: string) => traced(name, dataSourceOf(name, url, types));
  const { runs, meters, run, close } =
    execution === 'own'
      ? await readable(file, () => ownRuns(sdl, planning, sourceOf))
      : await stockRuns(sdl, planning, sourceOf);
  let digest = digestOf(sdl);
  return {
    runs,
    meters,
    subgraphs: types.subgraphs,
    scalars: types.scalars,
    file,
    fileKey: key,
    get digest() {
      return digest;
    },
    close,
    reload: async () => {
      const next = readSupergraph(file);
      const nextDigest = digestOf(next);
      if (nextDigest === digest) return;
      check(next);
      const nextTypes = graphTypes(next, validators);
      await run(next);
      Object.assign(types, nextTypes);
      digest = nextDigest;
    },
  };
}

/** What runs a supergraph, and what makes it run another. */
interface Runs {
  runs: ServerOptions['runs'];
  meters: Meter[];
  run: (sdl: string) => void | Promise<void>;
  close: () => Promise<void>;
}

type SourceOf = (name: string, url: string) => GraphQLDataSource;

async function ownRuns(sdl: string, { maxPlanMs, maxPaths }: PlanningLimits, sourceOf: SourceOf): Promise<Runs> {
  const planning = durationMeter(
    'dossier_graphql_planning_duration_seconds',
    'Time to plan an operation that was not sent before, in seconds; with EXECUTION=own.',
  );
  const options: PlannerOptions = {
    maxEvaluatedPlans: MAX_EVALUATED_PLANS,
    maxPaths,
    maxPlanMs,
    maxWaiting: MAX_WAITING,
    onPlanned: (milliseconds) => planning.observe(milliseconds / 1000),
  };
  let engine = await ownEngine(sdl, options, sourceOf);
  let take: (next: Engine) => void = () => {};
  const onReplaced = (taking: typeof take) => {
    take = taking;
  };
  const run = async (nextSdl: string) => {
    const before = engine;
    engine = await ownEngine(nextSdl, options, sourceOf);
    take(engine);
    await before.close();
  };
  return { runs: { engine: { ...engine, onReplaced } }, meters: [planning], run, close: () => engine.close() };
}

async function stockRuns(sdl: string, { maxPaths }: PlanningLimits, sourceOf: SourceOf): Promise<Runs> {
  // Read by the gateway when it is made: without it, it reports on its deployment every hour.
  process.env['APOLLO_TELEMETRY_DISABLED'] = '1';
  // Large, and only needed here.
  const { ApolloGateway } = await import('@apollo/gateway');
  const placed = withErrorPaths();
  let run: Runs['run'] = () => {};
  const gateway = new ApolloGateway({
    supergraphSdl: async ({ update }) => {
      run = update;
      return { supergraphSdl: sdl };
    },
    queryPlannerConfig: { debug: { maxEvaluatedPlans: MAX_EVALUATED_PLANS, pathsLimit: maxPaths } },
    buildService: ({ name, url }) => placed(sourceOf(name, url ?? '')),
  });
  return {
    runs: { apollo: { gateway, formatError, plugins: [dedupeErrorsPlugin, checkScalarsPlugin] } },
    meters: [],
    run: (next) => run(next),
    close: async () => {},
  };
}

const digestOf = (sdl: string): string => createHash('sha256').update(sdl).digest('hex').slice(0, 16);

function readSupergraph(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    throw new ConfigError([`SUPERGRAPH="${file}": expected a file that can be read, as "npm run compose" writes it.`]);
  }
}

/** Throws if a directive of the supergraph changes results in a way that this gateway does not support, and logs those that it ignores. */
function checkSupport(file: string, sdl: string, execution: Execution, log: Log | undefined): void {
  const { problems, ignored } = supergraphSupport(parse(sdl, { noLocation: true }), {
    supportsOverrideLabels: execution === 'own',
  });
  if (problems.length > 0) throw new ConfigError(problems.map((problem) => `SUPERGRAPH="${file}": ${problem}`));
  if (ignored.length > 0)
    log?.warn({ directives: ignored }, 'the supergraph has directives that the gateway does not use');
}

/** What is read from the supergraph that a gateway starts with, which may be no supergraph at all. */
async function readable<T>(file: string, read: () => T | Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof ConfigError) throw error;
    throw new ConfigError([
      `SUPERGRAPH="${file}": expected a composed graph, as "npm run compose" writes it. ${(error as Error).message}`,
    ]);
  }
}
