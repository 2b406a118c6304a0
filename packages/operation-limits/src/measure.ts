import { type DocumentNode, type FragmentDefinitionNode, Kind, type SelectionSetNode, visit } from 'graphql';
import type { OperationLimits } from './limits.js';

export type Measured = Pick<OperationLimits, 'depth' | 'aliases' | 'rootFields' | 'directives' | 'selections'>;

interface Written {
  /** Fields at this level. */
  level: number;
  depth: number;
  selections: number;
}

const NOTHING: Written = { level: 0, depth: 0, selections: 0 };

/**
 * Counts a document, in time that grows with its text and not with what its fragments stand for. Of several operations the
 * largest counts, and of several fragments, since validation reads those too that no operation spreads.
 */
export function measure(document: DocumentNode): Measured {
  const written = writeOut(document);
  let [depth, rootFields, selections] = [0, 0, 0];
  for (const definition of document.definitions) {
    if (definition.kind !== Kind.OPERATION_DEFINITION && definition.kind !== Kind.FRAGMENT_DEFINITION) continue;
    const counted = written(definition.selectionSet);
    depth = Math.max(depth, counted.depth);
    selections = Math.max(selections, counted.selections);
    if (definition.kind === Kind.OPERATION_DEFINITION) rootFields = Math.max(rootFields, counted.level);
  }
  return { ...countMarks(document), depth, rootFields, selections };
}

function countMarks(document: DocumentNode): Pick<Measured, 'aliases' | 'directives'> {
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

/** Counts selections as if each spread stood written out; each fragment is counted once. */
function writeOut({ definitions }: DocumentNode): (selections: SelectionSetNode) => Written {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of definitions)
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  const counted = new Map<string, Written>();
  const ofFragment = (name: string): Written => {
    const known = counted.get(name);
    if (known) return known;
    // A fragment within itself counts nothing there; validation refuses it.
    counted.set(name, NOTHING);
    const fragment = fragments.get(name);
    const found = fragment ? ofSet(fragment.selectionSet) : NOTHING;
    counted.set(name, found);
    return found;
  };
  const ofSet = ({ selections }: SelectionSetNode): Written => {
    const sum = { ...NOTHING };
    for (const selection of selections) {
      const {
        level,
        depth,
        selections: count,
      } = selection.kind === Kind.FIELD
        ? below(selection.selectionSet)
        : selection.kind === Kind.INLINE_FRAGMENT
          ? ofSet(selection.selectionSet)
          : ofFragment(selection.name.value);
      sum.level += level;
      sum.depth = Math.max(sum.depth, depth);
      sum.selections += count;
    }
    return sum;
  };
  const below = (set: SelectionSetNode | undefined): Written => {
    const { depth, selections } = set ? ofSet(set) : NOTHING;
    return { level: 1, depth: depth + 1, selections: selections + 1 };
  };
  return ofSet;
}
