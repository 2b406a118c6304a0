import type { GraphQLDataSource } from '@apollo/gateway';
import {
  openGraph,
  type PlannerOptions,
  PlanningError,
  ResponseTooLargeError,
  type SubgraphRequest,
  type SubgraphResponse,
} from '@dossier/execution';
import { type Engine, HttpError, type PlannedRun, type Variables } from '@dossier/http-server';
import { dedupeErrors } from '../errors.js';
import type { SubgraphRequest as DataSourceRequest } from '../subgraphs/types.js';
import { cachePolicies } from './cachePolicy.js';
import { checkScalars } from './checkScalars.js';

/** An engine, and how to end what it runs on. */
export interface OwnEngine extends Engine {
  close: () => Promise<void>;
}

/** The composed graph, executed by our own engine. Rejects with an Error that says why if the SDL is not a supergraph. */
export async function ownEngine(
  supergraphSdl: string,
  planning: PlannerOptions,
  dataSourceOf: (service: string, url: string) => GraphQLDataSource,
): Promise<OwnEngine> {
  const graph = await openGraph(supergraphSdl, planning);
  checkScalars(graph.apiSchema);
  const sources = new Map(graph.subgraphs.map(({ name, url }) => [name, dataSourceOf(name, url)]));
  const policyOf = cachePolicies(supergraphSdl, graph.apiSchema);
  return {
    schema: graph.apiSchema,
    coreSdl: supergraphSdl,
    close: () => graph.close(),
    prepare: ({ document, operation }) => {
      const executable = graph.prepare(document, operation);
      const runOf = ({ services, execute }: Awaited<ReturnType<typeof executable.planFor>>): PlannedRun => ({
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
      const planFor = (variables: Variables): PlannedRun | Promise<PlannedRun> => {
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

/** Why there is no plan, as the response says it. */
function rejectPlan(error: unknown): never {
  if (!(error instanceof PlanningError) || error.failure === 'FAILED') throw error;
  throw error.failure === 'BUSY'
    ? new HttpError('SERVER_BUSY', error.message)
    : new HttpError('OPERATION_TOO_COMPLEX', error.message);
}

function rejectExecution(error: unknown): never {
  throw error instanceof ResponseTooLargeError ? new HttpError('RESPONSE_TOO_LARGE', error.message) : error;
}
