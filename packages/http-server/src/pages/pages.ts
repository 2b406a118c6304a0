import { relative } from 'node:path';
import type { FastifyInstance, FastifyReply, FastifyRequest, onRequestHookHandler } from 'fastify';
import { HttpError } from '../errors/httpError.js';
import { compressResponse } from '../request/compression.js';
import type { EngineResult } from '../request/engine.js';
import type { GraphQLParams } from '../request/params.js';

/** A page and its status. */
export interface RenderedPage {
  status: number;
  html: string;
}

/** A request for a page. */
export interface PageRequest {
  /** The last part of the path, decoded; empty for the folder itself. */
  name: string;
  query: URLSearchParams;
  /** Executes an operation for the client: its limits apply, and it is cancelled when the client disconnects. */
  execute: (params: Pick<GraphQLParams, 'query' | 'operationName' | 'variables'>) => Promise<EngineResult>;
}

/** A folder of static files. */
export interface StaticPages {
  /** What links to it say. */
  title: string;
  /** URL path, e.g. `/reader`. */
  at: string;
  folder: string;
  /** Headers of all responses, e.g. a content security policy. */
  headers: Readonly<Record<string, string>>;
  /** Headers of single files that differ, by path in the folder. */
  headersOf?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Renders the pages directly in the folder, e.g. `/reader/` and `/reader/said`. By default it has only files. */
  page?: (request: PageRequest) => Promise<RenderedPage>;
}

/** Names of files in `assets/` contain a digest, so that their content never changes. */
const IMMUTABLE = 'public, max-age=31536000, immutable';
export const REVALIDATE = 'no-cache';

export interface PagesEnvironment {
  checkHost: onRequestHookHandler;
  executeFor: (request: FastifyRequest, reply: FastifyReply, params: GraphQLParams) => Promise<EngineResult>;
  compress: boolean;
}

/** Serves static files and rendered pages. Other paths have the usual 404 in JSON, unless the client is a browser. */
export async function servePages(
  app: FastifyInstance,
  pages: readonly StaticPages[],
  environment: PagesEnvironment,
): Promise<void> {
  for (const folder of pages) {
    await app.register(async (scope) => {
      scope.addHook('onRequest', environment.checkHost);
      await scope.register(import('@fastify/static'), {
        root: folder.folder,
        prefix: folder.at,
        redirect: folder.page !== undefined,
        index: false,
        decorateReply: false,
        preCompressed: true,
        cacheControl: false,
        dotfiles: 'ignore',
        setHeaders: (response, path) => {
          response.setHeader('cache-control', /[/\\]assets[/\\]/.test(path) ? IMMUTABLE : REVALIDATE);
          const file = relative(folder.folder, path).replace(/\.(br|gz)$/, '');
          for (const [name, value] of Object.entries({ ...folder.headers, ...folder.headersOf?.[file] }))
            response.setHeader(name, value);
          // Any file may have a precompressed version.
          response.setHeader('vary', 'accept-encoding');
        },
      });
      if (folder.page) renderPages(scope, { ...folder, page: folder.page }, environment);
    });
  }
}

function renderPages(
  scope: FastifyInstance,
  { at, headers, page }: StaticPages & Required<Pick<StaticPages, 'page'>>,
  { executeFor, compress }: PagesEnvironment,
): void {
  const route = {
    method: 'GET' as const,
    exposeHeadRoute: true,
    onSend: compress ? [compressResponse] : [],
    handler: async (request: FastifyRequest, reply: FastifyReply) => {
      const { status, html } = await page({
        name: (request.params as { name?: string }).name ?? '',
        query: new URL(request.url, 'http://localhost').searchParams,
        execute: (params) => executeFor(request, reply, { documentId: null, extensions: {}, ...params }),
      });
      // A program reads the error, and a browser the page that explains it.
      if (status === 404 && !request.headers.accept?.includes('text/html'))
        throw new HttpError('NOT_FOUND', 'There is no page at this URL.');
      return reply
        .code(status)
        .headers({
          ...headers,
          'cache-control': REVALIDATE,
          'content-type': 'text/html; charset=utf-8',
          vary: 'accept, accept-encoding',
        })
        .send(html);
    },
  };
  scope.route({ ...route, url: `${at}/` });
  // A name with a dot is that of a file.
  const named = `${at}/:name(^[^.]*$)`;
  scope.route({ ...route, url: named });
  // What pages link to is relative to the folder. Relative itself, because the path before it may be another behind a proxy.
  scope.get(`${named}/`, (request, reply) => {
    const { name } = request.params as { name: string };
    return reply.redirect(`../${encodeURIComponent(name)}${new URL(request.url, 'http://localhost').search}`, 301);
  });
}
