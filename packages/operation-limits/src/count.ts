export type Variables = Readonly<Record<string, unknown>>;

/** A count that is constant, or depends on the variables of a request. Constant parts are computed once. */
export type Count = number | ((variables: Variables) => number);

export const evaluate = (count: Count, variables: Variables): number =>
  typeof count === 'number' ? count : count(variables);

export function sum(counts: readonly Count[]): Count {
  let constant = 0;
  const variable = counts.filter((count) => {
    if (typeof count === 'number') constant += count;
    return typeof count !== 'number';
  });
  return variable.length === 0
    ? constant
    : (variables) => variable.reduce((total, count) => total + count(variables), constant);
}

export function product(one: Count, other: Count): Count {
  if (one === 0 || other === 0) return 0;
  if (one === 1) return other;
  if (other === 1) return one;
  return typeof one === 'number' && typeof other === 'number'
    ? one * other
    : (variables) => evaluate(one, variables) * evaluate(other, variables);
}

export function max([first = 0, ...others]: readonly Count[]): Count {
  if (others.length === 0) return first;
  const counts = [first, ...others];
  return counts.every((count) => typeof count === 'number')
    ? Math.max(...counts)
    : (variables) => Math.max(...counts.map((count) => evaluate(count, variables)));
}

/** A count, or a default if it is 0. */
export const orDefault = (count: Count, defaultCount: number): Count =>
  typeof count === 'number' ? count || defaultCount : (variables) => count(variables) || defaultCount;
