import { MultiMap } from '@apollo/federation-internals';

/** The planner's node for a fetch; a private class. */
interface FetchGroup {
  parents: () => readonly { group: FetchGroup }[];
  isDescendantOf: (other: FetchGroup) => boolean;
  removeChild: (child: FetchGroup) => void;
  mergeInWithAllDependencies: (other: FetchGroup) => void;
}

/**
 * Works around a defect of the planner: it merges two fetches with equal inputs even if one depends on the other. The
 * merged fetch then depends on itself, and the planner follows that cycle until it runs out of memory. Equal inputs need no
 * such dependency, so it is removed first. The planner itself only does so if the other fetch depends on the first through
 * a third.
 *
 * The planner does not export the class, so this replaces its method when the first instance is added to a MultiMap, which
 * happens before any merge.
 */
export function keepMergesAcyclic(): void {
  const { add } = MultiMap.prototype;
  MultiMap.prototype.add = function (key: unknown, value: unknown) {
    if (isFetchGroup(value)) {
      MultiMap.prototype.add = add;
      correctMerge(Object.getPrototypeOf(value) as FetchGroup);
    }
    return add.call(this, key, value);
  };
}

const isFetchGroup = (value: unknown): value is FetchGroup =>
  typeof value === 'object' && value !== null && 'mergeInWithAllDependencies' in value;

function correctMerge(prototype: FetchGroup): void {
  const { mergeInWithAllDependencies } = prototype;
  prototype.mergeInWithAllDependencies = function (this: FetchGroup, other: FetchGroup) {
    for (const { group } of [...this.parents()])
      if (group === other || group.isDescendantOf(other)) group.removeChild(this);
    this.removeChild(other);
    mergeInWithAllDependencies.call(this, other);
  };
}
