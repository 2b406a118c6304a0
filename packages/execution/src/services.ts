import type { PlanNode, QueryPlan, SubscriptionNode } from '@apollo/query-planner';

/** The subgraphs that a plan may ask, each once. */
export function servicesOf({ node }: QueryPlan): string[] {
  const found = new Set<string>();
  const look = (at: PlanNode | SubscriptionNode | undefined): void => {
    switch (at?.kind) {
      case 'Fetch':
        found.add(at.serviceName);
        break;
      case 'Sequence':
      case 'Parallel':
        at.nodes.forEach(look);
        break;
      case 'Flatten':
        look(at.node);
        break;
      case 'Condition':
        look(at.ifClause);
        look(at.elseClause);
        break;
      case 'Defer':
        look(at.primary.node);
        for (const { node: deferred } of at.deferred) look(deferred);
        break;
      case 'Subscription':
        look(at.primary);
        look(at.rest);
        break;
    }
  };
  look(node);
  return [...found].sort();
}
