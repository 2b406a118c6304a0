import { type DocumentNode, type FieldNode, type FragmentDefinitionNode, Kind, type SelectionSetNode } from 'graphql';

/**
 * How many pairs validation has to compare to tell whether fields merge (GraphQL, 5.3.2): fields under one response key of
 * one merged selection set, and fragments spread in it. It grows with the square of their number, so that a short document
 * can take seconds. Counting stops beyond `limit`; it takes as long as the document is with its fragments written out.
 */
export function countComparisons({ definitions }: DocumentNode, limit: number): number {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of definitions)
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  let pairs = 0;

  const countIn = (sets: readonly SelectionSetNode[], depth: number): void => {
    const fields = new Map<string, FieldNode[]>();
    const spread = new Set<string>();
    const collect = (set: SelectionSetNode): void => {
      for (const selection of set.selections) {
        if (selection.kind === Kind.FIELD) {
          const key = (selection.alias ?? selection.name).value;
          const nodes = fields.get(key);
          if (nodes) nodes.push(selection);
          else fields.set(key, [selection]);
        } else if (selection.kind === Kind.INLINE_FRAGMENT) collect(selection.selectionSet);
        else if (!spread.has(selection.name.value)) {
          spread.add(selection.name.value);
          const fragment = fragments.get(selection.name.value);
          if (fragment) collect(fragment.selectionSet);
        }
      }
    };
    sets.forEach(collect);
    pairs += pairsOf(spread.size);
    for (const nodes of fields.values()) {
      pairs += pairsOf(nodes.length);
      if (pairs > limit) return;
      const below = nodes.flatMap(({ selectionSet }) => selectionSet ?? []);
      // A fragment within itself never ends; validation rejects it.
      if (below.length > 0 && depth < MAX_DEPTH) countIn(below, depth + 1);
    }
  };

  for (const definition of definitions) {
    if (definition.kind !== Kind.OPERATION_DEFINITION && definition.kind !== Kind.FRAGMENT_DEFINITION) continue;
    countIn([definition.selectionSet], 0);
    if (pairs > limit) break;
  }
  return pairs;
}

/** Deeper than any limit on depth that makes sense. */
const MAX_DEPTH = 200;

const pairsOf = (count: number): number => (count * (count - 1)) / 2;
