import { inexactNumbers } from '@dossier/graphql';
import { parse } from 'secure-json-parse';
import { HttpError } from '../errors/httpError.js';

/** Maximum nesting of objects and lists in the JSON of a request, so that recursive functions do not overflow the stack. */
const MAX_NESTING = 200;

/**
 * Parses JSON of a client, from a body or a URL. Throws an HttpError that starts with `place`. A number that JSON.parse
 * would change is rejected: a subgraph would get another one than the client sent.
 */
export function parseJson(text: string, place: string): unknown {
  if (isNestedDeeper(text, MAX_NESTING))
    throw new HttpError('BAD_REQUEST', `${place} is nested too deeply; expected at most ${MAX_NESTING} levels.`);
  const [inexact] = inexactNumbers(text);
  if (inexact)
    throw new HttpError(
      'BAD_REQUEST',
      `${place} has the number ${truncate(text.slice(...inexact))}, which would be rounded; expected an integer up to 2^53 or a string.`,
    );
  try {
    return parse(text, { protoAction: 'error', constructorAction: 'error' });
  } catch {
    throw new HttpError(
      'BAD_REQUEST',
      `${place} is not valid JSON, or has a member "__proto__" or "constructor.prototype".`,
    );
  }
}

const MAX_SHOWN_DIGITS = 40;
const truncate = (number: string): string =>
  number.length > MAX_SHOWN_DIGITS ? `${number.slice(0, MAX_SHOWN_DIGITS)}…` : number;

const QUOTE = 34;
const BACKSLASH = 92;
const isOpening = (code: number): boolean => code === 91 || code === 123;
const isClosing = (code: number): boolean => code === 93 || code === 125;

/** Whether brackets in a JSON text are nested deeper than `limit`. */
function isNestedDeeper(text: string, limit: number): boolean {
  if (text.length <= limit) return false;
  let depth = 0;
  let isInString = false;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (isInString) {
      if (code === BACKSLASH) index++;
      else if (code === QUOTE) isInString = false;
    } else if (code === QUOTE) isInString = true;
    else if (isOpening(code) && ++depth > limit) return true;
    else if (isClosing(code)) depth--;
  }
  return false;
}
