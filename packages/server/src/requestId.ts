import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

export const REQUEST_ID = 'x-request-id';

// What a log line and a header can hold without being escaped.
const SANE = /^[\w.:-]{1,64}$/;

/** The id under which a request stands in the log: the client's own where it is a plain one. */
export function requestId({ headers }: IncomingMessage): string {
  const given = headers[REQUEST_ID];
  return typeof given === 'string' && SANE.test(given) ? given : randomUUID();
}
