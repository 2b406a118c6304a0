import { type DocumentNode, type FragmentDefinitionNode, Kind } from 'graphql';

/** The fragment definitions of a document by name. */
export function fragmentsOf({ definitions }: Pick<DocumentNode, 'definitions'>): Map<string, FragmentDefinitionNode> {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of definitions)
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  return fragments;
}
