import type { GraphTypes, Supertypes } from './graphTypes.js';
import { nullData, rejectedResponse } from './nullResponse.js';
import type { ParsedResponse } from './parseResponse.js';
import type { SubgraphError, SubgraphRequest, SubgraphResponse } from './types.js';

/** Maximum number of errors taken from one response. */
const MAX_ERRORS = 1000;

const capErrors = (errors: readonly SubgraphError[]): readonly SubgraphError[] => errors.slice(0, MAX_ERRORS);

export interface ValidatedResponse {
  response: SubgraphResponse;
  /** Descriptions of invalid values, for the log. */
  faults: string[];
}

/**
 * Validates a subgraph's response against the supergraph: the result has the selected fields and no others, and every invalid or
 * missing value is null with an error at its path. `maskError` is applied to the subgraph's errors.
 */
export function validateResponse(
  service: string,
  { data, errors = [], hasInexactNumbers = false }: ParsedResponse,
  request: SubgraphRequest['request'],
  { supertypes, shapeOf }: GraphTypes,
  maskError: (error: SubgraphError) => SubgraphError,
): ValidatedResponse {
  const masked = capErrors(errors).map(maskError);
  if (data === undefined) return { response: rejectedResponse(masked, request, supertypes), faults: [] };
  const { isPath, isValid, complete } = shapeOf(service, request.query ?? '', request.variables ?? {});
  if (data === null) {
    // Null propagated from the fields with errors; the others did not fail. A mutation field among them may have been executed.
    const located = masked.filter(({ path }) => path && isPath(path));
    return {
      response:
        located.length > 0
          ? ({ data: nullData(request, supertypes).data, errors: located } as unknown as SubgraphResponse)
          : rejectedResponse(masked, request, supertypes),
      faults: [],
    };
  }
  if (masked.length === 0 && !hasInexactNumbers && isValid(data))
    return { response: { data } as unknown as SubgraphResponse, faults: [] };
  const located = masked.flatMap((error) =>
    error.path && isPath(error.path) ? [error] : atNullFields(error, data, request, supertypes),
  );
  const { data: shaped, invalidValues: faults } = complete(data, located);
  const valueErrors = faults.map(({ path }) => ({
    message: `The "${service}" subgraph returned an invalid value for this field.`,
    path,
    extensions: { code: 'SUBGRAPH_BAD_VALUE', service },
  }));
  const allErrors = [...located, ...valueErrors];
  const response = {
    data: shaped ?? nullData(request, supertypes).data,
    ...(allErrors.length > 0 && { errors: allErrors }),
  } as unknown as SubgraphResponse;
  return { response, faults: faults.map(({ path, reason }) => `${path.join('.')}: ${reason}`) };
}

/** Assigns an error without a valid path to every null field; to the first selected field if none is null. */
function atNullFields(
  error: SubgraphError,
  data: Record<string, unknown>,
  request: SubgraphRequest['request'],
  supertypes: Supertypes,
): readonly SubgraphError[] {
  const { paths } = nullData(request, supertypes);
  const nullPaths = paths.filter((path) => valueAt(data, path) === null);
  return capErrors((nullPaths.length > 0 ? nullPaths : paths.slice(0, 1)).map((path) => ({ ...error, path })));
}

function valueAt(data: unknown, path: readonly (string | number)[]): unknown {
  let value = data;
  for (const segment of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, segment)) return null;
    value = (value as Record<string | number, unknown>)[segment];
  }
  return value ?? null;
}
