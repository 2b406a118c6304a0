import type { Path, RecordValue } from '../../api.js';

/** The value at a path; undefined if there is none. */
export const valueAt = (value: unknown, path: Path): unknown =>
  path.reduce<unknown>(
    (inner, step) => (typeof inner === 'object' && inner !== null ? (inner as RecordValue)[step] : undefined),
    value,
  );

/** A copy with another value at a path; undefined removes a key, or an item of a list. */
export function withValue(value: unknown, [step, ...rest]: Path, next: unknown): unknown {
  if (step === undefined) return next;
  if (typeof step === 'number') {
    const list = [...(Array.isArray(value) ? (value as unknown[]) : [])];
    const item = withValue(list[step], rest, next);
    if (item === undefined) list.splice(step, 1);
    else list[step] = item;
    return list;
  }
  const { [step]: old, ...others } = (typeof value === 'object' && value !== null ? value : {}) as Record<
    string,
    unknown
  >;
  const item = withValue(old, rest, next);
  if (item === undefined) return others;
  // In its place, so that fields do not move.
  const entries = Object.entries((value ?? {}) as RecordValue);
  return entries.some(([key]) => key === step)
    ? Object.fromEntries(entries.map(([key, each]) => [key, key === step ? item : each]))
    : { ...others, [step]: item };
}

const isEqual = (a: unknown, b: unknown): boolean => JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));

const sorted = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([x], [y]) => (x < y ? -1 : 1))
      .map(([key, item]) => [key, sorted(item)]),
  );
};

/**
 * Merges a record that was changed in the form and elsewhere, from their common `base`: keys that were not changed in the form get the
 * other value. `both` are the keys in conflict, which were changed in both, differently; they keep the value of the form.
 */
export function rebased(
  base: RecordValue,
  mine: RecordValue,
  theirs: RecordValue,
): { record: RecordValue; both: string[] } {
  const record: Record<string, unknown> = {};
  const both: string[] = [];
  for (const key of new Set([...Object.keys(theirs), ...Object.keys(mine)])) {
    const isMine = !isEqual(mine[key], base[key]);
    const isTheirs = !isEqual(theirs[key], base[key]);
    if (isMine && isTheirs && !isEqual(mine[key], theirs[key])) both.push(key);
    const value = isMine ? mine[key] : theirs[key];
    if (value !== undefined) record[key] = value;
  }
  return { record, both };
}
