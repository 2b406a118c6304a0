import { type Server, Server as SocketServer } from 'node:net';

/**
 * Takes no more connections, and leaves those that there are: an HTTP server that closes also closes each on which no
 * request has begun, were one on its way.
 */
export function stopListening(server: Server): void {
  SocketServer.prototype.close.call(server);
}
