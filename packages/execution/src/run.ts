import type { FetchNode, PlanNode } from '@apollo/query-planner';
import { GraphQLError } from 'graphql';
import { runFetch } from './fetch.js';
import type { Run } from './runState.js';

/** A step of a plan, ready to be run. */
export type Step = (run: Run) => Promise<void> | undefined;

/** Turns a plan into steps, once an operation. Each fetch knows the whole path of what it is for. */
export function stepsOf(node: PlanNode, path: readonly string[] = []): Step {
  switch (node.kind) {
    case 'Fetch':
      return fetchStep(node, path);
    case 'Flatten':
      return stepsOf(node.node, [...path, ...node.path.map(String)]);
    case 'Sequence': {
      const steps = node.nodes.map((child) => stepsOf(child, path));
      return async (run) => {
        for (const step of steps) await step(run);
      };
    }
    case 'Parallel': {
      const steps = node.nodes.map((child) => stepsOf(child, path));
      return async (run) => {
        await Promise.all(steps.map((step) => step(run)));
      };
    }
    default:
      throw new GraphQLError(`Plans with ${node.kind} are not executed.`);
  }
}

const fetchStep =
  (fetch: FetchNode, path: readonly string[]): Step =>
  (run) =>
    runFetch(fetch, path, run);
