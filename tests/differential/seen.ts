import type { ExecutionResult } from 'graphql';

/** Data, and which of its nulls stand for something that went wrong: several errors may make the same null, and one is enough to tell of. */
export function seen({ data, errors }: ExecutionResult): { data: unknown; errors: string[] } {
  const answer = JSON.parse(JSON.stringify(data ?? null)) as unknown;
  return {
    data: answer,
    errors: [...new Set((errors ?? []).map(({ path }) => JSON.stringify(nullOn(answer, path ?? []))))].sort(),
  };
}

function nullOn(data: unknown, path: readonly (string | number)[]): readonly (string | number)[] {
  let at = data;
  for (const [depth, step] of path.entries()) {
    if (at === null) return path.slice(0, depth);
    at = (at as Record<string | number, unknown>)[step];
  }
  return path;
}
