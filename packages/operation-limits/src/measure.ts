import { fragmentsOf } from '@dossier/graphql';
import { type DocumentNode, Kind, type SelectionSetNode, visit } from 'graphql';
import type { OperationLimits } from './limits.js';

export type Measurements = Pick<OperationLimits, 'depth' | 'aliases' | 'rootFields' | 'directives' | 'selections'>;

interface Counts {
  /** Fields of the selection set itself. */
  level: number;
  depth: number;
  selections: number;
}

const ZERO: Counts = { level: 0, depth: 0, selections: 0 };

/**
 * Measures a document. Takes time proportional to its length, not to its length with fragments expanded. The result is
 * the maximum of all operations, and of all fragments: validation also reads fragments that no operation spreads.
 */
export function measure(document: DocumentNode): Measurements {
  const countSelections = selectionCounter(document);
  let [depth, rootFields, selections] = [0, 0, 0];
  for (const definition of document.definitions) {
    if (definition.kind !== Kind.OPERATION_DEFINITION && definition.kind !== Kind.FRAGMENT_DEFINITION) continue;
    const counts = countSelections(definition.selectionSet);
    depth = Math.max(depth, counts.depth);
    selections = Math.max(selections, counts.selections);
    if (definition.kind === Kind.OPERATION_DEFINITION) rootFields = Math.max(rootFields, counts.level);
  }
  return { ...countAliasesAndDirectives(document), depth, rootFields, selections };
}

function countAliasesAndDirectives(document: DocumentNode): Pick<Measurements, 'aliases' | 'directives'> {
  let aliases = 0;
  let directives = 0;
  visit(document, {
    Field: ({ alias }) => {
      if (alias) aliases++;
    },
    Directive: () => {
      directives++;
    },
  });
  return { aliases, directives };
}

/** Counts selection sets with fragments expanded. Each fragment is counted once and cached. */
function selectionCounter(document: DocumentNode): (selections: SelectionSetNode) => Counts {
  const fragments = fragmentsOf(document);
  const cache = new Map<string, Counts>();
  const countFragment = (name: string): Counts => {
    const cached = cache.get(name);
    if (cached) return cached;
    // A fragment cycle counts zero; validation rejects it.
    cache.set(name, ZERO);
    const fragment = fragments.get(name);
    const counts = fragment ? countSet(fragment.selectionSet) : ZERO;
    cache.set(name, counts);
    return counts;
  };
  const countSet = ({ selections }: SelectionSetNode): Counts => {
    const sum = { ...ZERO };
    for (const selection of selections) {
      const {
        level,
        depth,
        selections: count,
      } = selection.kind === Kind.FIELD
        ? countField(selection.selectionSet)
        : selection.kind === Kind.INLINE_FRAGMENT
          ? countSet(selection.selectionSet)
          : countFragment(selection.name.value);
      sum.level += level;
      sum.depth = Math.max(sum.depth, depth);
      sum.selections += count;
    }
    return sum;
  };
  const countField = (set: SelectionSetNode | undefined): Counts => {
    const { depth, selections } = set ? countSet(set) : ZERO;
    return { level: 1, depth: depth + 1, selections: selections + 1 };
  };
  return countSet;
}
