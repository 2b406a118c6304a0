import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type AppOptions, createApp } from '../app.js';
import type { Metrics } from './metrics.js';

export interface Health {
  /** What is told of the process. */
  facts: () => Record<string, string>;
  /** Why it should be given no requests; null where it may be. */
  unready: () => string | null;
}

/**
 * What an operator's tools ask: whether the process lives (`/health?live`, `/healthz`), whether it may be given requests
 * (`/health?ready`, `/readyz`, `/health`), and its metrics.
 */
export function answerProbes(app: FastifyInstance, metrics: Metrics, { facts, unready }: Health): void {
  const tell = (reply: FastifyReply, reason: string | null) =>
    reply
      .code(reason === null ? 200 : 503)
      .header('cache-control', 'no-store')
      .send({ status: reason === null ? 'UP' : 'DOWN', ...(reason !== null && { reason }), ...facts() });
  const live = async (_request: FastifyRequest, reply: FastifyReply) => tell(reply, null);
  const ready = async (_request: FastifyRequest, reply: FastifyReply) => tell(reply, unready());
  const either = (request: FastifyRequest, reply: FastifyReply) =>
    ('live' in (request.query as object) ? live : ready)(request, reply);
  const options = { exposeHeadRoute: true };
  app.get('/health', options, either);
  app.get('/healthz', options, live);
  app.get('/readyz', options, ready);
  app.get('/metrics', options, async (_request, reply) =>
    reply.header('content-type', metrics.registry.contentType).send(await metrics.registry.metrics()),
  );
}

/** Probes and metrics on a port of their own, so that clients cannot ask for them. It answers until the very end. */
export async function startProbes(
  port: number,
  host: string,
  { log, metrics }: Pick<AppOptions, 'log' | 'metrics'>,
  health: Health,
): Promise<FastifyInstance> {
  const app = await createApp({ log, metrics, headers: {}, corsOrigins: [], isStopping: () => false });
  app.addHook('preClose', async () => app.server.closeAllConnections());
  answerProbes(app, metrics, health);
  await app.listen({ port, host });
  return app;
}
