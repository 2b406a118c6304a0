import { operationFromDocument, Supergraph } from '@apollo/federation-internals';
import { type QueryPlan, QueryPlanner } from '@apollo/query-planner';
import { keptByText } from '@dossier/limits';
import { type DocumentNode, type GraphQLSchema, parse } from 'graphql';
import { withoutEmptySelections } from './emptySelections.js';
import { type RunnableOperation, runnableOperation } from './operation.js';
import { servicesOf } from './services.js';
import { typeConditions } from './typeConditions.js';

export interface GraphOptions {
  /** Plans weighed for one operation at most. */
  plansWeighed: number;
  /** Told each time an operation is planned. */
  onPlanned?: (milliseconds: number) => void;
}

/** An operation that is ready. */
export interface PlannedOperation {
  run: RunnableOperation;
  /** The subgraphs that its plan may ask. */
  services: readonly string[];
}

export interface ExecutableGraph {
  /** What clients see. */
  apiSchema: GraphQLSchema;
  /** Name and URL of each subgraph, as the supergraph tells them. */
  subgraphs: readonly { name: string; url: string }[];
  /** The operation, planned and compiled; from then on kept ready. */
  operation: (source: string, operationName: string | undefined) => PlannedOperation;
}

/** A composed graph that can be run: Apollo reads and plans it. */
export function executableGraph(supergraphSdl: string, { plansWeighed, onPlanned }: GraphOptions): ExecutableGraph {
  const supergraph = Supergraph.build(supergraphSdl);
  const planner = new QueryPlanner(supergraph, { debug: { maxEvaluatedPlans: plansWeighed } });
  const api = supergraph.apiSchema();
  const apiSchema = api.toGraphQLJSSchema();
  const isOfType = typeConditions(supergraph.schema.toGraphQLJSSchema());
  const ready = keptByText<PlannedOperation>();

  const plan = (document: DocumentNode, operationName: string | undefined): QueryPlan => {
    const begun = performance.now();
    const planned = planner.buildQueryPlan(operationFromDocument(api, withoutEmptySelections(document), { ...(operationName && { operationName }) }));
    onPlanned?.(performance.now() - begun);
    return planned;
  };

  return {
    apiSchema,
    subgraphs: supergraph.subgraphsMetadata(),
    operation: (source, operationName) => {
      const key = operationName ? `${operationName}\n${source}` : source;
      let operation = ready.get(key);
      if (!operation) {
        // Without its positions, which take as much memory as the rest.
        const document = parse(source, { noLocation: true });
        const planned = plan(document, operationName);
        operation = { run: runnableOperation({ apiSchema, isOfType }, document, operationName, planned), services: servicesOf(planned) };
        ready.set(key, operation);
      }
      return operation;
    },
  };
}
