import type { PlanNode, QueryPlan } from '@apollo/query-planner';
import { type DocumentNode, Kind, type OperationDefinitionNode, OperationTypeNode, visit } from 'graphql';

/**
 * Plans the root fields of a mutation one after the other. The planner combines root fields of one subgraph into one fetch, and
 * fetches the rest of their selections after all of them, so that a selection would see the effects of later root fields.
 * GraphQL specification, 6.2.2 "Mutation": https://spec.graphql.org/October2021/#sec-Mutation
 */
export function planSerially(document: DocumentNode, plan: (document: DocumentNode) => QueryPlan): QueryPlan {
  const [operation] = document.definitions;
  if (
    operation?.kind !== Kind.OPERATION_DEFINITION ||
    operation.operation !== OperationTypeNode.MUTATION ||
    operation.selectionSet.selections.length < 2
  )
    return plan(document);
  const combined = plan(document);
  // A subgraph executes the root fields of one fetch in order.
  if (combined.node?.kind === 'Fetch') return combined;
  const nodes = operation.selectionSet.selections.flatMap((selection): PlanNode[] => {
    const { node } = plan({
      ...document,
      definitions: [
        withUsedVariables({ ...operation, selectionSet: { ...operation.selectionSet, selections: [selection] } }),
      ],
    });
    if (!node || node.kind === 'Subscription') return [];
    return [node];
  });
  return { kind: 'QueryPlan', node: { kind: 'Sequence', nodes } };
}

function withUsedVariables(operation: OperationDefinitionNode): OperationDefinitionNode {
  const used = new Set<string>();
  visit(operation.selectionSet, { Variable: ({ name }) => void used.add(name.value) });
  return {
    ...operation,
    variableDefinitions: operation.variableDefinitions?.filter(({ variable }) => used.has(variable.name.value)) ?? [],
  };
}
