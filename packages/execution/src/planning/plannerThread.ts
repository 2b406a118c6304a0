import { parentPort, workerData } from 'node:worker_threads';
import { operationFromDocument, Supergraph } from '@apollo/federation-internals';
import { QueryPlanner } from '@apollo/query-planner';
import { parse, print } from 'graphql';
import { keepMergesAcyclic } from './acyclicMerges.js';
import { correctInterfaceObjects, interfaceObjectTypes } from './interfaceObjects.js';
import type { PlannerData, PlannerMessage, PlanRequest } from './messages.js';
import { resolvableKeysFirst } from './resolvableKeysFirst.js';
import { restoreRequiredFields } from './restoreRequiredFields.js';
import { planSerially } from './serialMutations.js';
import { splitRequiredFields } from './splitRequiredFields.js';

/** The planner's error if a field can be reached through more than `pathsLimit` paths. */
const TOO_MANY_PATHS = /^Too many options generated/;

const { supergraphSdl, separator, maxEvaluatedPlans, maxPaths } = workerData as PlannerData;
const send = (message: PlannerMessage): void => parentPort?.postMessage(message);

keepMergesAcyclic();

try {
  const split = splitRequiredFields(resolvableKeysFirst(supergraphSdl), separator);
  const supergraph = Supergraph.build(split.supergraphSdl);
  const api = supergraph.apiSchema();
  const interfaceObjects = interfaceObjectTypes(split.supergraphSdl);
  const planner = new QueryPlanner(supergraph, { debug: { maxEvaluatedPlans, pathsLimit: maxPaths } });
  parentPort?.on('message', ({ id, source, overrides }: PlanRequest) => {
    try {
      const startedAt = performance.now();
      const overrideConditions = new Map(overrides.map((label) => [label, true]));
      const queryPlan = planSerially(parse(source, { noLocation: true }), (document) =>
        planner.buildQueryPlan(operationFromDocument(api, document), { overrideConditions }),
      );
      const plan = restoreRequiredFields(correctInterfaceObjects(queryPlan, interfaceObjects), split);
      send({ kind: 'planned', id, plan, milliseconds: performance.now() - startedAt });
    } catch (error) {
      const { message } = error as Error;
      const failure = TOO_MANY_PATHS.test(message) ? 'TOO_COMPLEX' : 'FAILED';
      send({ kind: 'rejected', id, failure, message });
    }
  });
  // The API schema must not have the fields that splitRequiredFields added.
  const apiSdl = print((split.fields.size === 0 ? api : Supergraph.build(supergraphSdl).apiSchema()).toAST());
  send({ kind: 'ready', apiSdl });
} catch (error) {
  send({ kind: 'unusable', message: (error as Error).message });
}
