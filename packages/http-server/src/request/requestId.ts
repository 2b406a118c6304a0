import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

export const REQUEST_ID = 'x-request-id';

// What a log line and a header can hold without being escaped.
const SANE = /^[\w.:-]{1,64}$/;
const SENT = /\r\nx-request-id:[ \t]*([\w.:-]{1,64})[ \t]*\r\n/i;

/** The id under which a request stands in the log: the client's own where it is a plain one. */
export function requestId({ headers }: IncomingMessage): string {
  const given = headers[REQUEST_ID];
  return typeof given === 'string' && SANE.test(given) ? given : randomUUID();
}

/** The same of bytes that could not be read as a request. */
export const sentRequestId = (packet: unknown): string | undefined =>
  Buffer.isBuffer(packet) ? SENT.exec(packet.toString('latin1'))?.[1] : undefined;
