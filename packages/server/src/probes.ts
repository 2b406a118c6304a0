import type { FastifyInstance } from 'fastify';
import type { Metrics } from './metrics.js';

/**
 * What an operator's tools ask: whether the process lives (`/health?live`, `/healthz`), whether it may be given requests
 * (`/health?ready`, `/readyz`, `/health`), and its metrics. A server that is closing answers 503 by itself.
 */
export function answerProbes(app: FastifyInstance, metrics: Metrics, health: () => Record<string, string>): void {
  const up = async () => ({ status: 'UP', ...health() });
  for (const path of ['/health', '/healthz', '/readyz']) app.get(path, up);
  app.get('/metrics', async (_request, reply) => reply.header('content-type', metrics.registry.contentType).send(await metrics.registry.metrics()));
}
