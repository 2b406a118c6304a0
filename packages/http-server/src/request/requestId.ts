import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

export const REQUEST_ID = 'x-request-id';

// Needs no escaping in a log line or a header.
const VALID = /^[\w.:-]{1,64}$/;
const HEADER_IN_PACKET = /\r\nx-request-id:[ \t]*([\w.:-]{1,64})[ \t]*\r\n/i;

/** The id of a request in logs and responses: the client's if it is valid, otherwise a random one. */
export function requestId({ headers }: IncomingMessage): string {
  const sent = headers[REQUEST_ID];
  return typeof sent === 'string' && VALID.test(sent) ? sent : randomUUID();
}

/** The client's id in bytes that could not be parsed as a request; undefined if they contain none. */
export const requestIdOfPacket = (packet: unknown): string | undefined =>
  Buffer.isBuffer(packet) ? HEADER_IN_PACKET.exec(packet.toString('latin1'))?.[1] : undefined;
