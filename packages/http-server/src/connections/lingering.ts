import type { Socket } from 'node:net';

/** How long what else comes is still read at most. */
const LINGER_MS = 5_000;

/** Ends a connection whose request may not have arrived whole: closed on top of what still comes it would be reset, and the answer lost. */
export function endLingering(socket: Socket, lastWords?: string): void {
  if (lastWords === undefined) socket.end();
  else socket.end(lastWords);
  const closing = setTimeout(() => socket.destroy(), LINGER_MS);
  socket.once('end', () => socket.destroy()).once('close', () => clearTimeout(closing));
}

/** The same for when Node ends the connection by itself, after the answer. */
export function lingerAtEnd(socket: Socket): void {
  socket.destroySoon = () => endLingering(socket);
}
