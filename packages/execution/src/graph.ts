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
import { PlanCache } from './planning/planCache.js';
import { Planner, type PlannerOptions } from './planning/planner.js';
import { subgraphsOf } from './supergraph/joinDirectives.js';
import { overrideSelector } from './supergraph/overrides.js';
import { typeConditions } from './typeConditions.js';

/** A supergraph that can be executed. */
export interface ExecutableGraph {
  /** The schema that clients see. */
  apiSchema: GraphQLSchema;
  /** Name and URL of each subgraph in the supergraph. */
  subgraphs: readonly { name: string; url: string }[];
  /** Compiles an operation of a document that is valid for the API schema. */
  prepare: (document: DocumentNode, operation: OperationDefinitionNode) => ExecutableOperation;
  /** Terminates the planner's thread. */
  close: () => Promise<void>;
}

/** Opens a supergraph and starts a planner for it. Rejects with an Error with the reason if it cannot be used. */
export async function openGraph(supergraphSdl: string, options: PlannerOptions): Promise<ExecutableGraph> {
  // Validated by composition.
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
    selectOverrides: overrideSelector(supergraph),
    plan: (source: string, overrides: readonly string[]) => plans.plan(source, overrides),
  };
  return {
    apiSchema,
    subgraphs: subgraphsOf(supergraph),
    prepare: (document, operation) => executableOperation(graph, document, operation),
    close: () => planner.close(),
  };
}
