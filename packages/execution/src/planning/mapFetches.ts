import type { FetchNode, PlanNode, QueryPlan } from '@apollo/query-planner';

/** Replaces each fetch of a plan; several replacements run in parallel. */
export const mapFetches = (plan: QueryPlan, replace: (fetch: FetchNode) => readonly FetchNode[]): QueryPlan =>
  plan.node && plan.node.kind !== 'Subscription' ? { ...plan, node: mapNode(plan.node, replace) } : plan;

function mapNode(node: PlanNode, replace: (fetch: FetchNode) => readonly FetchNode[]): PlanNode {
  switch (node.kind) {
    case 'Sequence':
    case 'Parallel':
      return { ...node, nodes: node.nodes.map((child) => mapNode(child, replace)) };
    case 'Flatten': {
      const child = mapNode(node.node, replace);
      // A flattened node is a single fetch.
      if (child.kind !== 'Parallel') return { ...node, node: child };
      return { kind: 'Parallel', nodes: child.nodes.map((fetch) => ({ ...node, node: fetch })) };
    }
    case 'Fetch': {
      const fetches = replace(node);
      return fetches.length === 1 ? (fetches[0] as FetchNode) : { kind: 'Parallel', nodes: [...fetches] };
    }
    default:
      return node;
  }
}
