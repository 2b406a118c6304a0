import type { FastifyInstance, onRequestHookHandler } from 'fastify';
import { type GraphQLSchema, introspectionFromSchema, printSchema } from 'graphql';
import { entityTagOf, hasCurrent } from '../cache/entityTag.js';
import { HttpError } from '../errors/httpError.js';
import { compressResponse } from '../request/compression.js';
import { addVary } from '../request/contentNegotiation.js';
import { REVALIDATE } from './pages.js';

interface SchemaFile {
  url: string;
  contentType: string;
  render: (schema: GraphQLSchema) => string;
}

const FILES: readonly SchemaFile[] = [
  // Browsers show plain text, and download the unregistered application/graphql.
  { url: '/schema.graphql', contentType: 'text/plain; charset=utf-8', render: (schema) => `${printSchema(schema)}\n` },
  {
    url: '/schema.json',
    contentType: 'application/json; charset=utf-8',
    render: (schema) => `${JSON.stringify({ data: introspectionFromSchema(schema) })}\n`,
  },
];

interface SchemaOptions {
  /** The schema in use; null if it is not published. */
  apiSchema: (() => GraphQLSchema) | null;
  onRequest: onRequestHookHandler[];
  compress: boolean;
}

/**
 * Serves the schema for clients as SDL at `/schema.graphql`, and as the result of the introspection query with all options at
 * `/schema.json`, for code generators.
 */
export function serveSchema(app: FastifyInstance, { apiSchema, onRequest, compress }: SchemaOptions): void {
  for (const { url, contentType, render } of FILES) {
    // A schema is rendered once: its server replaces it as a whole.
    const rendered = new WeakMap<GraphQLSchema, { text: string; tag: string }>();
    const renderOnce = (schema: GraphQLSchema) => {
      const existing = rendered.get(schema);
      if (existing) return existing;
      const text = render(schema);
      const file = { text, tag: entityTagOf(text) };
      rendered.set(schema, file);
      return file;
    };
    app.route({
      url,
      method: 'GET',
      exposeHeadRoute: true,
      onRequest,
      onSend: compress ? [compressResponse] : [],
      handler: (request, reply) => {
        if (compress) addVary(reply, ['accept-encoding']);
        if (!apiSchema)
          throw new HttpError('NOT_FOUND', 'The schema is not published here, since introspection is disabled.');
        const { text, tag } = renderOnce(apiSchema());
        void reply.headers({ etag: tag, 'cache-control': REVALIDATE, 'content-type': contentType });
        return hasCurrent(request, tag) ? reply.code(304).send() : reply.send(text);
      },
    });
  }
}
