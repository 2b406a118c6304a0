import { beginRequest, isTracing, spanOf } from '@dossier/telemetry';
import type { FastifyInstance } from 'fastify';
import { parsedParams } from '../request/params.js';

/** One span a request to GraphQL, under the client's own where it sent one; nothing where the process does not trace. */
export function traceRequests(app: FastifyInstance): void {
  if (!isTracing()) return;
  app.addHook('onRequest', (request, _reply, done) => {
    const { url, method, id, headers } = request;
    if (url.startsWith('/graphql'))
      beginRequest(request, `${method} /graphql`, headers, {
        'http.request.method': method,
        'http.route': '/graphql',
        'dossier.request_id': id,
      });
    done();
  });
  app.addHook('onResponse', (request, { statusCode }, done) => {
    const span = spanOf(request);
    const operationName = parsedParams(request)?.operationName;
    span?.add({
      'http.response.status_code': statusCode,
      ...(operationName && { 'graphql.operation.name': operationName.slice(0, 100) }),
    });
    span?.end(statusCode >= 500 ? `status ${statusCode}` : undefined);
    done();
  });
  app.addHook('onRequestAbort', (request, done) => {
    spanOf(request)?.end('the client went away');
    done();
  });
}
