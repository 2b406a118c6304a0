import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { GraphQLDataSource } from '@apollo/gateway';
import { ConfigError, npmScript, readConfig } from '@dossier/config';
import { supergraphSupport } from '@dossier/execution';
import type { Log, Meter, ServerOptions } from '@dossier/http-server';
import { fileKey } from '@dossier/subgraph-server';
import { parse } from 'graphql';
import { type GraphTypes, graphTypes } from '../subgraphs/graphTypes.js';
import { traceDataSource } from '../subgraphs/traceDataSource.js';
import { createOwnRuntime } from './ownRuntime.js';
import { planningLimits, planningSettings } from './planningSettings.js';
import type { Execution, PlanningLimits } from './runtime.js';
import { scalarValidators } from './scalars.js';
import { createStockRuntime } from './stockRuntime.js';

/** Environment variables that disable limits of Apollo's planner; the gateway does not start if one is set. */
const PLANNER_OVERRIDES = [
  'APOLLO_DISABLE_SECURITY_RECURSIVE_SELECTIONS_CHECK',
  'APOLLO_DISABLE_SECURITY_NON_LOCAL_SELECTIONS_CHECK',
];

const DEFAULT_PLANNING = planningLimits(readConfig(planningSettings, {}));

export interface GraphOptions {
  /** Which engine executes query plans; `own` by default. */
  execution?: Execution | undefined;
  /** Limits of planning one operation. */
  planning?: PlanningLimits | undefined;
  /** Names of scalars whose values in subgraph responses are validated; DEFAULT_VALIDATED_SCALARS if left out. */
  validatedScalars?: readonly string[] | undefined;
  /** No logging if left out. */
  log?: Log | undefined;
}

/** Creates the data source of a subgraph, for every supergraph that is loaded. `types` is updated in place when it is replaced. */
export type CreateDataSource = (service: string, url: string, types: GraphTypes) => GraphQLDataSource;

/** The supergraph that the gateway executes. */
export interface Graph {
  execution: ServerOptions['execution'];
  meters: Meter[];
  /** Names of the subgraphs of the first supergraph. */
  subgraphs: readonly string[];
  /** Names of the custom scalars of the first supergraph. */
  scalars: readonly string[];
  /** Path of the supergraph, and the `fileKey` of the file that was read first. */
  file: string;
  fileKey: string;
  /** Hash of the supergraph in use; 16 hex digits. */
  readonly digest: string;
  /** Switches to the supergraph that is in place now. Rejects, and changes nothing, if it is invalid. */
  reload: () => Promise<void>;
  /** Frees the resources of the supergraph in use. */
  close: () => Promise<void>;
}

/**
 * Loads a supergraph file. Starting needs no subgraph to be reachable. Rejects with a ConfigError if the file is not a
 * supergraph that the gateway supports.
 */
export async function createGraph(
  file: string,
  createDataSource: CreateDataSource,
  { execution = 'own', planning = DEFAULT_PLANNING, validatedScalars, log }: GraphOptions,
): Promise<Graph> {
  const validators = scalarValidators(validatedScalars);
  const overrides = PLANNER_OVERRIDES.filter((name) => process.env[name]);
  if (overrides.length > 0)
    throw new ConfigError(
      overrides.map((name) => `${name}: expected not to be set; it disables a limit that protects the planner.`),
    );
  const key = fileKey(file);
  const sdl = readSupergraph(file);
  const check = (supergraphSdl: string) => checkSupport(file, supergraphSdl, execution, log);
  await withConfigErrors(file, () => check(sdl));
  // Updated in place when the supergraph is replaced, since data sources keep a reference to it.
  const types = await withConfigErrors(file, () => graphTypes(sdl, validators));
  const createSource = (name: string, url: string) => traceDataSource(name, createDataSource(name, url, types));
  const runtime =
    execution === 'own'
      ? await withConfigErrors(file, () => createOwnRuntime(sdl, planning, createSource))
      : await createStockRuntime(sdl, planning, createSource);
  let digest = digestOf(sdl);
  return {
    execution: runtime.execution,
    meters: runtime.meters,
    subgraphs: types.subgraphs,
    scalars: types.scalars,
    file,
    fileKey: key,
    get digest() {
      return digest;
    },
    close: runtime.close,
    reload: async () => {
      const next = readSupergraph(file);
      const nextDigest = digestOf(next);
      if (nextDigest === digest) return;
      check(next);
      const nextTypes = graphTypes(next, validators);
      await runtime.replaceSupergraph(next);
      Object.assign(types, nextTypes);
      digest = nextDigest;
    },
  };
}

const digestOf = (sdl: string): string => createHash('sha256').update(sdl).digest('hex').slice(0, 16);

/** The command that writes a supergraph, where there is one. */
function writtenBy(): string {
  const compose = npmScript('compose');
  return compose ? `, as "${compose}" writes it` : '';
}

function readSupergraph(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    throw new ConfigError([`SUPERGRAPH="${file}": expected a readable file${writtenBy()}.`]);
  }
}

/** Throws a ConfigError if the supergraph uses a directive that changes results and is not supported; logs other unsupported directives. */
function checkSupport(file: string, sdl: string, execution: Execution, log: Log | undefined): void {
  const { problems, ignored } = supergraphSupport(parse(sdl, { noLocation: true }), {
    supportsOverrideLabels: execution === 'own',
  });
  if (problems.length > 0) throw new ConfigError(problems.map((problem) => `SUPERGRAPH="${file}": ${problem}`));
  if (ignored.length > 0)
    log?.warn({ directives: ignored }, 'the supergraph has directives that the gateway does not use');
}

/** Runs a step of loading the first supergraph, and turns its error into a ConfigError. */
async function withConfigErrors<T>(file: string, load: () => T | Promise<T>): Promise<T> {
  try {
    return await load();
  } catch (error) {
    if (error instanceof ConfigError) throw error;
    throw new ConfigError([
      `SUPERGRAPH="${file}": expected a composed graph${writtenBy()}. ${(error as Error).message}`,
    ]);
  }
}
