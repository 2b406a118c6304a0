import {
  buildASTSchema,
  buildSchema,
  type DocumentNode,
  type GraphQLSchema,
  type OperationDefinitionNode,
  parse,
} from 'graphql';
import { graphFields } from './canonical/graphFields.js';
import { type ExecutableOperation, executableOperation } from './operation.js';
import { overrideDraw } from './overrides.js';
import { Planner, type PlannerOptions } from './planning/planner.js';
import { PlanCache } from './plans.js';
import { subgraphsOf } from './subgraphs.js';
import { typeConditions } from './typeConditions.js';

/** A composed graph that can be executed. */
export interface ExecutableGraph {
  /** What clients see. */
  apiSchema: GraphQLSchema;
  /** Name and URL of each subgraph, as the supergraph says. */
  subgraphs: readonly { name: string; url: string }[];
  /** An operation of a document that is valid for the API schema. */
  prepare: (document: DocumentNode, operation: OperationDefinitionNode) => ExecutableOperation;
  /** Ends the planner. */
  close: () => Promise<void>;
}

/** Opens a supergraph: Apollo's planner reads it in a thread of its own. Rejects with an Error that says why if it cannot be used. */
export async function openGraph(supergraphSdl: string, options: PlannerOptions): Promise<ExecutableGraph> {
  // Composition has validated it.
  const supergraph = buildSchema(supergraphSdl, { assumeValid: true, assumeValidSDL: true, noLocation: true });
  const fields = graphFields(supergraph);
  const planner = await Planner.start(supergraphSdl, fields.separator, options);
  const apiSchema = buildASTSchema(parse(planner.apiSdl, { noLocation: true }), {
    assumeValid: true,
    assumeValidSDL: true,
  });
  const plans = new PlanCache(planner);
  const graph = {
    apiSchema,
    fields,
    isOfType: typeConditions(supergraph),
    drawOverrides: overrideDraw(supergraph),
    plan: (source: string, overrides: readonly string[]) => plans.plan(source, overrides),
  };
  return {
    apiSchema,
    subgraphs: subgraphsOf(supergraph),
    prepare: (document, operation) => executableOperation(graph, document, operation),
    close: () => planner.close(),
  };
}
