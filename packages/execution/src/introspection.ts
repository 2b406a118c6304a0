import {
  type DocumentNode,
  execute,
  type FieldNode,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
} from 'graphql';
import type { Selecting } from './collect.js';
import type { Answer } from './types.js';

/** Answers `__schema` and `__type` from the composed schema: no subgraph is asked. */
export function introspect(
  schema: GraphQLSchema,
  operation: OperationDefinitionNode,
  fields: readonly FieldNode[],
  { fragments }: Selecting,
  variables: Readonly<Record<string, unknown>>,
): Answer {
  const document: DocumentNode = {
    kind: Kind.DOCUMENT,
    definitions: [
      { ...operation, directives: [], selectionSet: { kind: Kind.SELECTION_SET, selections: fields } },
      ...fragments.values(),
    ],
  };
  // Introspection has no resolvers that wait.
  return execute({ schema, document, variableValues: variables }) as Answer;
}
