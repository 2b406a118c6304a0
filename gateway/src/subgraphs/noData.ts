import { type FailureCode, sentenceOf } from './failure.js';
import { lostFields } from './lostFields.js';
import type { Supertypes } from './supertypes.js';
import type { SubgraphError, SubgraphRequest, SubgraphResponse } from './types.js';

/**
 * The answer in place of a subgraph that gave none: every field that was asked of it is null, with an error at the
 * field's path. Nothing of what went wrong on the way is told: that is for the log.
 */
export const unanswered = (
  service: string,
  code: FailureCode,
  request: SubgraphRequest['request'],
  supertypes: Supertypes,
): SubgraphResponse =>
  noData({ message: sentenceOf(code, service), extensions: { code, service } }, request, supertypes);

/** The answer of a subgraph that refused a fetch as a whole, for a wrong value in it: its first error stands at every field asked for. */
export const refused = (
  errors: SubgraphError[],
  request: SubgraphRequest['request'],
  supertypes: Supertypes,
): SubgraphResponse => {
  const [first = { message: 'The request was refused.' }] = errors;
  return noData(first, request, supertypes);
};

function noData(
  { message, extensions }: SubgraphError,
  request: SubgraphRequest['request'],
  supertypes: Supertypes,
): SubgraphResponse {
  const { data, paths } = lostFields(request, supertypes);
  return { data, errors: paths.map((path) => ({ message, path, extensions })) } as unknown as SubgraphResponse;
}
