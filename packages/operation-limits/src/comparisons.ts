import { fragmentsOf } from '@dossier/graphql';
import { type DocumentNode, type FieldNode, Kind, type SelectionSetNode } from 'graphql';

/**
 * Counts the pairs that validation compares to decide whether fields can merge: fields with the same response key in a
 * merged selection set, and fragments spread in it. The number is quadratic, so validating a short document can take
 * seconds. Stops counting beyond `limit`. Takes time proportional to the document with fragments expanded.
 * GraphQL specification, 5.3.2 Field Selection Merging:
 * https://spec.graphql.org/October2021/#sec-Field-Selection-Merging
 */
export function countComparisons(document: DocumentNode, limit: number): number {
  const fragments = fragmentsOf(document);
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
      const childSets = nodes.flatMap(({ selectionSet }) => selectionSet ?? []);
      // A fragment cycle would not end; validation rejects it.
      if (childSets.length > 0 && depth < MAX_DEPTH) countIn(childSets, depth + 1);
    }
  };

  for (const definition of document.definitions) {
    if (definition.kind !== Kind.OPERATION_DEFINITION && definition.kind !== Kind.FRAGMENT_DEFINITION) continue;
    countIn([definition.selectionSet], 0);
    if (pairs > limit) break;
  }
  return pairs;
}

/** Larger than any reasonable depth limit. */
const MAX_DEPTH = 200;

const pairsOf = (count: number): number => (count * (count - 1)) / 2;
