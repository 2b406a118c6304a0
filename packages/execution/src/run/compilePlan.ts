import type { PlanNode } from '@apollo/query-planner';
import { GraphQLError } from 'graphql';
import { runFetch } from './fetch.js';
import type { RunState } from './runState.js';

/** Runs a part of a plan. */
export type RunNode = (run: RunState) => Promise<void> | undefined;

/** Compiles a node of a plan. `path` is the path of the objects that the node is about. */
export function compilePlan(node: PlanNode, path: readonly string[] = []): RunNode {
  switch (node.kind) {
    case 'Fetch':
      return (run) => runFetch(node, path, run);
    case 'Flatten':
      return compilePlan(node.node, [...path, ...node.path.map(String)]);
    case 'Sequence': {
      const children = node.nodes.map((child) => compilePlan(child, path));
      return async (run) => {
        for (const runChild of children) await runChild(run);
      };
    }
    case 'Parallel': {
      const children = node.nodes.map((child) => compilePlan(child, path));
      return async (run) => {
        await Promise.all(children.map((runChild) => runChild(run)));
      };
    }
    default:
      throw new GraphQLError(`Plans with ${node.kind} nodes are not supported.`);
  }
}
