import type { Server } from 'node:http';
import { type Socket, Server as SocketServer } from 'node:net';

/** How long data that still arrives is read and discarded, in milliseconds. */
const LINGER_MS = 5_000;

/**
 * Ends a connection whose request may not have arrived completely. If the socket were closed while the client still sends,
 * the connection would be reset and the response lost.
 */
export function endGracefully(socket: Socket, response?: string): void {
  if (response === undefined) socket.end();
  else socket.end(response);
  const timer = setTimeout(() => socket.destroy(), LINGER_MS);
  socket.once('end', () => socket.destroy()).once('close', () => clearTimeout(timer));
}

/** The same, for a connection that Node ends after the response. */
export function endGracefullyAfterResponse(socket: Socket): void {
  socket.destroySoon = () => endGracefully(socket);
}

/**
 * Tracks the connections of a server; the returned function closes those that have never sent anything. `server.close()`
 * closes idle keep-alive connections, but waits for these, which browsers open in advance.
 */
export function trackUnusedConnections(server: Server): () => void {
  const open = new Set<Socket>();
  server.on('connection', (socket) => {
    open.add(socket);
    socket.once('close', () => open.delete(socket));
  });
  return () => {
    for (const socket of open) if (socket.bytesRead === 0) socket.destroy();
  };
}

/**
 * Stops accepting connections and leaves the open ones open. `http.Server.close()` would also close connections without a current
 * request, although one may be on its way.
 */
export function stopListening(server: Server): void {
  SocketServer.prototype.close.call(server);
}
