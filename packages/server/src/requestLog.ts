import { createHash } from 'node:crypto';
import { spanOf } from '@dossier/tracing';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Log } from './log.js';
import type { Metrics } from './metrics.js';

/** One line and one measurement a request. Probes are not logged: they come every few seconds. */
export function noteRequests(app: FastifyInstance, metrics: Metrics, log: Log): void {
  app.addHook('onRequest', (_request, _reply, done) => {
    metrics.begin();
    done();
  });
  app.addHook('onResponse', (request, reply, done) => {
    metrics.end(request.method, reply.statusCode, reply.elapsedTime);
    if (request.url.startsWith('/graphql') && log.isLevelEnabled('info')) {
      log.info(
        { requestId: request.id, method: request.method, status: reply.statusCode, milliseconds: Math.round(reply.elapsedTime * 10) / 10, ...operationOf(request), ...traceOf(request) },
        'request',
      );
    }
    done();
  });
}

/** The trace that it is part of, where it is traced. */
function traceOf(request: FastifyRequest): { traceId?: string } {
  const span = spanOf(request);
  return span ? { traceId: span.traceId } : {};
}

/** Which operation was asked for: its name, and a digest by which the same is told from others. */
function operationOf({ body }: FastifyRequest): { operation?: string; digest?: string } {
  const { operationName, query } = (typeof body === 'object' && body !== null ? body : {}) as { operationName?: unknown; query?: unknown };
  return {
    ...(typeof operationName === 'string' && { operation: operationName.slice(0, 100) }),
    ...(typeof query === 'string' && { digest: createHash('sha256').update(query).digest('hex').slice(0, 16) }),
  };
}
