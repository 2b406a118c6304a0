import type { QueryPlan } from '@apollo/query-planner';
import { buildASTSchema, buildSchema, type DocumentNode, type FragmentDefinitionNode, type GraphQLSchema, Kind, type OperationDefinitionNode, parse } from 'graphql';
import { type CanonicalOperation, canonicalize } from './canonical/canonicalize.js';
import { graphFields } from './canonical/graphFields.js';
import { Planner, type PlannerOptions } from './planning/planner.js';
import { typeConditions } from './typeConditions.js';

export { PlanningError } from './planning/planningError.js';

/** The steps from an operation to its plan, one by one: for tools and tests. A running gateway takes them with `openGraph`. */
export interface PlanningSteps {
  apiSchema: GraphQLSchema;
  /** The canonical form of an operation of a valid document; `variables` are those of `@skip` and `@include`. Throws PlanningError if it becomes too large. */
  rewrite: (document: DocumentNode, operation: OperationDefinitionNode, variables: Readonly<Record<string, unknown>>) => CanonicalOperation;
  /** Plans a canonical operation. Rejects with PlanningError. */
  plan: (source: string) => Promise<QueryPlan>;
  close: () => Promise<void>;
}

/** Opens a supergraph for planning alone. Rejects with an Error that says why if it cannot be used. */
export async function openPlanning(supergraphSdl: string, options: PlannerOptions): Promise<PlanningSteps> {
  const supergraph = buildSchema(supergraphSdl, { assumeValid: true, assumeValidSDL: true, noLocation: true });
  const graph = graphFields(supergraph);
  const planner = await Planner.start(supergraphSdl, graph.separator, options);
  const apiSchema = buildASTSchema(parse(planner.apiSdl, { noLocation: true }), { assumeValid: true, assumeValidSDL: true });
  const isOfType = typeConditions(apiSchema);
  return {
    apiSchema,
    rewrite: ({ definitions }, operation, variables) => {
      const fragments = definitions.filter((definition): definition is FragmentDefinitionNode => definition.kind === Kind.FRAGMENT_DEFINITION);
      return canonicalize({ schema: apiSchema, graph, isOfType }, operation, new Map(fragments.map((fragment) => [fragment.name.value, fragment])), variables);
    },
    plan: (source) => planner.plan(source),
    close: () => planner.close(),
  };
}
