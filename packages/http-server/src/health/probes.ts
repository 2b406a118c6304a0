import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type AppOptions, createApp } from '../app.js';
import type { Metrics } from './metrics.js';

export interface Health {
  /** Properties of the process, e.g. its revision. */
  info: () => Record<string, string>;
  /** Why the process must not receive requests; null if it is ready. */
  notReadyReason: () => string | null;
}

/** Serves liveness (`/health?live`, `/healthz`), readiness (`/health?ready`, `/readyz`, `/health`) and `/metrics`. */
export function serveProbes(app: FastifyInstance, metrics: Metrics, { info, notReadyReason }: Health): void {
  const sendStatus = (reply: FastifyReply, reason: string | null) =>
    reply
      .code(reason === null ? 200 : 503)
      .header('cache-control', 'no-store')
      .send({ status: reason === null ? 'UP' : 'DOWN', ...(reason !== null && { reason }), ...info() });
  const live = async (_request: FastifyRequest, reply: FastifyReply) => sendStatus(reply, null);
  const ready = async (_request: FastifyRequest, reply: FastifyReply) => sendStatus(reply, notReadyReason());
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

/** Serves probes and metrics on a separate port, which clients cannot reach. They are available until the process exits. */
export async function startProbes(
  port: number,
  host: string,
  { log, metrics }: Pick<AppOptions, 'log' | 'metrics'>,
  health: Health,
): Promise<FastifyInstance> {
  const app = await createApp({ log, metrics, headers: {}, corsOrigins: [], isStopping: () => false });
  app.addHook('preClose', async () => app.server.closeAllConnections());
  serveProbes(app, metrics, health);
  await app.listen({ port, host });
  return app;
}
