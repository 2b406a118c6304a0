import type { Server } from 'node:http';
import type { Socket } from 'node:net';

/**
 * Closes, when the server is to end, the connections that never said a word. Node closes those that wait for a further
 * request, but for these, which browsers open in advance, it would wait.
 */
export function closesSilent(server: Server): () => void {
  const open = new Set<Socket>();
  server.on('connection', (socket) => {
    open.add(socket);
    socket.once('close', () => open.delete(socket));
  });
  return () => {
    for (const socket of open) if (socket.bytesRead === 0) socket.destroy();
  };
}
