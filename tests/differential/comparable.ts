import type { ExecutionResult } from 'graphql';

/** The data, and the paths of the nulls with an error. Several errors may cause the same null, and one is enough to report it. */
export function comparable({ data, errors }: ExecutionResult): { data: unknown; errors: string[] } {
  const answer = JSON.parse(JSON.stringify(data ?? null)) as unknown;
  return {
    data: answer,
    errors: [...new Set((errors ?? []).map(({ path }) => JSON.stringify(nullAt(answer, path ?? []))))].sort(),
  };
}

function nullAt(data: unknown, path: readonly (string | number)[]): readonly (string | number)[] {
  let at = data;
  for (const [depth, step] of path.entries()) {
    if (at === null) return path.slice(0, depth);
    at = (at as Record<string | number, unknown>)[step];
  }
  return path;
}
