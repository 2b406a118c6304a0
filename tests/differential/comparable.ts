import type { ExecutionResult } from 'graphql';
import { expect } from 'vitest';

/** A response reports at most this many errors that the client caused, which an invalid argument gives for each object. */
const MAX_CLIENT_ERRORS = 20;

interface Comparable {
  data: unknown;
  errors: string[];
}

/** The data, and the paths of the nulls with an error. Several errors may cause the same null, and one is enough to report it. */
export function comparable({ data, errors }: ExecutionResult): Comparable {
  const answer = JSON.parse(JSON.stringify(data ?? null)) as unknown;
  return {
    data: answer,
    errors: [...new Set((errors ?? []).map(({ path }) => JSON.stringify(nullAt(answer, path ?? []))))].sort(),
  };
}

/** Expects a response of the gateway to be that of the single schema, up to the limit of errors that the client caused. */
export function expectSame(response: Comparable, reference: ExecutionResult, query: string): void {
  const expected = comparable(reference);
  const clientErrors = (reference.errors ?? []).filter(
    ({ extensions }) => extensions['code'] === 'BAD_USER_INPUT',
  ).length;
  expect(response.data, query).toEqual(expected.data);
  const dropped = Math.max(0, clientErrors - MAX_CLIENT_ERRORS);
  if (dropped === 0) expect(response.errors, query).toEqual(expected.errors);
  expect(expected.errors, query).toEqual(expect.arrayContaining(response.errors));
  expect(response.errors.length, query).toBeGreaterThanOrEqual(expected.errors.length - dropped);
}

function nullAt(data: unknown, path: readonly (string | number)[]): readonly (string | number)[] {
  let at = data;
  for (const [depth, step] of path.entries()) {
    if (at === null) return path.slice(0, depth);
    at = (at as Record<string | number, unknown>)[step];
  }
  return path;
}
