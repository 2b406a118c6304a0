import { parse } from 'secure-json-parse';
import { HttpError } from '../errors/httpError.js';
import { isNestedDeeper, NESTED_AT_MOST } from './nesting.js';

/** Parses JSON that a client sent, in a body or in a URL alike. Throws a HttpError that names the place. */
export function parseJson(text: string, place: string): unknown {
  if (isNestedDeeper(text, NESTED_AT_MOST))
    throw new HttpError('BAD_REQUEST', `${place} is nested too deeply; expected at most ${NESTED_AT_MOST} levels.`);
  try {
    return parse(text, { protoAction: 'error', constructorAction: 'error' });
  } catch {
    throw new HttpError(
      'BAD_REQUEST',
      `${place} is not valid JSON, or has a member "__proto__" or "constructor.prototype".`,
    );
  }
}
