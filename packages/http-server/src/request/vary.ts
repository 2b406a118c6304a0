import type { FastifyReply } from 'fastify';

/** Adds names of headers that a response depends on to `vary` (RFC 9110, 12.5.5), each once. */
export function addVary(reply: FastifyReply, names: readonly string[]): void {
  if (reply.getHeader('vary') === undefined) return void reply.header('vary', names.join(', '));
  const known = String(reply.getHeader('vary') ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter(Boolean);
  const missing = names.filter((name) => !known.some((other) => other.toLowerCase() === name.toLowerCase()));
  if (missing.length > 0) void reply.header('vary', [...known, ...missing].join(', '));
}
