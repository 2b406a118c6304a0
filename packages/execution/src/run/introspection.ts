import {
  type DocumentNode,
  execute,
  type FieldNode,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
} from 'graphql';
import type { CollectContext } from '../collectFields.js';
import type { GraphQLResponse } from './requests.js';

/**
 * Resolves `__schema` and `__type` from the API schema, without a subgraph.
 * GraphQL specification, 4 Introspection: https://spec.graphql.org/October2021/#sec-Introspection
 */
export function introspect(
  schema: GraphQLSchema,
  operation: OperationDefinitionNode,
  fields: readonly FieldNode[],
  { fragments }: CollectContext,
  variables: Readonly<Record<string, unknown>>,
): GraphQLResponse {
  const document: DocumentNode = {
    kind: Kind.DOCUMENT,
    definitions: [
      { ...operation, directives: [], selectionSet: { kind: Kind.SELECTION_SET, selections: fields } },
      ...fragments.values(),
    ],
  };
  // Introspection resolvers are synchronous.
  return execute({ schema, document, variableValues: variables }) as GraphQLResponse;
}
