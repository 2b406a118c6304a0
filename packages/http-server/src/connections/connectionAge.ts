import type { Server } from 'node:http';
import type { Socket } from 'node:net';

/** Ages are spread over this fraction, so that connections opened together are not all renewed together. */
const JITTER = 0.25;

/**
 * Limits the age of connections: clients that hold connections open would never reach a new replica behind a load balancer. The
 * returned function reports whether a connection has reached the maximum, so that it is to be closed after its response.
 */
export function limitConnectionAge(server: Server, maxMs: number): (socket: Socket) => boolean {
  const expiries = new WeakMap<Socket, number>();
  server.on('connection', (socket) => {
    expiries.set(socket, performance.now() + maxMs * (1 - JITTER * Math.random()));
  });
  return (socket) => performance.now() > (expiries.get(socket) ?? Number.POSITIVE_INFINITY);
}
