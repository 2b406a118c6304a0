/** A place of the answer that a value is being made for. */
export interface Slot {
  container: Record<string | number, unknown>;
  key: string | number;
  /** Whether null may stand here: where it may not, it goes to the slot outside. */
  nullable: boolean;
  outer: Slot | null;
}

/** Puts null where one came up that its own slot does not allow; true where that is the slot itself. */
export function putNull(slot: Slot): boolean {
  let at: Slot = slot;
  while (!at.nullable && at.outer) at = at.outer;
  at.container[at.key] = null;
  return at === slot;
}

/** Where a slot stands in the answer. The outermost slot is that of the data itself. */
export function pathTo(slot: Slot): (string | number)[] {
  const path: (string | number)[] = [];
  for (let at = slot; at.outer; at = at.outer) path.unshift(at.key);
  return path;
}
