export type Variables = Readonly<Record<string, unknown>>;

/** A number that is known once the document is, or once the variables are. What does not depend on them is worked out once. */
export type Count = number | ((variables: Variables) => number);

export const countWith = (count: Count, variables: Variables): number =>
  typeof count === 'number' ? count : count(variables);

export function sum(counts: readonly Count[]): Count {
  let known = 0;
  const open = counts.filter((count) => {
    if (typeof count === 'number') known += count;
    return typeof count !== 'number';
  });
  return open.length === 0 ? known : (variables) => open.reduce((total, count) => total + count(variables), known);
}

export function product(one: Count, other: Count): Count {
  if (one === 0 || other === 0) return 0;
  if (one === 1) return other;
  if (other === 1) return one;
  return typeof one === 'number' && typeof other === 'number'
    ? one * other
    : (variables) => countWith(one, variables) * countWith(other, variables);
}

export function largest([first = 0, ...others]: readonly Count[]): Count {
  if (others.length === 0) return first;
  const counts = [first, ...others];
  return counts.every((count) => typeof count === 'number')
    ? Math.max(...counts)
    : (variables) => Math.max(...counts.map((count) => countWith(count, variables)));
}

/** A count, or another number where it is 0. */
export const orElse = (count: Count, otherwise: number): Count =>
  typeof count === 'number' ? count || otherwise : (variables) => count(variables) || otherwise;
