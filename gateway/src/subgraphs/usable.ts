import type { GraphTypes } from './graphTypes.js';
import { lostFields } from './lostFields.js';
import { refused } from './noData.js';
import type { Answer } from './readAnswer.js';
import type { Supertypes } from './supertypes.js';
import type { SubgraphError, SubgraphRequest, SubgraphResponse } from './types.js';

/** Errors taken over of one answer at most. */
const ERRORS_TAKEN = 1000;

export interface Usable {
  response: SubgraphResponse;
  /** What was wrong with values, for the log. */
  faults: string[];
}

/**
 * A subgraph's answer as the gateway may use it: what was asked for and nothing else, each loss with an error at its
 * path. `pass` makes an error one that clients may see.
 */
export function usable(
  service: string,
  { data, errors = [], hasInexactNumbers = false }: Answer,
  request: SubgraphRequest['request'],
  { supertypes, shapeOf }: GraphTypes,
  pass: (error: SubgraphError) => SubgraphError,
): Usable {
  const told = errors.slice(0, ERRORS_TAKEN).map(pass);
  if (data === undefined) return { response: refused(told, request, supertypes), faults: [] };
  const { isPath, isValid, complete } = shapeOf(service, request.query ?? '', request.variables ?? {});
  if (data === null) {
    // What has no error of its own is null since something beside it may not be: it did not fail, and may have been done.
    const located = told.filter(({ path }) => path && isPath(path));
    return {
      response:
        located.length > 0
          ? ({ data: lostFields(request, supertypes).data, errors: located } as unknown as SubgraphResponse)
          : refused(told, request, supertypes),
      faults: [],
    };
  }
  if (told.length === 0 && !hasInexactNumbers && isValid(data))
    return { response: { data } as unknown as SubgraphResponse, faults: [] };
  const placed = told.flatMap((error) =>
    error.path && isPath(error.path) ? [error] : atLosses(error, data, request, supertypes),
  );
  const { data: shaped, invalidValues: faults } = complete(data, placed);
  const wrong = faults.map(({ path }) => ({
    message: `The "${service}" subgraph gave no value that this field can have.`,
    path,
    extensions: { code: 'SUBGRAPH_BAD_VALUE', service },
  }));
  const all = [...placed, ...wrong];
  const response = {
    data: shaped ?? lostFields(request, supertypes).data,
    ...(all.length > 0 && { errors: all }),
  } as unknown as SubgraphResponse;
  return { response, faults: faults.map(({ path, reason }) => `${path.join('.')}: ${reason}`) };
}

/** An error that does not say where belongs to each field that is not there; where all are, to the first. */
function atLosses(
  error: SubgraphError,
  data: Record<string, unknown>,
  request: SubgraphRequest['request'],
  supertypes: Supertypes,
): SubgraphError[] {
  const { paths } = lostFields(request, supertypes);
  const lost = paths.filter((path) => valueAt(data, path) === null);
  return (lost.length > 0 ? lost : paths.slice(0, 1)).slice(0, ERRORS_TAKEN).map((path) => ({ ...error, path }));
}

function valueAt(data: unknown, path: readonly (string | number)[]): unknown {
  let at = data;
  for (const step of path) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, step)) return null;
    at = (at as Record<string | number, unknown>)[step];
  }
  return at ?? null;
}
