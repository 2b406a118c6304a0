import {
  openGraph,
  type PlannerOptions,
  PlanningError,
  ResponseTooLargeError,
  type SubgraphRequest,
  type SubgraphResponse,
} from '@dossier/execution';
import { durationMeter, type Engine, HttpError, type PlannedOperation, type Variables } from '@dossier/http-server';
import { dedupeErrors } from '../errors.js';
import type { SubgraphRequest as DataSourceRequest } from '../subgraphs/types.js';
import { cachePolicies } from './cachePolicy.js';
import { type CreateSource, MAX_EVALUATED_PLANS, type PlanningLimits, type Runtime } from './runtime.js';
import { validateScalarInput } from './scalars.js';

/** Maximum number of operations that wait to be planned; operations with a cached plan do not wait. */
const MAX_QUEUED = 200;

/** Executes a supergraph with Dossier's own engine, on plans by Apollo's planner. */
export async function createOwnRuntime(
  sdl: string,
  { maxPlanMs, maxPaths }: PlanningLimits,
  createSource: CreateSource,
): Promise<Runtime> {
  const planning = durationMeter(
    'dossier_graphql_planning_duration_seconds',
    'Duration of planning an operation that has no cached plan, in seconds; only with EXECUTION=own.',
  );
  const options: PlannerOptions = {
    maxEvaluatedPlans: MAX_EVALUATED_PLANS,
    maxPaths,
    maxPlanMs,
    maxWaiting: MAX_QUEUED,
    onPlanned: (milliseconds) => planning.observe(milliseconds / 1000),
  };
  let engine = await createOwnEngine(sdl, options, createSource);
  let replaceEngine: (next: Engine) => void = () => {};
  const onReplaced = (callback: typeof replaceEngine) => {
    replaceEngine = callback;
  };
  const replaceSupergraph = async (nextSdl: string) => {
    const previous = engine;
    engine = await createOwnEngine(nextSdl, options, createSource);
    replaceEngine(engine);
    await previous.close();
  };
  return {
    execution: { engine: { ...engine, onReplaced } },
    meters: [planning],
    replaceSupergraph,
    close: () => engine.close(),
  };
}

/** An engine and its resources. */
interface OwnEngine extends Engine {
  /** Stops the planner. */
  close: () => Promise<void>;
}

/** Prepares a supergraph for execution. Rejects with an Error that says why if the SDL is not a supergraph. */
async function createOwnEngine(
  supergraphSdl: string,
  planning: PlannerOptions,
  createSource: CreateSource,
): Promise<OwnEngine> {
  const graph = await openGraph(supergraphSdl, planning);
  validateScalarInput(graph.apiSchema);
  const sources = new Map(graph.subgraphs.map(({ name, url }) => [name, createSource(name, url)]));
  const policyOf = cachePolicies(supergraphSdl, graph.apiSchema);
  return {
    schema: graph.apiSchema,
    coreSdl: supergraphSdl,
    close: () => graph.close(),
    prepare: ({ document, operation }) => {
      const executable = graph.prepare(document, operation);
      const runOf = ({ services, execute }: Awaited<ReturnType<typeof executable.planFor>>): PlannedOperation => ({
        sources: services,
        execute: async (context, { maxSize }) => {
          const callSubgraph = (service: string, request: SubgraphRequest) =>
            sources
              .get(service)
              ?.process({ request, context } as unknown as DataSourceRequest) as Promise<SubgraphResponse>;
          const { data, errors } = await execute(callSubgraph, { maxSize }).catch(rejectExecution);
          return { ...(data !== undefined && { data }), ...(errors && { errors: dedupeErrors(errors) }) };
        },
      });
      const planFor = (variables: Variables): PlannedOperation | Promise<PlannedOperation> => {
        try {
          const planned = executable.planFor(variables);
          return planned instanceof Promise ? planned.then(runOf, rejectPlan) : runOf(planned);
        } catch (error) {
          return rejectPlan(error);
        }
      };
      return { policy: policyOf(document, operation.name?.value), planFor };
    },
  };
}

/** Throws the HTTP error for an operation that could not be planned. */
function rejectPlan(error: unknown): never {
  if (!(error instanceof PlanningError) || error.failure === 'FAILED') throw error;
  throw error.failure === 'BUSY'
    ? new HttpError('SERVER_BUSY', error.message)
    : new HttpError('OPERATION_TOO_COMPLEX', error.message);
}

function rejectExecution(error: unknown): never {
  throw error instanceof ResponseTooLargeError ? new HttpError('RESPONSE_TOO_LARGE', error.message) : error;
}
