import type { QueryPlan } from '@apollo/query-planner';

/** The subgraphs that a plan may ask, each once. */
export function servicesOf({ node }: QueryPlan): string[] {
  const found = new Set<string>();
  const look = (at: QueryPlan['node']): void => {
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
    }
  };
  look(node);
  return [...found].sort();
}
