import { isTracing, spanOf, startRequestSpan } from '@dossier/telemetry';
import type { FastifyInstance } from 'fastify';
import { GRAPHQL_PATH } from '../request/methods.js';
import { parsedParams } from '../request/params.js';

const MAX_NAME = 100;

/** Adds a span per request to one of `paths`, a child of the client's span if the request has one. Does nothing if tracing is off. */
export function traceRequests(app: FastifyInstance, paths: readonly string[] = [GRAPHQL_PATH]): void {
  if (!isTracing()) return;
  app.addHook('onRequest', (request, _reply, done) => {
    const { url, method, id, headers } = request;
    const path = paths.find((each) => url.startsWith(each));
    if (path !== undefined)
      startRequestSpan(request, `${method} ${path}`, headers, {
        'http.request.method': method,
        'http.route': path,
        'dossier.request_id': id,
      });
    done();
  });
  app.addHook('onResponse', (request, { statusCode }, done) => {
    const span = spanOf(request);
    const operationName = parsedParams(request)?.operationName;
    span?.setAttributes({
      'http.response.status_code': statusCode,
      ...(operationName && { 'graphql.operation.name': operationName.slice(0, MAX_NAME) }),
    });
    span?.end(statusCode >= 500 ? `status ${statusCode}` : undefined);
    done();
  });
  app.addHook('onRequestAbort', (request, done) => {
    spanOf(request)?.end('the client disconnected');
    done();
  });
}
