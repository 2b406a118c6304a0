import { parentPort, workerData } from 'node:worker_threads';
import { operationFromDocument, Supergraph } from '@apollo/federation-internals';
import { QueryPlanner } from '@apollo/query-planner';
import { parse, print } from 'graphql';
import type { PlannerData, PlannerMessage, PlanRequest } from './messages.js';

/** What the planner throws when a field can be reached in more ways than `pathsLimit` allows. */
const TOO_MANY_PATHS = /^Too many options generated/;

const { supergraphSdl, maxEvaluatedPlans, maxPaths } = workerData as PlannerData;
const send = (message: PlannerMessage): void => parentPort?.postMessage(message);

try {
  const supergraph = Supergraph.build(supergraphSdl);
  const api = supergraph.apiSchema();
  const planner = new QueryPlanner(supergraph, { debug: { maxEvaluatedPlans, pathsLimit: maxPaths } });
  parentPort?.on('message', ({ id, source }: PlanRequest) => {
    try {
      const begun = performance.now();
      const plan = planner.buildQueryPlan(operationFromDocument(api, parse(source, { noLocation: true })));
      send({ kind: 'planned', id, plan, milliseconds: performance.now() - begun });
    } catch (error) {
      const { message } = error as Error;
      const failure = TOO_MANY_PATHS.test(message) ? 'TOO_COMPLEX' : 'FAILED';
      send({ kind: 'rejected', id, failure, message });
    }
  });
  send({ kind: 'ready', apiSdl: print(api.toAST()) });
} catch (error) {
  send({ kind: 'unusable', message: (error as Error).message });
}
